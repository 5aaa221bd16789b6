"""Instants as people say them in Norway: Oslo time, «i går kl. 20.15», «om 3 t 12 min», «2 t 5 min over fristen»."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

OSLO = ZoneInfo("Europe/Oslo")
WEEKDAYS = ("mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag")
MONTHS = (
    "januar",
    "februar",
    "mars",
    "april",
    "mai",
    "juni",
    "juli",
    "august",
    "september",
    "oktober",
    "november",
    "desember",
)
NEAR_DAYS = {-2: "i forgårs", -1: "i går", 0: "i dag", 1: "i morgen", 2: "i overmorgen"}


class NoSuchTime(ValueError):
    """A local time that the clock skipped when summer time began."""


def instant(day: date, clock: time) -> datetime:
    """The UTC instant of a local Oslo time. Of two the earlier is meant; one that never was raises NoSuchTime."""
    local = datetime.combine(day, clock, tzinfo=OSLO)  # fold=0: the earlier of two
    there_and_back = local.astimezone(UTC).astimezone(OSLO)
    if there_and_back.replace(tzinfo=None) != local.replace(tzinfo=None):
        raise NoSuchTime(f"{clock:%H.%M} {day.isoformat()}")
    return local.astimezone(UTC)


def is_ambiguous(at: datetime) -> bool:
    """Whether the local clock shows this time twice (the night summer time ends)."""
    local = at.astimezone(OSLO)
    return local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()


def clock(at: datetime) -> str:
    """«kl. 20.15»; on the night the hour comes twice, also which of the two."""
    local = at.astimezone(OSLO)
    which = ""
    if is_ambiguous(at):
        which = " (sommertid)" if local.dst() else " (normaltid)"
    return f"kl. {local:%H.%M}{which}"


def day_name(day: date, today: date) -> str:
    """«i går», «fredag 20. november», and with the year when it is another than this."""
    if near := NEAR_DAYS.get((day - today).days):
        return near
    text = f"{day.day}. {MONTHS[day.month - 1]}"
    if abs((day - today).days) <= 7:
        text = f"{WEEKDAYS[day.weekday()]} {text}"
    return text if day.year == today.year else f"{text} {day.year}"


def when(at: datetime, now: datetime) -> str:
    """«i går kl. 20.15»."""
    return f"{day_name(at.astimezone(OSLO).date(), now.astimezone(OSLO).date())} {clock(at)}"


def full(at: datetime) -> str:
    """«lørdag 21. november 2026 kl. 20.15»."""
    day = at.astimezone(OSLO).date()
    return f"{WEEKDAYS[day.weekday()]} {long_date(day)} {clock(at)}"


def long_date(day: date) -> str:
    """«21. november 2026»."""
    return f"{day.day}. {MONTHS[day.month - 1]} {day.year}"


def span(length: timedelta) -> str:
    """«3 d 4 t», «3 t 12 min», «5 min», «under ett minutt»; a length without sign."""
    minutes = int(abs(length).total_seconds() // 60)
    days, hours, rest = minutes // 1440, minutes // 60 % 24, minutes % 60
    if days:
        return f"{days} d {hours} t" if hours else f"{days} d"
    if hours:
        return f"{hours} t {rest} min" if rest else f"{hours} t"
    return f"{rest} min" if rest else "under ett minutt"


def remaining(latest: datetime, now: datetime) -> str:
    """«om 3 t 12 min», or «2 t 5 min over fristen»."""
    left = latest - now
    return f"{span(left)} over fristen" if left < timedelta(0) else f"om {span(left)}"


def left(latest: datetime, now: datetime) -> str:
    """«3 t 12 min igjen til fristen», or «2 t 5 min over fristen»: where it stands alone."""
    rest = latest - now
    return f"{span(rest)} over fristen" if rest < timedelta(0) else f"{span(rest)} igjen til fristen"


def since(at: datetime, now: datetime) -> str:
    """«2 t 31 min» from then till now."""
    return span(max(now - at, timedelta(0)))


def age_on(born: date, day: date) -> int:
    """Whole years on that day; a child born on 29 February turns a year older on 1 March."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))
