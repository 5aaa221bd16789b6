"""Open another centre's child in an emergency: say who, why, and press once; and close again when it is over."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from savnet.access.emergencies import BreakGlass, EmergencyReason
from savnet.access.models import Person
from savnet.access.rights import Action
from savnet.cases.models import Case
from savnet.casework import break_glass as casework
from savnet.register.models import Centre
from savnet.web.forms import Sheet, choice, longer, shorter
from savnet.web.screen import Answer, Visit, screen
from savnet.web.sheets import fill, send
from savnet.web.subjects import Nowhere, nowhere

OPENED = _("Saken er åpen for deg i én time. Lederen ved mottaket har fått beskjed.")


class BreakGlassSheet(Sheet):
    """Which child, and why it can't wait."""

    who = shorter(
        _("Hvem gjelder det?"),
        required=_("Skriv navnet på barnet, eller DUF-nummeret."),
        hint=_("Fornavn og etternavn, eller DUF-nummeret."),
        autocomplete="off",
    )
    centre = forms.ChoiceField(
        label=_("Hvor bor barnet?"), required=False, widget=forms.Select(attrs={"class": "ds-input"})
    )
    reason = choice(
        _("Hvorfor kan det ikke vente?"), tuple(EmergencyReason.choices), required=_("Velg hvorfor det ikke kan vente.")
    )
    why = longer(_("Si kort hva som skjer"), hint=_("Må bare fylles ut når du velger «Noe annet som haster»."), rows=2)

    def __init__(self, *args: Any, own: UUID | None, **options: Any) -> None:
        super().__init__(*args, **options)
        everywhere = Centre.objects.filter(exercise=None).values_list("id", "name")
        named = [(str(centre_id), name) for centre_id, name in everywhere if centre_id != own]
        self.fields["centre"].choices = [("", _("Vet ikke")), *named]  # type: ignore[attr-defined]


@screen(Action.BREAK_THE_GLASS, "web/break_glass.html", of=nowhere)
def break_glass(visit: Visit, place: Nowhere) -> Answer:
    """Open the child's case, and let the leader there know."""
    form = fill(BreakGlassSheet, visit, own=visit.person.centre_id)

    def act(given: Mapping[str, Any]) -> str:
        opened = casework.open_in_emergency(
            UUID(given["centre"]) if given["centre"] else None,
            given["who"],
            reason=EmergencyReason(given["reason"]),
            why=given["why"],
            by=visit.person,
            now=visit.now,
        )
        return _to_what_was_opened(opened)

    return send(visit, form, act, said=OPENED) or {"form": form, "place": "break-glass"}


def _to_what_was_opened(opened: BreakGlass) -> str:
    case = Case.objects.filter(resident_id=opened.resident_id).first()
    return reverse("case", args=[case.id]) if case else reverse("resident", args=[opened.resident_id])


def own_opening(person: Person, opened_id: UUID) -> BreakGlass:
    """One's own; another's is not there."""
    found: BreakGlass = get_object_or_404(BreakGlass, id=opened_id, person=person)
    return found


@screen(Action.BREAK_THE_GLASS, "", of=own_opening)
def break_glass_end(visit: Visit, opened: BreakGlass, opened_id: UUID) -> HttpResponse:
    """Close what was opened. A link does nothing; only the button does."""
    if visit.sent:
        casework.end(opened, by=visit.person, now=visit.now)
    return HttpResponseRedirect("/")
