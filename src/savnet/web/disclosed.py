"""Who has been given what of a child, and on which legal basis: one page for each child, made to be printed."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from savnet.access.check import may
from savnet.access.rights import Action, FieldClass
from savnet.cases.models import Case
from savnet.casework.case_at_hand import at_hand
from savnet.casework.disclosed import Disclosure, disclosures, requests
from savnet.register.models import Resident
from savnet.web.living import living
from savnet.web.places import place_of
from savnet.web.said_again import asked_again
from savnet.web.screen import Answer, Visit, screen
from savnet.web.subjects import resident as find_resident
from savnet.web.wording.duties import duty
from savnet.web.wording.text import Text
from savnet.web.wording.words import RECIPIENT

CLASS_WORDS: Mapping[FieldClass, Text] = {
    FieldClass.IDENTITY: _("hvem barnet er"),
    FieldClass.WHEREABOUTS: _("hvor barnet kan være eller har vært"),
    FieldClass.SUSPICION: _("bekymring og mistanke"),
    FieldClass.THIRD_PARTY: _("andre personer"),
    FieldClass.HEALTH: _("helse"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One disclosure in words. `what` is empty for an answer to a request, which the page words itself."""

    one: Disclosure
    receiver: Text
    what: Text
    held: tuple[Text, ...]


@screen(Action.SEE_DISCLOSED, "web/disclosed.html", of=find_resident)
def disclosed(visit: Visit, resident: Resident) -> Answer:
    """Everything that left the house about the child."""
    if question := asked_again(visit):  # receivers' names tell where the child has been
        return question
    case = Case.objects.filter(resident=resident).first()
    found = disclosures(resident, at_hand(case.id, visit.now) if case else None)
    where = place_of(resident, visit.person)
    return {
        "place": "residents",
        "resident": resident,
        "living": living(resident, visit.now),
        "case_id": case.id if case else None,
        "lines": [_line(one) for one in found],
        "requests": requests(resident),
        "notes": may(visit.person, Action.NOTE_REQUEST, where),
        "decides": may(visit.person, Action.DECIDE_DISCLOSURE, where),
    }


def _line(one: Disclosure) -> Line:
    held = tuple(words for kind, words in CLASS_WORDS.items() if kind in one.classes)
    if one.obligation is None:
        return Line(one, one.receiver or _("Feil mottaker"), "", held)
    owed = one.obligation
    kind: Any = RECIPIENT[owed.recipient] if owed.recipient else ""
    words = duty(owed.id, owed.recipient, owed.copy_of)
    return Line(one, one.receiver or kind, words.done or words.title, held)
