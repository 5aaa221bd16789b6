"""The leader's page: the centre's cases, what is late and why, and what waits for her to look at."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet

from savnet.access.rights import Action
from savnet.cases.models import Case, ObligationRow
from savnet.casework.case_at_hand import each_at_hand
from savnet.casework.lateness import CONCERN_REPORTS, Delay, delays
from savnet.rules.words import Actor, CaseState, ObligationState
from savnet.web.living import Living, living
from savnet.web.screen import Visit, screen
from savnet.web.shown import slug
from savnet.web.subjects import AtCentre, own_centre
from savnet.web.wording.duties import duty
from savnet.web.wording.duty import Duty

LOOK_BACK = timedelta(days=90)
"""How far back what was met late still stands on the page."""


@dataclass(frozen=True, slots=True)
class Late:
    """One duty that is or was late, in words."""

    case: Case
    delay: Delay
    words: Duty
    slug: str

    @property
    def order(self) -> tuple[object, ...]:
        """What is still not done, then what nobody has given a reason for, then the newest."""
        return (not self.delay.open, bool(self.delay.reason), -self.delay.since.timestamp())


@dataclass(frozen=True, slots=True)
class Open:
    """One open case, with how much is owed in it."""

    living: Living
    case: Case
    owed: int


@screen(Action.LEAD_CENTRE, "web/leading.html", of=own_centre)
def leading(visit: Visit, at: AtCentre) -> dict[str, Any]:
    """How the centre stands."""
    late = sorted(_late(at.centre_id, visit.now), key=lambda one: one.order)
    return {
        "place": "leading",
        "centre": at.centre,
        "unexplained": [one for one in late if not one.delay.reason],
        "explained": [one for one in late if one.delay.reason],
        "cases": _open_cases(at.centre_id, visit.now),
    }


def _open_cases(centre_id: UUID, now: datetime) -> list[Open]:
    ours = Q(obligations__actor=Actor.CENTRE.value, obligations__state=ObligationState.OPEN.value)
    cases = Case.objects.filter(centre_id=centre_id).annotate(owed=Count("obligations", filter=ours))
    away = Q(state__in=[CaseState.ABSENT, CaseState.MISSING]) | Q(owed__gt=0)
    found = cases.filter(away).select_related("resident").order_by(F("missing_since").asc(nulls_last=True), "id")
    return [Open(living(case.resident, now), case, case.owed) for case in found]


def _late(centre_id: UUID, now: datetime) -> list[Late]:
    """Only cases that can hold something late are opened."""
    found = []
    for case in each_at_hand(_suspects(centre_id, now), now):
        for one in delays(case):
            if one.open or one.since > now - LOOK_BACK:
                owed = one.obligation
                words = duty(owed.id, owed.recipient, owed.copy_of)
                found.append(Late(case.case, one, words, slug(owed)))
    return found


def _suspects(centre_id: UUID, now: datetime) -> QuerySet[ObligationRow, UUID]:
    """Cases with a limit that has passed, or a concern report; of those that are open, or not long over."""
    passed = Q(latest__lt=now) & (Q(state=ObligationState.OPEN.value) | Q(latest__gt=now - LOOK_BACK))
    concern = Q(obligation__in=CONCERN_REPORTS, arisen_at__gt=now - LOOK_BACK)
    rows = ObligationRow.objects.filter(passed | concern, centre_id=centre_id, actor=Actor.CENTRE.value)
    return rows.order_by("case_id").values_list("case_id", flat=True).distinct()
