"""An office's front page: what has been sent to it and nobody has confirmed, and what it owes, child by child."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from savnet.access.rights import Action
from savnet.cases.models import Case, ObligationRow
from savnet.cases.owed import owed_by, sent_to
from savnet.rules.words import Priority
from savnet.web.desk import Desk, desk
from savnet.web.living import Living, living
from savnet.web.office_duties import rank
from savnet.web.screen import Visit, screen
from savnet.web.wording.duties import duty
from savnet.web.wording.duty import Duty

NEWEST = 20
"""So many of the letters that somebody has confirmed stand on the page."""


@dataclass(frozen=True, slots=True)
class Line:
    """One letter to the office, or one thing it owes."""

    row: ObligationRow
    words: Duty

    @property
    def urgent(self) -> bool:
        return self.row.priority == Priority.HIGH


@dataclass(slots=True)
class Card:
    """One child: what is new, and what is owed."""

    living: Living
    case: Case
    new: list[Line] = field(default_factory=list)
    owed: list[Line] = field(default_factory=list)

    @property
    def urgent(self) -> bool:
        """Whether something new is about a summons that is near (d-3)."""
        return any(one.urgent for one in self.new)

    @property
    def centre(self) -> str:
        return str(next(one.row.centre.name for one in (*self.new, *self.owed)))

    @property
    def order(self) -> tuple[object, ...]:
        """What is urgent, then what a child waits for, then the oldest."""
        first = min((rank(one.row.obligation) for one in self.owed), default=99)
        since = [one.row.arisen_at for one in self.owed] + [one.row.sent_at for one in self.new if one.row.sent_at]
        return (not self.urgent, first, min(since))


@screen(Action.SEE_OFFICE, "web/office.html", of=desk)
def office(visit: Visit, mine: Desk) -> dict[str, Any]:
    """The unit's page."""
    return {"place": "office", "desk": mine, "cards": cards(mine, visit.now), "confirmed": confirmed(mine)}


def cards(mine: Desk, now: datetime) -> list[Card]:
    """Every child about whom something is new or owed, what presses most first."""
    centres = mine.centre_ids
    found: dict[UUID, Card] = {}
    for row in sent_to(mine.kinds, centre_ids=centres, confirmed=False):
        _card(found, row, now).new.append(_line(row))
    if mine.actor:
        for row in owed_by(mine.actor, centre_ids=centres):
            _card(found, row, now).owed.append(_line(row))
    for card in found.values():
        card.owed.sort(key=lambda one: (rank(one.row.obligation), one.row.arisen_at))
    return sorted(found.values(), key=lambda card: card.order)


def confirmed(mine: Desk) -> list[Line]:
    """What people of the office have confirmed, the newest first."""
    rows: Iterable[ObligationRow] = sent_to(mine.kinds, centre_ids=mine.centre_ids, confirmed=True)[:NEWEST]
    return [_line(row) for row in rows]


def _card(found: dict[UUID, Card], row: ObligationRow, now: datetime) -> Card:
    if row.case_id not in found:
        found[row.case_id] = Card(living(row.case.resident, now), row.case)
    return found[row.case_id]


def _line(row: ObligationRow) -> Line:
    return Line(row, duty(row.obligation, row.recipient or None, row.copy_of or None))
