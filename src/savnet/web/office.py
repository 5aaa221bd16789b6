"""An office's front page: what has been sent to it and nobody has confirmed, and what it owes, child by child."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import chain
from typing import Any
from uuid import UUID

from savnet.access.rights import Action
from savnet.cases.models import Case, ObligationRow
from savnet.cases.owed import owed_by, sent_to, waiting_at
from savnet.rules.words import Priority
from savnet.web.desk import Desk, desk
from savnet.web.living import Living, living
from savnet.web.office_duties import FIRST, rank
from savnet.web.paging import page_of
from savnet.web.screen import Visit, screen
from savnet.web.shown_to import log_listed
from savnet.web.wording.duties import duty
from savnet.web.wording.duty import Duty

AT_A_TIME = 25
"""So many children stand on the page at once."""
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


@screen(Action.SEE_OFFICE, "web/office.html", of=desk)
def office(visit: Visit, mine: Desk) -> dict[str, Any]:
    """The unit's page."""
    return {"place": "office", "desk": mine, **inbox(visit, mine, "office", Action.SEE_OFFICE)}


def inbox(visit: Visit, mine: Desk, screen: str, action: Action) -> dict[str, Any]:
    """The children about whom something is new or owed, so many at a time; and what was confirmed last.

    Where any is named, the log says that a list was seen. Raises NotLogged where it can't.
    """
    page = page_of(visit, waiting_at(mine.kinds, mine.actor, centre_ids=mine.centre_ids, first=FIRST), AT_A_TIME)
    shown = {"page": page, "cards": cards(mine, list(page.object_list), visit.now), "confirmed": confirmed(mine)}
    if shown["cards"] or shown["confirmed"]:
        log_listed(visit, screen, action)
    return shown


def cards(mine: Desk, case_ids: Sequence[UUID], now: datetime) -> list[Card]:
    """A card for each of these cases, in their order."""
    found: dict[UUID, Card] = {}
    for row in sent_to(mine.kinds, centre_ids=mine.centre_ids, confirmed=False).filter(case_id__in=case_ids):
        _card(found, row, now).new.append(_line(row))
    if mine.actor:
        for row in owed_by(mine.actor, centre_ids=mine.centre_ids).filter(case_id__in=case_ids):
            _card(found, row, now).owed.append(_line(row))
    for card in found.values():
        card.owed.sort(key=lambda one: (rank(one.row.obligation), one.row.arisen_at))
    return [found[one] for one in case_ids if one in found]


def confirmed(mine: Desk) -> list[Line]:
    """What the office has confirmed, the newest first. An index answers for one kind of receiver at a time."""
    each = (sent_to({kind}, centre_ids=mine.centre_ids, confirmed=True)[:NEWEST] for kind in sorted(mine.kinds))
    newest = sorted(chain(*each), key=lambda row: str(row.sent_at), reverse=True)[:NEWEST]
    return [_line(row) for row in newest]


def _card(found: dict[UUID, Card], row: ObligationRow, now: datetime) -> Card:
    if row.case_id not in found:
        found[row.case_id] = Card(living(row.case.resident, now), row.case)
    return found[row.case_id]


def _line(row: ObligationRow) -> Line:
    return Line(row, duty(row.obligation, row.recipient or None, row.copy_of or None))
