"""The disappearances of a quarter, as they stood when it ended: where, how it went, and what the talk was about."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from savnet.cases import ledger
from savnet.cases.models import Case
from savnet.rules.events import ConcernRaised, DisappearanceBelieved, Event, Returned, TalkHeld
from savnet.rules.record import truth
from savnet.rules.words import ConcernKind, ReturnedHow
from savnet.statistics.quarters import Quarter


class HowItWent(StrEnum):
    """Where a disappearance stood when its quarter ended."""

    BACK = "back"  # back at the centre
    ELSEWHERE = "elsewhere"  # found, or reported to another authority
    MISSING = "missing"


NONE = "none"
NOT_ANSWERED = "not_answered"
CAUSES: tuple[str, ...] = (*(kind.value for kind in ConcernKind), NONE)
"""What staff came to be worried about after the child was back, the gravest first; a disappearance counts once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """One disappearance as a count knows it: no child, no day, no centre. `safe` is None where no talk was held."""

    region: str
    went: HowItWent
    cause: str
    safe: str | None


def disappearances(quarter: Quarter) -> Iterator[Counted]:
    """Every disappearance that began in the quarter. Exercises are none.

    Reads every ledger that could hold one, so it is for the worker.
    """
    cases = Case.objects.filter(opened_at__lt=quarter.ended, centre__exercise_of=None).order_by("id")
    for case_id, region in cases.values_list("id", "centre__region").iterator():
        yield from _of_case(case_id, region, quarter)


def _of_case(case_id: UUID, region: str, quarter: Quarter) -> Iterator[Counted]:
    happened = truth((entry.event for entry in ledger.entries(case_id)), at=quarter.ended)
    began = sorted(one.at for one in happened if isinstance(one, DisappearanceBelieved))
    for place, at in enumerate(began):
        until = began[place + 1] if place + 1 < len(began) else quarter.ended
        if quarter.began <= at < quarter.ended:
            yield counted(region, [one for one in happened if at <= one.at < until])


def counted(region: str, happened: list[Event]) -> Counted:
    """A disappearance from what happened in it."""
    returned = next((one for one in happened if isinstance(one, Returned)), None)
    talks = [one for one in happened if isinstance(one, TalkHeld)]
    return Counted(
        region=region, went=_went(returned), cause=_cause(happened, returned), safe=_safe(talks) if talks else None
    )


def _went(returned: Returned | None) -> HowItWent:
    if returned is None:
        return HowItWent.MISSING
    return HowItWent.BACK if returned.how is ReturnedHow.TO_CENTRE else HowItWent.ELSEWHERE


def _cause(happened: list[Event], returned: Returned | None) -> str:
    since: datetime | None = returned.at if returned else None
    raised = {one.kind.value for one in happened if isinstance(one, ConcernRaised) and since and one.at >= since}
    return next((cause for cause in CAUSES if cause in raised), NONE)


def _safe(talks: list[TalkHeld]) -> str:
    """What the child last answered."""
    said = [one.feels_safe.value for one in talks if one.feels_safe]
    return said[-1] if said else NOT_ANSWERED
