"""An oracle of Norwegian time in whole numbers: no date library, no table of time zones, nothing of Savnet's.

Norway is one hour ahead of UTC, and two from 01.00 UTC on the last Sunday of March until 01.00 UTC on the last Sunday
of October (directive 2000/84/EC). Instants are seconds since 1970; a wall time is (year, month, day, hour, minute).
"""

from functools import cache

Wall = tuple[int, int, int, int, int]

MINUTE, HOUR, DAY = 60, 3600, 86400
WINTER, SUMMER = HOUR, 2 * HOUR
MONTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def days(year: int, month: int, day: int) -> int:
    """Days from 1 January 1970 to that day of the Gregorian calendar, counted year by year's length."""
    before = year - 1
    whole_years = before * 365 + before // 4 - before // 100 + before // 400
    return whole_years + sum(length(year, one) for one in range(1, month)) + day - 719163


def length(year: int, month: int) -> int:
    """Days in the month."""
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return MONTHS[month - 1] + (month == 2 and leap)


@cache
def change(year: int, month: int) -> int:
    """The instant in March or October at which the clocks are changed: 01.00 UTC on the last Sunday."""
    last = days(year, month, 31)
    return (last - (last + 4) % 7) * DAY + HOUR  # 1 January 1970 was a Thursday, four days after a Sunday


def ahead(instant: int, year: int) -> int:
    """Seconds that Norway's clocks are ahead of UTC at an instant of that year."""
    return SUMMER if change(year, 3) <= instant < change(year, 10) else WINTER


def instants(wall: Wall) -> tuple[int, ...]:
    """The instants at which Norway's clocks show this: one; two, the earlier first; or none."""
    year, month, day, hour, minute = wall
    as_utc = days(year, month, day) * DAY + hour * HOUR + minute * MINUTE
    return tuple(as_utc - offset for offset in (SUMMER, WINTER) if ahead(as_utc - offset, year) == offset)


def walls(year: int, month: int) -> list[Wall]:
    """Every wall time of a month, those that the clocks skip or show twice once each."""
    whole_day = [(hour, minute) for hour in range(24) for minute in range(60)]
    return [(year, month, day, *clock) for day in range(1, length(year, month) + 1) for clock in whole_day]


def shown(instant: int, year: int) -> tuple[int, int, bool]:
    """What Norway's clocks show: the day since 1970, the minute of that day, and whether it is summer time.

    `year` is that of the instant, or the one before where the instant is in its first days.
    """
    offset = ahead(instant, year)
    day, second = divmod(instant + offset, DAY)
    return day, second // MINUTE, offset == SUMMER


def comes_twice(instant: int, year: int) -> bool:
    """Whether the clocks show this time twice: the hours before and after they are turned back."""
    return change(year, 10) - HOUR <= instant < change(year, 10) + HOUR


@cache
def days_of(year: int) -> dict[int, tuple[int, int, int]]:
    """Each day of the year and the first of the next by its number since 1970: year, month and day."""
    all_days = ((year, month, day) for month in range(1, 13) for day in range(1, length(year, month) + 1))
    return {days(*one): one for one in (*all_days, (year + 1, 1, 1))}
