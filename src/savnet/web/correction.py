"""Strike out something that was recorded wrongly. What stood there stays to be read; it counts no longer."""

from collections.abc import Mapping
from typing import Any

from django.http import Http404
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from savnet.access.proposals import ProposalKind
from savnet.access.rights import Action
from savnet.cases.models import Case
from savnet.cases.reading import Entry
from savnet.casework.case_at_hand import CaseAtHand, at_hand
from savnet.casework.corrections import NeedsTwo, correct
from savnet.casework.two_persons import propose
from savnet.rules.events import CircumstancesNoted, Corrected, DisappearanceBelieved, Event, LetterComposed
from savnet.web.forms import Sheet, WhenField, longer
from savnet.web.screen import Answer, Visit, screen
from savnet.web.sheets import fill, send, to_case
from savnet.web.sight import WHY, Hidden, hidden_fields, sight
from savnet.web.subjects import find_case
from savnet.web.wording.happened import details, sentence

FIXED = (CircumstancesNoted, Corrected, LetterComposed)
"""What nobody strikes out by hand: the register's facts, corrections, and letters that exist."""


def may_be_struck(event: Event) -> bool:
    """What people wrote. What the post did stays: a letter that left the house has left it.

    An act that met no duty may be struck whoever did it, so that nobody takes it for one that did.
    """
    return not isinstance(event, FIXED) and getattr(event, "message", None) is None


class CorrectionSheet(Sheet):
    """Why it was wrong."""

    why = longer(_("Hva var feil?"), required=_("Skriv hva som var feil."))
    moved_to = WhenField(
        label=_("Når var det?"),
        required=False,
        help_text=_("Fyll ut bare når tidspunktet var feil. Da flyttes innførselen i stedet for å strykes."),
    )

    def __init__(self, *args: Any, movable: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if not movable:
            del self.fields["moved_to"]


@screen(Action.CORRECT, "web/correction.html", of=find_case)
def correction(visit: Visit, case: Case, number: int) -> Answer:
    """Strike out an event."""
    now = at_hand(case.id, visit.now)
    event = now.event(number)
    counts = number not in now.derivation.unmatched
    if event is None or (counts and not may_be_struck(event)):
        raise Http404("nothing to strike out")
    hidden = hidden_fields(_entry(now, number), sight(visit, now))
    form = fill(CorrectionSheet, visit, movable=isinstance(event, DisappearanceBelieved))
    said = gettext("Innførselen er rettet.")

    def act(given: Mapping[str, Any]) -> str:
        nonlocal said
        at = given.get("moved_to")
        fields = {"at": at.isoformat()} if at else {"withdrawn": True}
        try:
            correct(case.id, number, fields, why=given["why"], by=visit.person, now=visit.now)
        except NeedsTwo:
            said = gettext("Foreslått. Starten på fristen står til en annen har bekreftet det.")
            later = {"number": number, "fields": fields, "why": given["why"]}
            propose(ProposalKind.LATER, later, by=visit.person, now=visit.now, case_id=case.id)
        return to_case(case)

    return send(visit, form, act, said=lambda: said) or {
        "case": case,
        "form": form,
        "event": event,
        "text": sentence(event, hidden),
        "details": details(event, hidden),
        "why_hidden": [WHY[one] for one in Hidden if one in hidden.values()],
    }


def _entry(now: CaseAtHand, number: int) -> Entry:
    """The record as it was written."""
    return next(one for one in now.entries if one.event.number == number)
