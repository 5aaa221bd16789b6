"""What the house has chosen about presence: when it asks whether a child is here, and what counts as tested."""

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta

from savnet.rules.time import OSLO

GRACE = timedelta(minutes=30)
"""How long after a fixed time, a return or an arrival the house asks; a centre may choose its own."""

EARLY = timedelta(minutes=60)
"""How long before a fixed time somebody may be counted for it."""

STILL_COUNTING = timedelta(minutes=5)
"""Somebody who tapped less than this ago is still counting, and is not interrupted with questions."""

STOP_WAITING = timedelta(hours=12)
"""After this long a roll call that nobody took is left; what the next one shows counts."""

UNSEEN = timedelta(hours=24)
"""A child whom nobody has counted as here for this long is asked about, also where no roll call is taken at all."""

NUMBER_TEST_HOLDS = timedelta(days=90)
"""How long a test call counts."""


def occurrences(clock: time, weekdays: str, *, since: datetime, until: datetime) -> Iterator[datetime]:
    """The instants from `since` to `until` at which Oslo's clock says `clock` on one of these weekdays (1 is Monday).

    A time that the clock skips in spring is the instant it skips to; one that comes twice in autumn is the earlier.
    """
    day = since.astimezone(OSLO).date() - timedelta(days=1)
    last = until.astimezone(OSLO).date()
    while day <= last:
        at = datetime.combine(day, clock, tzinfo=OSLO).astimezone(UTC)
        if str(day.isoweekday()) in weekdays and since <= at <= until:
            yield at
        day += timedelta(days=1)
