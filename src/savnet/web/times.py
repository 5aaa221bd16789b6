"""Instants as people say them, by Oslo's clock: «i går kl. 20.15», «om 3 t 12 min», «2 t 5 min over fristen».

The order of the parts and the signs between them are the reader's language's too: «21 November 2026, 20:15».
"""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

OSLO = ZoneInfo("Europe/Oslo")
WEEKDAYS = (_("mandag"), _("tirsdag"), _("onsdag"), _("torsdag"), _("fredag"), _("lørdag"), _("søndag"))
MONTHS = (
    _("januar"),
    _("februar"),
    _("mars"),
    _("april"),
    _("mai"),
    _("juni"),
    _("juli"),
    _("august"),
    _("september"),
    _("oktober"),
    _("november"),
    _("desember"),
)
NEAR_DAYS = {-2: _("i forgårs"), -1: _("i går"), 0: _("i dag"), 1: _("i morgen"), 2: _("i overmorgen")}


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
        which = gettext(" (sommertid)") if local.dst() else gettext(" (normaltid)")
    said = gettext("kl. %(hour)s.%(minute)s") % {"hour": f"{local:%H}", "minute": f"{local:%M}"}
    return f"{said}{which}"


def day_name(day: date, today: date) -> str:
    """«i går», «fredag 20. november», and with the year when it is another than this."""
    if near := NEAR_DAYS.get((day - today).days):
        return str(near)
    if day.year != today.year:
        return long_date(day)
    text = gettext("%(day)s. %(month)s") % {"day": day.day, "month": MONTHS[day.month - 1]}
    return f"{WEEKDAYS[day.weekday()]} {text}" if abs((day - today).days) <= 7 else text


def when(at: datetime, now: datetime) -> str:
    """«i går kl. 20.15»."""
    day = day_name(at.astimezone(OSLO).date(), now.astimezone(OSLO).date())
    return gettext("%(day)s %(clock)s") % {"day": day, "clock": clock(at)}


def full(at: datetime) -> str:
    """«lørdag 21. november 2026 kl. 20.15»."""
    day = at.astimezone(OSLO).date()
    said = f"{WEEKDAYS[day.weekday()]} {long_date(day)}"
    return gettext("%(day)s %(clock)s") % {"day": said, "clock": clock(at)}


def long_date(day: date) -> str:
    """«21. november 2026»."""
    words = {"day": day.day, "month": MONTHS[day.month - 1], "year": day.year}
    return gettext("%(day)s. %(month)s %(year)s") % words


def span(length: timedelta) -> str:
    """«3 d 4 t», «3 t 12 min», «5 min», «under ett minutt»; a length without sign."""
    minutes = int(abs(length).total_seconds() // 60)
    days, hours, rest = minutes // 1440, minutes // 60 % 24, minutes % 60
    if days:
        return f"{_days(days)} {_hours(hours)}" if hours else _days(days)
    if hours:
        return f"{_hours(hours)} {_minutes(rest)}" if rest else _hours(hours)
    return _minutes(rest) if rest else gettext("under ett minutt")


def _days(number: int) -> str:
    return gettext("{} d").format(number)


def _hours(number: int) -> str:
    return gettext("{} t").format(number)


def _minutes(number: int) -> str:
    return gettext("{} min").format(number)


def remaining(latest: datetime, now: datetime) -> str:
    """«om 3 t 12 min», or «2 t 5 min over fristen»."""
    left = latest - now
    words = gettext("{} over fristen") if left < timedelta(0) else gettext("om {}")
    return words.format(span(left))


def left(latest: datetime, now: datetime) -> str:
    """«3 t 12 min igjen til fristen», or «2 t 5 min over fristen»: where it stands alone."""
    rest = latest - now
    words = gettext("{} over fristen") if rest < timedelta(0) else gettext("{} igjen til fristen")
    return words.format(span(rest))


def since(at: datetime, now: datetime) -> str:
    """«2 t 31 min» from then till now."""
    return span(max(now - at, timedelta(0)))


def age_on(born: date, day: date) -> int:
    """Whole years on that day; a child born on 29 February turns a year older on 1 March."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))
