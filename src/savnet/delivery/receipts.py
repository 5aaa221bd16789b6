"""Take a receipt: a named person at the receiver says that they have it. Nothing else makes a message received."""

import uuid
from datetime import datetime

from django.utils.translation import gettext

from savnet.delivery.mistakes import Mistake
from savnet.delivery.models import Message, Receipt
from savnet.delivery.words import ReceiptWay
from savnet.rules.words import Channel


class NoName(Mistake):
    """A receipt must name the person who has the message. Ask who it is, or record no receipt."""


class NothingSent(Mistake):
    """The message has not been tried sent, so nobody can have it. Record the sending first."""


class ImpossibleInstant(Mistake):
    """The receipt lies in the future, or before the message was first sent. Check the date and the time."""


def take_receipt(
    message_id: uuid.UUID,
    *,
    by_name: str,
    reference: str,
    at: datetime,
    channel: Channel | ReceiptWay,
    recorded_by: str,
    now: datetime,
) -> Receipt:
    """Record who has the message, since when, and the receiver's own reference (empty where they gave none).

    Several receipts may come, first a name and later a case number; the very same one twice is one row.
    """
    message = Message.objects.get(id=message_id)
    if not by_name.strip():
        raise NoName(gettext("Hvem har tatt imot meldingen? Skriv navnet til personen."), field="by_name")
    _require_possible(message, at, now)
    receipt, _ = Receipt.objects.get_or_create(
        message=message,
        by_name=by_name.strip(),
        reference=reference.strip(),
        at=at,
        defaults={"channel": channel, "recorded_at": now, "recorded_by": recorded_by},
    )
    return receipt


def _require_possible(message: Message, at: datetime, now: datetime) -> None:
    first = message.attempts.order_by("started_at").first()
    if first is None:
        raise NothingSent(
            gettext("Meldingen er ikke sendt ennå. Registrer først at den er sendt eller overlevert."), field="by_name"
        )
    if at > now:
        raise ImpossibleInstant(gettext("Tidspunktet ligger fram i tid."), field="at")
    # People write minutes, the sending is known to the microsecond.
    if at < first.started_at.replace(second=0, microsecond=0):
        raise ImpossibleInstant(gettext("Tidspunktet er før meldingen ble sendt."), field="at")
