"""Instants and dates as a letter writes them, in Oslo's time."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from savnet.letters.wording import Wording

OSLO = ZoneInfo("Europe/Oslo")


def local(at: datetime) -> datetime:
    """The instant on Oslo's clocks. A time without a zone is refused: nobody knows which instant it means."""
    if at.tzinfo is None:
        raise ValueError(f"{at} has no time zone. Letters take instants.")
    return at.astimezone(OSLO)


def day(on: date, words: Wording) -> str:
    """A date, as 2. mars 2026; no line ends between day and month."""
    return f"{on.day}.\u00a0{words(f'month.{on.month}')} {on.year}"


def moment(at: datetime, words: Wording) -> str:
    """An instant, as 2. mars 2026 kl. 20.15; in the hour that comes twice, which of the two it is."""
    there = local(at)
    text = f"{day(there.date(), words)} {words('time.at')}\u00a0{there:%H.%M}"
    return f"{text} ({words(which_hour(there))})" if comes_twice(there) else text


def comes_twice(there: datetime) -> bool:
    """Whether Oslo's clocks show this time twice, on the night when summer time ends."""
    return there.replace(fold=0).utcoffset() != there.replace(fold=1).utcoffset()


def which_hour(there: datetime) -> str:
    """The catalogue's key for the season that an ambiguous time belongs to."""
    return "time.summer" if there.dst() != timedelta(0) else "time.winter"
