"""A named person at the receiver says that they have it: told on the phone, or written back, and recorded by staff."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from savnet.access.models import Person
from savnet.cases import ledger
from savnet.cases.recording import locked
from savnet.casework.absence import refuse_ahead
from savnet.casework.message_events import received
from savnet.delivery.models import Message
from savnet.delivery.receipts import take_receipt
from savnet.rules import Derivation
from savnet.rules.words import Channel


def record_receipt(
    message_id: UUID,
    *,
    by_name: str,
    reference: str,
    at: datetime,
    by: Person,
    now: datetime,
    channel: Channel = Channel.PHONE,
) -> Derivation:
    """Record who has the message at the receiver, and their own reference, such as the police's case number."""
    refuse_ahead(at, now, field="at")
    message = Message.objects.get(id=message_id)
    with transaction.atomic():
        locked(message.case_id)
        take_receipt(
            message.id, by_name=by_name, reference=reference, at=at, channel=channel, recorded_by=by.name, now=now
        )
        return ledger.record(
            message.case_id, received(message, at=at, by_name=by_name, reference=reference), by=by, now=now
        )
