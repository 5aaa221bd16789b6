"""A resident as the lists show one: age today, and whether there is an open case."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from savnet.cases.models import Case
from savnet.register.models import Resident
from savnet.rules.words import CaseState
from savnet.web.times import OSLO, age_on
from savnet.web.wording.words import CASE_STATE

COLOURS = {
    CaseState.ABSENT: "warning",
    CaseState.MISSING: "danger",
    CaseState.FOUND: "success",
    CaseState.CLOSED: "neutral",
    CaseState.NONE: "neutral",
}


@dataclass(frozen=True, slots=True)
class Living:
    """One row of the list."""

    resident: Resident
    age: int | None
    case: Case | None

    @property
    def away(self) -> bool:
        """Whether the child is known not to be here."""
        return self.case is not None and self.case.state in {CaseState.ABSENT, CaseState.MISSING}

    @property
    def open(self) -> bool:
        """Whether something is going on with the child. That a case once ended says nothing of the child."""
        return self.away or (self.case is not None and self.case.state == CaseState.FOUND)

    @property
    def state(self) -> str:
        return str(CASE_STATE[self.case.state]) if self.case else ""

    @property
    def colour(self) -> str:
        return COLOURS[CaseState(self.case.state)] if self.case else "neutral"


def living_at(centre_id: UUID, now: datetime) -> Sequence[Living]:
    """Those who live at the centre now, in the order people look for them: by given name."""
    here = Resident.objects.filter(centre_id=centre_id, left__isnull=True).select_related("case")
    ordered = here.order_by("given_name", "family_name", "original_name")
    return [living(resident, now) for resident in ordered]


def living(resident: Resident, now: datetime) -> Living:
    return Living(resident, age(resident, now), getattr(resident, "case", None))


def age(resident: Resident, now: datetime) -> int | None:
    """Whole years today by the registered date of birth; None where none is registered."""
    return age_on(resident.born, now.astimezone(OSLO).date()) if resident.born else None
