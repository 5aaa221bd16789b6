"""Whose turn it is to be told, how often anybody may be told, and for how long an answer buys peace. House policy."""

from collections.abc import Hashable, Sequence
from datetime import datetime, timedelta
from typing import TypeVar

One = TypeVar("One", bound=Hashable)

QUIET = timedelta(minutes=15)
"""Nobody gets more than one message in this while; what comes meanwhile is in the next."""

AGAIN = timedelta(minutes=5)
"""Whoever could not be reached is tried again after this while, where nobody else is left to try."""

TRIED_FOR = timedelta(days=1)
"""For how long a message that is one person's alone is tried again; then it is old, and stands on her screen."""

ROUND_LASTS = timedelta(seconds=40)
"""For so long one round carries messages out of the house. Where a server hangs, what is left is the next round's, a
minute later: rounds that pile up would take the hands that letters and alarms need."""

PAUSES = (timedelta(minutes=30), timedelta(hours=1), timedelta(hours=2), timedelta(hours=4))
"""How long somebody who takes it on can keep the ladder still."""

LONGEST_WHEN_LATE = timedelta(hours=1)
"""What is late stays still no longer than this."""


def next_in_turn(candidates: Sequence[One], told: Sequence[One]) -> One | None:
    """Whoever has not been told yet, in order; when all have, the one for whom it is longest ago. None: nobody there.

    `told` is who was told of this before, the first first.
    """
    for one in candidates:
        if one not in told:
            return one
    last = {one: place for place, one in enumerate(told)}
    return min(candidates, key=lambda one: last[one], default=None)


def may_tell(last: datetime | None, now: datetime) -> bool:
    """Whether a person told then may be told again now."""
    return last is None or now - last >= QUIET


def may_try_again(last: datetime, now: datetime) -> bool:
    """Whether somebody who could not be reached then may be tried again now."""
    return now - last >= AGAIN


def pause_until(asked: timedelta, now: datetime, *, limit: datetime | None) -> datetime:
    """Until when an acknowledgement keeps the ladder still: never past the limit, and never long once it is late.

    The clock runs on all the while. Raises ValueError for a while that the house doesn't offer.
    """
    if asked not in PAUSES:
        raise ValueError(f"{asked} is none of the whiles that the house offers.")
    if limit is None:
        return now + asked
    return min(now + asked, limit) if now < limit else now + min(asked, LONGEST_WHEN_LATE)
