"""What a person may see of one case now, class by class; and of what is hidden, why.

Whereabouts are folded until she has lately said who she is. Those on shift write what they suspect and read it while
the report that needs it waits; once it has gone they add to it and don't reread it. Whoever hides a field here says so
on the page: nothing is missing silently.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from savnet.access.check import sees, stands
from savnet.access.classes import NAMES_A_PLACE, class_of, letter_classes
from savnet.access.relations import offices
from savnet.access.rights import ASKED_AFRESH, Classes, FieldClass
from savnet.cases.reading import Entry
from savnet.casework.case_at_hand import CaseAtHand
from savnet.delivery.models import Message
from savnet.delivery.standing import progress
from savnet.delivery.words import SENT
from savnet.rules.events import Event, FactRecorded
from savnet.rules.words import CaseState, ObligationState
from savnet.web import fresh
from savnet.web.places import place_of
from savnet.web.screen import Visit
from savnet.web.spells import spell_began
from savnet.web.wording.text import Text

FIRST_REPORTS = frozenset({"a-1", "b-4"})
"""Owed once for each disappearance: while one waits, all that is suspected of it can be read and put right."""
LATER_REPORTS = frozenset({"b-8", "b-9", "4-18"})
"""Owed because of something new: what has been sent before is not opened again by them."""


class Hidden(StrEnum):
    """Why something is not shown."""

    NOT_IN_ROLE = "not_in_role"
    SENT_ALREADY = "sent_already"
    ASK_AGAIN = "ask_again"


WHY: Mapping[Hidden, Text] = {
    Hidden.NOT_IN_ROLE: _("Skjult. Du trenger det ikke i rollen din."),
    Hidden.SENT_ALREADY: _("Skjult. Det er sendt videre. Vakta kan legge til, men ikke lese det igjen."),
    Hidden.ASK_AGAIN: _("Skjult til du har bekreftet at det er deg."),
}


@dataclass(frozen=True, slots=True)
class Sight:
    """What one person may see of one case. `until_sent` are the classes that she reads only while a report waits."""

    classes: Classes
    until_sent: Classes
    fresh: bool
    spell: datetime | None = None
    first_waits: bool = False
    later_waits: bool = False
    sent_at: datetime | None = None

    def hides(self, kind: FieldClass, entry: Entry | None = None) -> Hidden | None:
        """Why this class is hidden, in this record or in what is written now; None where it is shown."""
        if kind in self.until_sent and kind not in self.classes:
            return None if self._waits(entry) else Hidden.SENT_ALREADY
        if kind not in self.classes:
            return Hidden.NOT_IN_ROLE
        return Hidden.ASK_AGAIN if kind in ASKED_AFRESH and not self.fresh else None

    def _waits(self, entry: Entry | None) -> bool:
        if self.first_waits:
            return entry is None or self.spell is None or entry.event.at >= self.spell
        if self.later_waits:
            return entry is None or self.sent_at is None or entry.recorded_at > self.sent_at
        return False

    @property
    def rereads(self) -> bool:
        """Whether all that is suspected in this disappearance may be read."""
        return FieldClass.SUSPICION in self.classes or self.first_waits


def sight(visit: Visit, case: CaseAtHand) -> Sight:
    """What the person at the screen may see of the case."""
    person = visit.person
    held = visit.held | stands(person, place_of(case.case, person), now=visit.now)
    shown = sees(person, held)
    owed = [one for one in case.derivation.obligations if one.state is ObligationState.OPEN and one.sent_at is None]
    mine = FIRST_REPORTS | LATER_REPORTS
    sent = [one.sent_at for one in case.derivation.obligations if one.id in mine and one.sent_at]
    return Sight(
        classes=shown,
        until_sent=sees(person, held, unsent=True) - shown,
        fresh=fresh.is_fresh(visit.request, visit.now),
        spell=spell_began(case),
        first_waits=case.derivation.state is CaseState.ABSENT or any(one.id in FIRST_REPORTS for one in owed),
        later_waits=any(one.id in LATER_REPORTS for one in owed),
        sent_at=max(sent, default=None),
    )


def hidden_fields(entry: Entry, seen: Sight) -> dict[str, Hidden]:
    """The fields of a record that say something and are hidden, with why."""
    event, item = entry.event, _item(entry.event)
    classed = ((field, class_of(event.type, field, item=item)) for field in _said(event))
    return {field: why for field, kind in classed if (why := seen.hides(kind, entry))}


def _said(event: Event) -> list[str]:
    """The fields of the event that say something."""
    return [one.name for one in fields(event) if getattr(event, one.name) not in (None, "")]


def _item(event: Event) -> str | None:
    return event.item if isinstance(event, FactRecorded) else None


def letter_hidden(message: Message, seen: Sight, visit: Visit) -> Hidden | None:
    """Why a letter may not be opened; None where it may.

    Its receiver's own office may always read what it was sent. Whoever must still carry it out of the house must be
    able to print it.
    """
    if any(one.kind == message.recipient for one in offices(visit.person)):
        return None
    held = {seen.hides(kind) for kind in letter_classes(message.obligation)} - {None}
    if Hidden.SENT_ALREADY in held and not _has_gone(message):
        held.discard(Hidden.SENT_ALREADY)
    return next((why for why in (Hidden.NOT_IN_ROLE, Hidden.SENT_ALREADY, Hidden.ASK_AGAIN) if why in held), None)


def _has_gone(message: Message) -> bool:
    return progress(list(message.attempts.all()), list(message.statuses.all())) in SENT


def names_place(obligation: str) -> bool:
    """Whether the receiver's name tells where the child is."""
    return obligation in NAMES_A_PLACE
