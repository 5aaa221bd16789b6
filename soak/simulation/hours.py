"""The house's own words on when somebody is told and when a case is gone through, worked out anew in whole numbers.

Nothing of `savnet.policy` is used: what it should come to stands here a second time.
"""

from calendar import monthrange
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import count

QUICK = ((0, 1, 4, 12, 20, 23), 24)
STEPS: dict[str, tuple[tuple[float, ...], float, float]] = {
    "numbered": (*QUICK, 1),
    "at_once": (*QUICK, 4),
    "immediately": (*QUICK, 4),
    "as_soon_as_possible": ((1, 4, 12, 24), 48, 12),
    "without_undue_delay": ((1, 4, 12, 20), 24, 12),
    "none": ((24, 72, 168), 336, 168),
    "receipt": ((40 / 60, 4, 12), 24, 48),
}
"""Each ladder: the hours after it arose, the hour from which it is late, and how many lie between from then."""


def rungs(ladder: str, arisen_at: datetime, limit: datetime | None) -> Iterator[datetime]:
    """Every instant at which somebody is to be told, without end."""
    steps, late_after, every = STEPS[ladder]
    arisen = _micro(arisen_at)
    last = _micro(limit) if limit else arisen + _hours(late_after)
    yield from (_instant(arisen + _hours(step)) for step in steps if arisen + _hours(step) < last)
    yield from (_instant(max(last, arisen) + number * _hours(every)) for number in count())


def newest(ladder: str, arisen_at: datetime, limit: datetime | None, now: datetime) -> datetime | None:
    """The last of them that has come."""
    found = None
    for at in rungs(ladder, arisen_at, limit):
        if at > now:
            return found
        found = at
    return found


def coming(ladder: str, arisen_at: datetime, limit: datetime | None, now: datetime) -> datetime:
    """The first of them that has not."""
    return next(at for at in rungs(ladder, arisen_at, limit) if at > now)


def review_after(since: date, *, last: date | None, born: date | None) -> date:
    """A week, one month, three, six, then yearly; and a fortnight before the eighteenth birthday."""
    after = last or since
    days = [next(day for day in _row(since) if day > after)]
    if born:
        birthday = months_later(born, 216)
        eve = birthday - timedelta(days=14)
        eve = eve if eve > since else birthday - timedelta(days=1)
        days += [eve] if eve > after else []
    return min(days)


def _row(since: date) -> Iterator[date]:
    yield since + timedelta(days=7)
    yield from (months_later(since, number) for number in (1, 3, 6))
    yield from (months_later(since, 12 * years) for years in count(1))


def months_later(day: date, months: int) -> date:
    """The same day so many months later, or that month's last."""
    years, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(years, month + 1, min(day.day, monthrange(years, month + 1)[1]))


def _hours(hours: float) -> int:
    return round(hours * 3600) * 1_000_000


def _micro(at: datetime) -> int:
    return (at - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)


def _instant(micro: int) -> datetime:
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=micro)
