"""Instants that people give: none may lie ahead of the clock; and how they are said."""

from datetime import datetime

from django.utils.translation import gettext

from savnet.cases.recording import CLOCK_SKEW
from savnet.casework.errors import WrongTime
from savnet.rules.time import OSLO, norwegian_day


def refuse_ahead(at: datetime, now: datetime, *, field: str) -> None:
    """Raise WrongTime for an instant that has not come yet."""
    if at > now + CLOCK_SKEW:
        raise WrongTime(gettext("Tidspunktet ligger fram i tid. Skriv når det skjedde."), field=field)


def spoken(at: datetime, beside: datetime) -> str:
    """The instant as people say it: «kl. 20.01», with the date where `beside` lies on another day."""
    local = at.astimezone(OSLO)
    clock = gettext("kl. %(hour)s.%(minute)s") % {"hour": f"{local:%H}", "minute": f"{local:%M}"}
    return clock if norwegian_day(at) == norwegian_day(beside) else f"{local:%d.%m.%Y} {clock}"


def in_digits(instant: datetime) -> str:
    """An instant as registers want it: «21.11.2026 kl. 20.15», by Oslo's clock."""
    return instant.astimezone(OSLO).strftime("%d.%m.%Y kl. %H.%M")
