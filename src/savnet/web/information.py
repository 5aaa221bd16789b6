"""Information has come in: where the child may be, or something else that matters."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from savnet.access.rights import Action
from savnet.cases.models import Case
from savnet.casework.knowledge import receive_information
from savnet.rules.words import About, InformationKind
from savnet.web.forms import Sheet, WhenField, choice, longer, shorter
from savnet.web.municipalities import municipalities
from savnet.web.screen import Answer, Visit, screen
from savnet.web.sheets import fill, send, to_case
from savnet.web.subjects import find_case
from savnet.web.wording.words import INFORMATION_KIND

ELSEWHERE = "about_else"
KINDS = (
    *((code, text) for code, text in INFORMATION_KIND.items() if code != InformationKind.OTHER),
    (InformationKind.OTHER.value, _("Annet om hvor barnet er")),
    (ELSEWHERE, _("Noe som ikke handler om hvor barnet er")),
)


class InformationSheet(Sheet):
    """What is known, from whom, and since when."""

    kind = choice(_("Hva har dere fått vite?"), KINDS, required=_("Velg hva dere har fått vite."))
    text = longer(
        _("Fortell"), required=_("Skriv hva dere har fått vite."), hint=_("Kjenner dere adressen, så skriv den her.")
    )
    municipality = forms.ChoiceField(
        label=_("I hvilken kommune?"),
        required=False,
        help_text=_("Må fylles ut når adressen er kjent."),
        widget=forms.Select,
    )
    source = shorter(_("Hvem kommer det fra?"), hint=_("Navnet, eller «en venn» hvis den som tipset, vil være ukjent."))
    relevant = forms.BooleanField(label=_("Det kan ha betydning for asylsaken"), required=False)
    at = WhenField(label=_("Når fikk dere vite det?"))

    def __init__(self, *args: Any, municipalities: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["municipality"].choices = [("", gettext("Vet ikke")), *municipalities]  # type: ignore[attr-defined]


@screen(Action.RECORD, "web/information.html", of=find_case)
def information(visit: Visit, case: Case) -> Answer:
    """Record the information."""
    form = fill(InformationSheet, visit, municipalities=municipalities(visit))

    def act(given: Mapping[str, Any]) -> str:
        elsewhere = given["kind"] == ELSEWHERE
        receive_information(
            case.id,
            kind=InformationKind.OTHER if elsewhere else InformationKind(given["kind"]),
            about=About.OTHER if elsewhere else About.WHEREABOUTS,
            text=given["text"],
            source=given["source"],
            municipality=given["municipality"] or None,
            relevant_to_asylum_case=given["relevant"],
            by=visit.person,
            now=visit.now,
            at=given["at"],
        )
        return to_case(case)

    said = gettext("Opplysningen er notert. Se i saken hvem som skal ha beskjed.")
    return send(visit, form, act, said=said) or {"case": case, "form": form}
