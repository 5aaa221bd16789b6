"""A named person at the receiver says that they have it: told on the phone, or written back, and recorded by staff."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext

from savnet.access.models import Person
from savnet.cases import ledger
from savnet.casework.case_at_hand import CaseAtHand, Key, at_hand
from savnet.casework.counting import as_meant, record_counted
from savnet.casework.errors import NothingOwed
from savnet.casework.gone_astray import refuse_sent_in_error
from savnet.casework.holding_back import key_of
from savnet.casework.instants import refuse_ahead
from savnet.casework.message_events import new_to, received
from savnet.casework.plan import messages_by_key
from savnet.delivery.models import Message
from savnet.delivery.receipts import take_receipt
from savnet.delivery.words import ReceiptWay
from savnet.rules import Derivation
from savnet.rules.events import Received
from savnet.rules.words import Channel


def record_receipt(
    message_id: UUID,
    *,
    by_name: str,
    reference: str,
    at: datetime,
    by: Person,
    now: datetime,
    channel: Channel | ReceiptWay = Channel.PHONE,
) -> Derivation:
    """Record who has the message at the receiver, and their own reference, such as the police's case number.

    The same told twice is told once; a case number that comes later is a receipt of its own. Raises NotNow where the
    letter reached the wrong one.
    """
    refuse_ahead(at, now, field="at")
    message = Message.objects.defer("sealed_letter").get(id=message_id)
    with ledger.hold(message.case_id):
        case = at_hand(message.case_id, now)
        refuse_sent_in_error(case.happened, message)
        at = as_meant(case, case.obligation(key_of(message)), at)
        take_receipt(
            message.id, by_name=by_name, reference=reference, at=at, channel=channel, recorded_by=by.name, now=now
        )
        told = received(message, at=at, by_name=by_name, reference=reference)
        if not new_to(case.happened, told):
            return case.derivation
        return record_counted(case, key_of(message), told, by=by)


def record_receipt_of(
    case_id: UUID,
    key: Key,
    *,
    by_name: str,
    reference: str,
    at: datetime,
    by: Person,
    now: datetime,
    channel: Channel | ReceiptWay,
) -> Derivation:
    """The same, by what was owed: it may have gone without a letter of Savnet's. Raises NothingOwed where none went."""
    refuse_ahead(at, now, field="at")
    if message := messages_by_key(at_hand(case_id, now)).get(key):
        return record_receipt(message.id, by_name=by_name, reference=reference, at=at, by=by, now=now, channel=channel)
    with ledger.hold(case_id):
        return _without_letter(at_hand(case_id, now), key, by_name=by_name, reference=reference, at=at, by=by)


def _without_letter(
    case: CaseAtHand, key: Key, *, by_name: str, reference: str, at: datetime, by: Person
) -> Derivation:
    owed = case.obligation(key)
    if owed is None or owed.sent_at is None:
        raise NothingOwed(gettext("Det er ikke notert at dette er sendt. Last inn siden på nytt."))
    told = Received(
        at=as_meant(case, owed, at),
        by=by_name.strip(),
        reference=reference.strip() or None,
        obligation=owed.id,
        recipient=owed.recipient,
        municipality=owed.municipality,
        copy_of=owed.copy_of,
        because=owed.because,
    )
    return record_counted(case, key, told, by=by) if new_to(case.happened, told) else case.derivation
