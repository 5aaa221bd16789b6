"""Instants that people give: none may lie ahead of the clock."""

from datetime import datetime

from savnet.cases.recording import CLOCK_SKEW
from savnet.casework.errors import WrongTime


def refuse_ahead(at: datetime, now: datetime, *, field: str) -> None:
    """Raise WrongTime for an instant that has not come yet."""
    if at > now + CLOCK_SKEW:
        raise WrongTime("Tidspunktet ligger fram i tid. Skriv når det skjedde.", field=field)
