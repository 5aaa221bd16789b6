"""Today: who is absent, what is owed in order of urgency, and everyone who lives here."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from savnet.access.rights import Action
from savnet.cases.models import Case, ObligationRow
from savnet.cases.owed import owed
from savnet.casework.case_at_hand import at_hand
from savnet.casework.responsible import Responsible, responsible
from savnet.rules.words import CaseState, Standard
from savnet.web.awaiting import awaiting
from savnet.web.living import Living, living, living_at
from savnet.web.on_watch import on_watch
from savnet.web.screen import Visit, screen
from savnet.web.shown import PRESSING
from savnet.web.spells import away_since, outside
from savnet.web.subjects import AtCentre, own_centre
from savnet.web.wording.duties import duty
from savnet.web.wording.duty import Duty

ORDER = (CaseState.MISSING, CaseState.ABSENT, CaseState.FOUND, CaseState.CLOSED, CaseState.NONE)
NEVER = float("inf")


@dataclass(frozen=True, slots=True)
class Owed:
    """One open duty in a card."""

    row: ObligationRow
    words: Duty
    now: datetime

    @property
    def limit(self) -> float:
        """The numeric limit as a number to sort by."""
        return self.row.latest.timestamp() if self.row.latest else NEVER

    @property
    def late(self) -> bool:
        return self.limit < self.now.timestamp()

    @property
    def order(self) -> tuple[object, ...]:
        return (not self.late, PRESSING.index(Standard(self.row.standard)), self.limit, self.row.position)


@dataclass(frozen=True, slots=True)
class Card:
    """A child who is away, or who came back and about whom something is still owed.

    `responsible`: who answers where the circular demands nothing for a child who is away.
    """

    living: Living
    case: Case
    owed: tuple[Owed, ...]
    away_since: datetime | None = None
    responsible: tuple[Responsible, ...] = ()

    @property
    def nearest(self) -> Owed | None:
        """What has the nearest numeric limit."""
        return min((one for one in self.owed if one.row.latest), key=lambda one: one.limit, default=None)

    @property
    def order(self) -> tuple[object, ...]:
        """What is late, then the nearest limit, then by the law's words, then the missing before the others."""
        first = self.owed[0].order[1] if self.owed else len(PRESSING)
        limit = self.nearest.limit if self.nearest else NEVER
        late = any(one.late for one in self.owed)
        return (not late, limit, first, ORDER.index(CaseState(self.case.state)))


@screen(Action.SEE_CENTRE, "web/today.html", of=own_centre)
def today(visit: Visit, at: AtCentre) -> dict[str, Any]:
    """The front page of the shift."""
    cards = _cards(at.centre_id, visit.now)
    return {
        "place": "today",
        "centre": at.centre,
        "cards": cards,
        "residents": living_at(at.centre_id, visit.now),
        "watch_now": on_watch(at.centre, visit.now),
        "awaiting": awaiting(visit),
        "late": sum(one.late for card in cards for one in card.owed),
    }


def _cards(centre_id: UUID, now: datetime) -> list[Card]:
    rows: dict[UUID, list[ObligationRow]] = {}
    for row in owed([centre_id]):
        rows.setdefault(row.case_id, []).append(row)
    away = Q(state__in=[CaseState.ABSENT, CaseState.MISSING]) | Q(id__in=rows)
    cases = Case.objects.filter(away, centre_id=centre_id).select_related("resident")
    return sorted((_card(case, rows.get(case.id, []), now) for case in cases), key=lambda card: card.order)


def _card(case: Case, rows: list[ObligationRow], now: datetime) -> Card:
    owed_here = [Owed(row, duty(row.obligation, row.recipient or None, row.copy_of or None), now) for row in rows]
    in_order = tuple(sorted(owed_here, key=lambda one: one.order))
    card = Card(living(case.resident, now), case, in_order)
    if case.state == CaseState.MISSING and rows:
        return replace(card, away_since=case.missing_since)
    return _read(card, now) if card.living.away else card


def _read(card: Card, now: datetime) -> Card:
    """What only the ledger tells: since when a child is absent, and who answers where nothing is owed."""
    case = at_hand(card.case.id, now)
    answers = responsible(case) if outside(case) else ()
    return replace(card, away_since=away_since(case), responsible=answers)
