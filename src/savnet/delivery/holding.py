"""What was under way in a restored backup: held, until somebody has seen elsewhere whether it went after the backup.

Released as gone, it is not sent again. Released to be sent, it carries the same message id and is marked as a repeat,
since the receiver may have it already.
"""

from collections.abc import Collection, Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from savnet.delivery.models import Attempt, Hold, Message
from savnet.delivery.standing import progress
from savnet.delivery.words import AttemptOutcome, Progress

DONE = frozenset({Progress.ACCEPTED, Progress.DELIVERED, Progress.OPENED})
RESTORED = "Var underveis da sikkerhetskopien ble tatt. Det er ukjent om meldingen gikk etterpå."
WENT = "Gikk før gjenopprettingen. Det er lest i kanalens egen logg."


def hold_all(channels: Collection[str], now: datetime) -> int:
    """Hold every message of these channels that nobody has taken yet. Returns how many are held."""
    going = Message.objects.filter(channel__in=channels, withdrawal=None, exercise=False)
    rows = going.defer("sealed_letter", "sealed_data").prefetch_related("attempts", "statuses")
    open_ones = [one for one in rows if progress(list(one.attempts.all()), list(one.statuses.all())) not in DONE]
    Hold.objects.bulk_create((Hold(message=one, at=now, why=RESTORED) for one in open_ones), ignore_conflicts=True)
    return Hold.objects.count()


def release_as_gone(message_ids: Iterable[UUID], *, by: str, now: datetime) -> set[UUID]:
    """Let these count as sent, on somebody's word who has read it in the channel's log. Returns those not held."""
    unknown = set(message_ids)
    for hold in Hold.objects.filter(message_id__in=unknown):
        _release(hold, AttemptOutcome.ACCEPTED, answer=WENT, by=by, now=now)
        unknown.discard(hold.message_id)
    return unknown


def release_to_be_sent(*, by: str, now: datetime) -> int:
    """Let a worker take all that is still held, each marked as a repeat. Returns how many."""
    held = list(Hold.objects.all())
    for hold in held:
        _release(hold, AttemptOutcome.UNKNOWN, answer=RESTORED, by=by, now=now)
    return len(held)


def _release(hold: Hold, outcome: AttemptOutcome, *, answer: str, by: str, now: datetime) -> None:
    with transaction.atomic():
        message = Message.objects.select_for_update().get(id=hold.message_id)
        attempts = list(message.attempts.order_by("number"))
        row = attempts[-1] if attempts and attempts[-1].outcome is None else _new(message, len(attempts) + 1, by, now)
        row.outcome, row.answer, row.ended_at = outcome, answer, max(now, row.started_at)
        row.save(update_fields=["outcome", "answer", "ended_at"])
        hold.delete()


def _new(message: Message, number: int, by: str, now: datetime) -> Attempt:
    return message.attempts.create(
        number=number, channel=message.channel, address=message.address, started_at=now, recorded_by=by
    )
