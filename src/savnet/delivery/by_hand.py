"""What people do with a message themselves: hand it over, call, enter it in another system. Each is an attempt."""

import uuid
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext

from savnet.delivery.channels.paper import HandOver
from savnet.delivery.channels.telephone import Call
from savnet.delivery.models import Attempt, Message
from savnet.delivery.receipts import ImpossibleInstant, take_receipt
from savnet.delivery.words import AttemptOutcome
from savnet.rules.words import Channel


def hand_over(message_id: uuid.UUID, done: HandOver, *, recorded_by: str, now: datetime) -> Attempt:
    """Record that the letter was handed over or posted; a receipt too, where a named person took it."""
    with transaction.atomic():
        attempt = _add(
            message_id,
            done.channel,
            at=done.at,
            outcome=AttemptOutcome.ACCEPTED,
            by=recorded_by,
            now=now,
            answer=done.reference.strip() or None,
        )
        if done.received_by.strip():
            take_receipt(
                message_id,
                by_name=done.received_by,
                reference=done.reference,
                at=done.at,
                channel=done.channel,
                recorded_by=recorded_by,
                now=now,
            )
        return attempt


def record_call(message_id: uuid.UUID, call: Call, *, recorded_by: str, now: datetime) -> Attempt:
    """Record a call. Reached, the person spoken with has been told, and is the receipt; else it was only tried."""
    outcome = AttemptOutcome.ACCEPTED if call.reached else AttemptOutcome.NOT_REACHED
    with transaction.atomic():
        attempt = _add(
            message_id, Channel.PHONE, at=call.at, outcome=outcome, by=recorded_by, now=now, address=call.number
        )
        if call.reached:
            take_receipt(
                message_id,
                by_name=call.spoke_with,
                reference="",
                at=call.at,
                channel=Channel.PHONE,
                recorded_by=recorded_by,
                now=now,
            )
        return attempt


def tick_off(message_id: uuid.UUID, *, at: datetime, by: str, reference: str, now: datetime) -> Attempt:
    """Record that somebody has entered the task in the other system, when, and under which reference there."""
    with transaction.atomic():
        return _add(
            message_id,
            Channel.SYSTEM,
            at=at,
            outcome=AttemptOutcome.ACCEPTED,
            by=by,
            now=now,
            answer=reference.strip() or None,
        )


def _add(
    message_id: uuid.UUID,
    channel: Channel,
    *,
    at: datetime,
    outcome: AttemptOutcome,
    by: str,
    now: datetime,
    address: str | None = None,
    answer: str | None = None,
) -> Attempt:
    if at > now:
        raise ImpossibleInstant(gettext("Tidspunktet ligger fram i tid."), field="at")
    message = Message.objects.select_for_update().get(id=message_id)
    # What is recorded twice, by a double tap or by two at the desk, happened once.
    attempt, _ = message.attempts.get_or_create(
        channel=channel,
        address=message.address if address is None else address,
        started_at=at,
        outcome=outcome,
        defaults={"number": message.attempts.count() + 1, "ended_at": at, "recorded_by": by, "answer": answer},
    )
    return attempt
