"""The child is back, has reported anew, or is found."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from savnet.access.proposals import ProposalKind
from savnet.access.rights import Action
from savnet.cases.models import Case
from savnet.casework.returning import note_return
from savnet.casework.two_persons import propose
from savnet.rules.words import CaseState, ReturnedHow
from savnet.web.forms import Sheet, WhenField, choice, longer, shorter
from savnet.web.municipalities import municipalities
from savnet.web.screen import Answer, Visit, screen
from savnet.web.sheets import fill, send, to_case
from savnet.web.subjects import find_case
from savnet.web.wording.words import RETURNED_HOW


class ReturnedSheet(Sheet):
    """How, when and where."""

    how = choice(
        _("Hvordan kom barnet til rette?"),
        tuple(RETURNED_HOW.items()),
        required=_("Velg hvordan barnet kom til rette."),
        initial=ReturnedHow.TO_CENTRE,
    )
    at = WhenField(label=_("Når?"))
    municipality = forms.ChoiceField(
        label=_("I hvilken kommune?"),
        required=False,
        help_text=_("Hvis barnet ble funnet et annet sted."),
        widget=forms.Select,
    )
    source = shorter(
        _("Hvem sier at barnet er funnet?"),
        hint=_("Når barnet ikke er her. For eksempel: politiet ved navn, barnevernsvakten."),
    )
    note = longer(_("Merknad"))

    def __init__(self, *args: Any, municipalities: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["municipality"].choices = [("", gettext("Ikke aktuelt")), *municipalities]  # type: ignore[attr-defined]


@screen(Action.RECORD, "web/returned.html", of=find_case)
def returned(visit: Visit, case: Case) -> Answer:
    """Record the return."""
    form = fill(ReturnedSheet, visit, municipalities=municipalities(visit))
    said = gettext("Notert at barnet er kommet til rette. Alle som fikk melding, skal nå ha skriftlig beskjed.")

    def act(given: Mapping[str, Any]) -> str:
        nonlocal said
        if _takes_two(case, given):
            said = gettext("Foreslått. En annen på vakt må bekrefte at barnet er funnet. Letingen går videre til da.")
            return _propose(visit, case, given)
        note_return(
            case.id,
            how=ReturnedHow(given["how"]),
            by=visit.person,
            now=visit.now,
            at=given["at"],
            municipality=given["municipality"] or None,
            note=given["note"],
        )
        return to_case(case)

    return send(visit, form, act, said=lambda: said) or {"case": case, "form": form}


def _takes_two(case: Case, given: Mapping[str, Any]) -> bool:
    """Whoever stands here, anybody can see; that a missing child is found elsewhere, two must say."""
    return case.state == CaseState.MISSING and given["how"] != ReturnedHow.TO_CENTRE


def _propose(visit: Visit, case: Case, given: Mapping[str, Any]) -> str:
    found = {
        "how": given["how"],
        "at": given["at"].isoformat(),
        "municipality": given["municipality"],
        "source": given["source"],
        "note": given["note"],
    }
    propose(ProposalKind.FOUND, found, by=visit.person, now=visit.now, case_id=case.id)
    return to_case(case)
