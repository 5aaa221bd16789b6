"""Try to send a message over its channel. Every try is a committed row before the network is touched."""

import hashlib
import uuid
from dataclasses import replace
from datetime import datetime, timedelta
from time import monotonic

from django.db import transaction

from savnet.delivery import registry
from savnet.delivery.beside import part
from savnet.delivery.certificates import newest_certificate
from savnet.delivery.channel import CannotSend, Channel, Envelope, Refused, Taken, Unclear
from savnet.delivery.models import Attempt, ChannelStatus, Hold, Message, Withdrawal
from savnet.delivery.standing import came_back, repeat_number
from savnet.delivery.words import AttemptOutcome

LONGEST_ATTEMPT = timedelta(minutes=10)
"""No channel works longer than this on one attempt; what has no outcome by then was cut off."""

SETTLED_HERE = frozenset({AttemptOutcome.REFUSED, AttemptOutcome.TAKEN})
"""Outcomes that settle a message for the route it went, but not for another."""

CUT_OFF = "Avbrutt underveis. Det er ukjent om meldingen kom fram."


class WrongLetter(Exception):
    """The bytes handed over are not the letter that was composed. Open the sealed letter again and hand over that."""


class Withdrawn(Exception):
    """The message was withdrawn, and nothing was sent. Compose a new one if the duty still stands."""


class UnderWay(Exception):
    """Another worker is sending this message right now, or it is held. Leave it alone and look again later."""


def attempt(
    message_id: uuid.UUID,
    letter: bytes,
    now: datetime,
    *,
    again: bool = False,
    data: bytes | None = None,
    until: datetime | None = None,
) -> Attempt:
    """Try once to send a message over its channel, and return the attempt with its outcome.

    A message that was accepted, taken by its channel, or refused for good, is not sent anew: the settled attempt is
    returned, so that a job that runs twice does no harm. `again` sends all the same, marked as a repeat.
    `data` is what the message was composed with beside its letter, for all channels (see `beside`); `until` is when it
    must have arrived.
    Raises CannotSend or Withdrawn before anything is recorded or sent; WrongLetter; UnderWay. Must not run inside a
    transaction: the row of the attempt has to outlive whatever happens next.
    """
    close_cut_off(message_id, now)
    started = _begin(message_id, letter, now, again=again, data=data, until=until)
    if isinstance(started, Attempt):
        return started
    row, envelope = started
    began = monotonic()
    carrier = registry.carrier(row.channel, exercise=row.message.exercise)
    outcome, answer = _carry(carrier, envelope, letter)
    return _end(row, outcome, answer=answer, at=now + timedelta(seconds=monotonic() - began))


def close_cut_off(message_id: uuid.UUID, now: datetime) -> None:
    """Call an attempt whose process died unknown, whatever becomes of the message. Raises UnderWay if it may live."""
    with transaction.atomic():
        message = Message.objects.select_for_update().only("id").get(id=message_id)
        _leave_held(message_id)
        _settle(list(message.attempts.order_by("number")), now)


def _begin(
    message_id: uuid.UUID, letter: bytes, now: datetime, *, again: bool, data: bytes | None, until: datetime | None
) -> Attempt | tuple[Attempt, Envelope]:
    """Insert and commit the row of a new attempt; or return the attempt that already settled the message."""
    with transaction.atomic(durable=True):
        message = Message.objects.select_for_update().get(id=message_id)
        _leave_held(message_id)
        _require_own(message, letter, data)
        earlier = list(message.attempts.order_by("number"))
        _settle(earlier, now)  # another worker may have begun since the cut-off ones were closed
        if not again and (settled := _settled(message, earlier, list(message.statuses.all()))):
            return settled
        if withdrawn := Withdrawal.objects.filter(message_id=message_id).first():
            raise Withdrawn(f"{message} was withdrawn: {withdrawn.why}")
        envelope = replace(_envelope(message, earlier, now), data=part(data, message.channel), until=until)
        registry.carrier(message.channel, exercise=message.exercise).check(envelope)
        row = message.attempts.create(
            number=len(earlier) + 1, channel=message.channel, address=message.address, started_at=now
        )
        return row, envelope


def _leave_held(message_id: uuid.UUID) -> None:
    """Raise UnderWay where nobody knows yet whether it went before a backup was restored; see `holding`."""
    if Hold.objects.filter(message_id=message_id).exists():
        raise UnderWay(f"Message {message_id} is held. See savnet held-messages.")


def _require_own(message: Message, letter: bytes, data: bytes | None) -> None:
    """Refuse bytes that are not those the message was composed with."""
    if hashlib.sha256(letter).hexdigest() != message.letter_sha256:
        raise WrongLetter(f"The bytes handed over are not the letter of {message}.")
    if (None if data is None else hashlib.sha256(data).hexdigest()) != message.data_sha256:
        raise WrongLetter(f"The data handed over are not those of {message}.")


def _envelope(message: Message, earlier: list[Attempt], now: datetime) -> Envelope:
    return Envelope(
        message_id=message.id,
        address=message.address,
        at=now,
        certificate=newest_certificate(message.address, now),
        repeat=repeat_number(earlier),
        composed_at=message.composed_at,
    )


def _settled(message: Message, earlier: list[Attempt], statuses: list[ChannelStatus]) -> Attempt | None:
    """The newest attempt that settled the message.

    What was refused on an older route, or taken and then lost on it, or came back from it, is not settled on a new one.
    """
    for row in reversed(earlier):
        if row.outcome == AttemptOutcome.ACCEPTED and not came_back(row, statuses):
            return row
        if row.outcome in SETTLED_HERE and (row.channel, row.address) == (message.channel, message.address):
            return row
    return None


def _settle(earlier: list[Attempt], now: datetime) -> None:
    """Call an attempt whose process died unknown; one that may still be working is left alone."""
    for row in earlier:
        if row.outcome is None:
            if now - row.started_at < LONGEST_ATTEMPT:
                raise UnderWay(f"Attempt {row.number} of message {row.message_id} began {row.started_at:%H:%M:%S}.")
            _end(row, AttemptOutcome.UNKNOWN, answer=CUT_OFF, at=now)


def _carry(carrier: Channel, envelope: Envelope, letter: bytes) -> tuple[AttemptOutcome, str]:
    try:
        answer = carrier.send(envelope, letter)
    except CannotSend as cannot:
        return AttemptOutcome.REFUSED, cannot.reason
    except Refused as refused:
        return AttemptOutcome.REFUSED if refused.permanent else AttemptOutcome.REFUSED_FOR_NOW, refused.answer
    except Unclear as unclear:
        return AttemptOutcome.UNKNOWN, unclear.answer
    return (AttemptOutcome.TAKEN, answer.answer) if isinstance(answer, Taken) else (AttemptOutcome.ACCEPTED, answer)


def _end(row: Attempt, outcome: AttemptOutcome, *, answer: str, at: datetime) -> Attempt:
    row.outcome, row.answer, row.ended_at = outcome, answer[:400], max(at, row.started_at)
    row.save(update_fields=["outcome", "answer", "ended_at"])
    return row
