"""Fix a letter as a message: whom it is for, which obligation it meets, and by which way it is to go."""

import hashlib
import uuid
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from savnet.delivery.models import Message, Rerouting
from savnet.rules.words import Channel


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """Which obligation a message meets, in the rules' own words; the parts are those of `Obligation.key`."""

    obligation: str
    recipient: str
    because: int
    municipality: str | None = None
    copy_of: str | None = None

    @classmethod
    def of(cls, key: tuple[str, str | None, str | None, str | None, int]) -> "About":
        """From `Obligation.key`. An obligation without a recipient can't be met by a message."""
        obligation, recipient, municipality, copy_of, because = key
        if recipient is None:
            raise ValueError(f"Obligation {obligation} has no recipient, so no message can meet it.")
        return cls(
            obligation=obligation, recipient=recipient, municipality=municipality, copy_of=copy_of, because=because
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Receiver:
    """Who it goes to, where, and how."""

    name: str
    address: str
    channel: Channel


def compose(
    case_id: uuid.UUID,
    about: About,
    *,
    receiver: Receiver,
    purpose: str,
    legal_basis: dict[str, str] | None,
    letter: bytes,
    sealed_letter: bytes,
    by: str,
    now: datetime,
    message_id: uuid.UUID | None = None,
    data: bytes | None = None,
    sealed_data: bytes | None = None,
    exercise: bool = False,
) -> Message:
    """Fix a letter as a message, in the caller's transaction. Only the sealed bytes and the letter's hash are kept.

    Give `message_id` where the seal is bound to it. The hash returned in `letter_sha256` belongs in the ledger.
    `data` is what the channel needs beside the letter, if any, sealed in the same way.
    """
    if (data is None) != (sealed_data is None):
        raise ValueError(
            "Data that are not sealed can't be kept, nor sealed data without a hash. Give both or neither."
        )
    return Message.objects.create(
        id=message_id or uuid.uuid4(),
        case_id=case_id,
        obligation=about.obligation,
        recipient=about.recipient,
        municipality=about.municipality,
        copy_of=about.copy_of,
        because=about.because,
        recipient_name=receiver.name,
        address=receiver.address,
        channel=receiver.channel,
        purpose=purpose,
        legal_basis=legal_basis,
        exercise=exercise,
        letter_sha256=hashlib.sha256(letter).hexdigest(),
        sealed_letter=sealed_letter,
        data_sha256=None if data is None else hashlib.sha256(data).hexdigest(),
        sealed_data=sealed_data,
        composed_at=now,
        composed_by=by,
    )


def reroute(message_id: uuid.UUID, channel: Channel, *, address: str, why: str, by: str, now: datetime) -> Message:
    """Let a message go another way, such as on paper where the receiver has no valid certificate.

    The letter, its hash and the message id stay; a row tells from where to where, and why.
    """
    with transaction.atomic():
        message = Message.objects.select_for_update().get(id=message_id)
        Rerouting.objects.create(
            message=message,
            at=now,
            from_channel=message.channel,
            to_channel=channel,
            from_address=message.address,
            to_address=address,
            why=why,
            recorded_by=by,
        )
        message.channel, message.address = channel, address
        message.save(update_fields=["channel", "address"])
        return message
