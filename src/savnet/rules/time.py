"""Days and ages as the law counts them: in Norway, from instants. Nothing here asks the clock."""

from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

OSLO = ZoneInfo("Europe/Oslo")

DAY = timedelta(hours=24)
"""Twenty-four hours as they pass, also on the nights the clocks change."""


def utc(instant: datetime) -> datetime:
    """The same instant in UTC. Raises ValueError for a time without offset: it names no instant."""
    if instant.tzinfo is None:
        raise ValueError(f"{instant.isoformat()} has no offset, so it names no instant. Add one, such as +01:00.")
    return instant.astimezone(UTC)


def in_utc(holder: object, *fields: str) -> None:
    """Turn those fields of a frozen value that is being made to UTC: only there is an hour always an hour."""
    for name in fields:
        instant = getattr(holder, name)
        if instant is not None and instant.tzinfo is not UTC:
            object.__setattr__(holder, name, utc(instant))


@lru_cache(maxsize=4096)
def norwegian_day(instant: datetime) -> date:
    """The calendar day in Norway on which the instant falls."""
    return instant.astimezone(OSLO).date()


def birthday(born: date, years: int) -> date:
    """The day on which somebody born on `born` turns `years`. Born 29 February: 1 March (reading 11)."""
    try:
        return born.replace(year=born.year + years)
    except ValueError:
        return date(born.year + years, 3, 1)


def has_turned(born: date, years: int, *, on: date) -> bool:
    """Whether somebody born on `born` has turned `years` by the day `on`."""
    return birthday(born, years) <= on
