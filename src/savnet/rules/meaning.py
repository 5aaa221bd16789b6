"""Which obligation an act means where several could be meant, and which one letter fulfils together."""

from datetime import datetime

from savnet.rules.events import Attempted, Done, Received
from savnet.rules.standing import Standing

TOGETHER = {"b-9": "4-18", "4-18": "b-9"}
"""One letter fulfils both where they go to the same receiver for the same reason."""


def one_letter(one: Standing, other: Standing) -> bool:
    """Whether one letter fulfils both: to the same receiver for the same reason."""
    mine, theirs = one.obligation, other.obligation
    same = (mine.recipient, mine.municipality, mine.because) == (theirs.recipient, theirs.municipality, theirs.because)
    return one.open and same


def meant(act: Done | Attempted | Received, named: list[Standing]) -> Standing | None:
    """The obligation that is meant: for a receipt one that was sent, else an open one; the newest first.

    A receipt for what is received already tells more of it: the case number that came the day after.
    """
    if isinstance(act, Received):
        waits = [one for one in named if not one.received and not one.superseded_by]
        fits = _sent(waits) or waits or _sent(named)
    else:
        fits = [one for one in named if one.open]
    return max(fits, key=_newest, default=None)


def _sent(standings: list[Standing]) -> list[Standing]:
    return [one for one in standings if one.discharged or one.attempts]


def _newest(standing: Standing) -> tuple[datetime, int]:
    return (standing.obligation.arisen_at, standing.obligation.because)
