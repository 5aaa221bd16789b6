"""When an open case is gone through again: the house's dates, counted from when the child went missing."""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import count

WEEK = timedelta(days=7)
MONTHS = (1, 3, 6)
BEFORE_ADULT = timedelta(days=14)
"""So long before the child turns 18 the case is gone through, since what can be done for a child ends then."""

POINTS = ("police_inquiries", "alert_valid", "new_information", "tracing_abroad", "other_registers")
"""What is gone through: each is answered, and «unknown» is an answer."""


def next_review(since: date, *, last: date | None, born: date | None) -> date:
    """The next day on which the case is to be gone through, after `last`; after `since` where it never has been."""
    after = last or since
    planned = next(day for day in _planned(since) if day > after)
    eve = _before_adult(since, born)
    return min(planned, eve) if eve and eve > after else planned


def _planned(since: date) -> Iterator[date]:
    yield since + WEEK
    yield from (months_after(since, months) for months in MONTHS)
    yield from (months_after(since, 12 * years) for years in count(1))


def _before_adult(since: date, born: date | None) -> date | None:
    """The day before the child turns 18; the last possible day where the child went missing later than that."""
    if born is None:
        return None
    birthday = months_after(born, 12 * 18)
    eve = birthday - BEFORE_ADULT
    return eve if eve > since else birthday - timedelta(days=1)


def months_after(day: date, months: int) -> date:
    """The same day so many months later; the month's last where it has no such day."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
