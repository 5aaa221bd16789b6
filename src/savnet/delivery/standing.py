"""How far a message has come, from its attempts and receipts. Pure: rows in, an answer out, no database, no clock."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from savnet.delivery.course import Report, course
from savnet.delivery.words import SENT, AttemptOutcome, Meaning, Progress

MAY_HAVE_ARRIVED = frozenset({None, AttemptOutcome.ACCEPTED, AttemptOutcome.TAKEN, AttemptOutcome.UNKNOWN})
"""Outcomes after which the receiver may hold the letter; None is an attempt that never told how it ended."""

WORTH_A_RETRY = frozenset({AttemptOutcome.UNKNOWN, AttemptOutcome.REFUSED_FOR_NOW, AttemptOutcome.NOT_REACHED})


IN_THE_CHANNELS_HANDS = frozenset({Progress.TAKEN, Progress.FAILED, Progress.EXPIRED})
"""The channel took it. Handing it the same message again is of no use, also where the channel has given up."""


class Try(Protocol):
    """What of an attempt matters here."""

    @property
    def number(self) -> int: ...
    @property
    def channel(self) -> str: ...
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
    """Where a message stands. `sent_at` is the first time that an attempt was accepted, or that a channel told it
    delivered what it had taken; receipt stands beside it, apart.

    `failed_at` is set where the last that a channel told of the delivery is that it failed (`failure` says how), also
    where it had told the contrary before: somebody must look into it.
    """

    progress: Progress
    tries: int
    first_attempt_at: datetime | None
    sent_at: datetime | None
    delivered_at: datetime | None
    opened_at: datetime | None
    failed_at: datetime | None
    failure: Meaning | None
    received_at: datetime | None
    received_by: str | None
    reference: str | None

    @property
    def received(self) -> bool:
        """Whether a named person has confirmed it (I2)."""
        return self.received_at is not None


def standing(attempts: Sequence[Try], receipts: Sequence[Confirmation], statuses: Sequence[Report] = ()) -> Standing:
    """Where a message with these attempts, receipts and channel statuses stands; in whatever order they came."""
    begun = min((attempt.started_at for attempt in attempts), default=None)
    told = course(statuses, begun)
    accepted = [one.ended_at or one.started_at for one in attempts if _holds(one, statuses)]
    first = min(receipts, key=lambda receipt: receipt.at, default=None)
    return Standing(
        progress=progress(attempts, statuses),
        tries=len(attempts),
        first_attempt_at=begun,
        sent_at=min((*accepted, *filter(None, [told.delivered_at])), default=None),
        delivered_at=told.delivered_at,
        opened_at=told.opened_at,
        failed_at=told.failed_at,
        failure=told.failure,
        received_at=first.at if first else None,
        received_by=first.by_name if first else None,
        reference=next((receipt.reference for receipt in _newest_first(receipts) if receipt.reference), None),
    )


def progress(attempts: Sequence[Try], statuses: Sequence[Report] = ()) -> Progress:
    """How far the sending has come: opened, delivered or accepted once is so for good, unless what was accepted came
    back; else what is newest.
    """
    told = course(statuses)
    if told.opened_at:
        return Progress.OPENED
    if told.delivered_at:
        return Progress.DELIVERED
    if any(_holds(attempt, statuses) for attempt in attempts):
        return Progress.ACCEPTED
    newest = max(attempts, key=lambda attempt: attempt.number, default=None)
    return _undelivered(newest, statuses) if newest else Progress.COMPOSED


def came_back(attempt: Try, statuses: Sequence[Report]) -> bool:
    """Whether what this attempt handed over came back: a mail server accepts a letter, and returns it later."""
    here = [one for one in statuses if one.channel == attempt.channel and one.read_at >= attempt.started_at]
    return course(here, attempt.started_at).failure is not None


def _holds(attempt: Try, statuses: Sequence[Report]) -> bool:
    return attempt.outcome == AttemptOutcome.ACCEPTED and not came_back(attempt, statuses)


def _undelivered(newest: Try, statuses: Sequence[Report]) -> Progress:
    """How far it has come where nothing is delivered: what the newest attempt's channel has told, if it took it."""
    if newest.outcome in {AttemptOutcome.ACCEPTED, AttemptOutcome.TAKEN, AttemptOutcome.UNKNOWN}:
        told = course([status for status in statuses if status.channel == newest.channel])
        if told.failure:
            return Progress(told.failure.value)
        if told.on_its_way:
            return Progress.TAKEN
    return Progress(newest.outcome) if newest.outcome else Progress.UNDER_WAY


def repeat_number(earlier: Sequence[Try]) -> int:
    """Which time the receiver may be seeing this message: 1, or more when an earlier attempt may have arrived (I4)."""
    return 1 + sum(attempt.outcome in MAY_HAVE_ARRIVED for attempt in earlier)


def retry_at(
    attempts: Sequence[Try], ladder: Sequence[timedelta], *, statuses: Sequence[Report] = ()
) -> datetime | None:
    """When house policy's ladder of waits says to try again; its last step repeats. None: no retry is of use.

    The ladder is the caller's: how long to wait is the house's choice, not delivery's.
    """
    newest = max(attempts, key=lambda attempt: attempt.number, default=None)
    if newest is None or newest.outcome not in WORTH_A_RETRY or not ladder:
        return None
    if progress(attempts, statuses) in SENT | IN_THE_CHANNELS_HANDS:
        return None
    step = min(len(attempts), len(ladder)) - 1
    return (newest.ended_at or newest.started_at) + ladder[step]


def _newest_first(receipts: Sequence[Confirmation]) -> list[Confirmation]:
    return sorted(receipts, key=lambda receipt: receipt.at, reverse=True)
