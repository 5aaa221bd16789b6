"""What became of a message that a channel took, from all the channel has said of it. Pure: no database, no clock.

Statuses come early, late, twice and in the wrong order. Only the instants they tell of count, never the order in which
we read them; and no instant lies after we read it, or before the message was first tried.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from savnet.delivery.words import Meaning

ARRIVED = frozenset({Meaning.DELIVERED, Meaning.OPENED})
LOST = frozenset({Meaning.FAILED, Meaning.EXPIRED})


class Report(Protocol):
    """What of a channel's status matters here. `at` is by the channel's clock, `read_at` by ours."""

    @property
    def channel(self) -> str: ...
    @property
    def meaning(self) -> str: ...
    @property
    def at(self) -> datetime: ...
    @property
    def read_at(self) -> datetime: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """What the channel has told. Opened is delivered too.

    `failed_at` and `failure` are set where the last it told of the delivery is that it failed. A delivery that was told
    before stands beside it: what is sent is never unsent, but somebody must look into it.
    """

    on_its_way: bool
    delivered_at: datetime | None
    opened_at: datetime | None
    failed_at: datetime | None
    failure: Meaning | None


def course(statuses: Sequence[Report], begun: datetime | None = None) -> Course:
    """What these statuses tell of a message first tried at `begun`."""
    told = sorted(_dated(status, begun) for status in statuses)
    last = next((one for one in reversed(told) if one[2] in ARRIVED | LOST), None)
    lost = last if last and last[2] in LOST else None
    return Course(
        on_its_way=any(meaning is Meaning.ON_ITS_WAY for _, _, meaning in told),
        delivered_at=next((at for at, _, meaning in told if meaning in ARRIVED), None),
        opened_at=next((at for at, _, meaning in told if meaning is Meaning.OPENED), None),
        failed_at=lost[0] if lost else None,
        failure=lost[2] if lost else None,
    )


def _dated(status: Report, begun: datetime | None) -> tuple[datetime, bool, Meaning]:
    """When it happened, and what. Of two at the same instant the failure counts as the later: rather a false alarm."""
    meaning = Meaning(status.meaning)
    at = min(status.at, status.read_at)
    return max(at, begun) if begun else at, meaning in LOST, meaning


def next_look(taken_at: datetime, now: datetime, *, ladder: Sequence[timedelta]) -> datetime:
    """When to ask the channel next, on house policy's ladder of waits since it took the letter; its last step repeats.

    The same at every asking, so that it need not be kept which step was the last.
    """
    if not ladder or min(ladder) <= timedelta(0):
        raise ValueError("A ladder of waits needs at least one step, and each must be longer than nothing.")
    at = taken_at
    for step in ladder:
        at += step
        if at > now:
            return at
    return at + ladder[-1] * ((now - at) // ladder[-1] + 1)
