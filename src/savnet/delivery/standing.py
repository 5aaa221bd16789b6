"""How far a message has come, from its attempts and receipts. Pure: rows in, an answer out, no database, no clock."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from savnet.delivery.words import AttemptOutcome, Progress

MAY_HAVE_ARRIVED = frozenset({None, AttemptOutcome.ACCEPTED, AttemptOutcome.UNKNOWN})
"""Outcomes after which the receiver may hold the letter; None is an attempt that never told how it ended."""

WORTH_A_RETRY = frozenset({AttemptOutcome.UNKNOWN, AttemptOutcome.REFUSED_FOR_NOW, AttemptOutcome.NOT_REACHED})


class Try(Protocol):
    """What of an attempt matters here."""

    @property
    def number(self) -> int: ...
    @property
    def started_at(self) -> datetime: ...
    @property
    def ended_at(self) -> datetime | None: ...
    @property
    def outcome(self) -> str | None: ...


class Confirmation(Protocol):
    """What of a receipt matters here."""

    @property
    def by_name(self) -> str: ...
    @property
    def reference(self) -> str: ...
    @property
    def at(self) -> datetime: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where a message stands. `sent_at` is the first attempt that was accepted; receipt stands beside it, apart."""

    progress: Progress
    tries: int
    first_attempt_at: datetime | None
    sent_at: datetime | None
    received_at: datetime | None
    received_by: str | None
    reference: str | None

    @property
    def received(self) -> bool:
        """Whether a named person has confirmed it (I2)."""
        return self.received_at is not None


def standing(attempts: Sequence[Try], receipts: Sequence[Confirmation]) -> Standing:
    """Where a message with these attempts and receipts stands."""
    accepted = [attempt for attempt in attempts if attempt.outcome == AttemptOutcome.ACCEPTED]
    first = min(receipts, key=lambda receipt: receipt.at, default=None)
    return Standing(
        progress=progress(attempts),
        tries=len(attempts),
        first_attempt_at=min((attempt.started_at for attempt in attempts), default=None),
        sent_at=min((attempt.ended_at or attempt.started_at for attempt in accepted), default=None),
        received_at=first.at if first else None,
        received_by=first.by_name if first else None,
        reference=next((receipt.reference for receipt in _newest_first(receipts) if receipt.reference), None),
    )


def progress(attempts: Sequence[Try]) -> Progress:
    """How far the sending has come: accepted once is accepted; else what the newest attempt says."""
    if any(attempt.outcome == AttemptOutcome.ACCEPTED for attempt in attempts):
        return Progress.ACCEPTED
    newest = max(attempts, key=lambda attempt: attempt.number, default=None)
    if newest is None:
        return Progress.COMPOSED
    return Progress(newest.outcome) if newest.outcome else Progress.UNDER_WAY


def repeat_number(earlier: Sequence[Try]) -> int:
    """Which time the receiver may be seeing this message: 1, or more when an earlier attempt may have arrived (I4)."""
    return 1 + sum(attempt.outcome in MAY_HAVE_ARRIVED for attempt in earlier)


def retry_at(attempts: Sequence[Try], ladder: Sequence[timedelta]) -> datetime | None:
    """When house policy's ladder of waits says to try again; its last step repeats. None: no retry is of use.

    The ladder is the caller's: how long to wait is the house's choice, not delivery's.
    """
    newest = max(attempts, key=lambda attempt: attempt.number, default=None)
    if newest is None or newest.outcome not in WORTH_A_RETRY or not ladder:
        return None
    if progress(attempts) == Progress.ACCEPTED:
        return None
    step = min(len(attempts), len(ladder)) - 1
    return (newest.ended_at or newest.started_at) + ladder[step]


def _newest_first(receipts: Sequence[Confirmation]) -> list[Confirmation]:
    return sorted(receipts, key=lambda receipt: receipt.at, reverse=True)
