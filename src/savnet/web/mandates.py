"""Who may look into which centre, on which legal basis: given by two, ended by one."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from savnet.access.mandates import Mandate
from savnet.access.models import Person
from savnet.access.proposals import ProposalKind
from savnet.access.rights import Action
from savnet.casework.mandate_keeping import by_mandate, end
from savnet.casework.two_persons import propose
from savnet.register.models import Centre
from savnet.rules import write_instant
from savnet.web.forms import DayInput, Sheet, WhenField, longer, shorter
from savnet.web.screen import Answer, Visit, screen
from savnet.web.sheets import fill, send
from savnet.web.subjects import Nowhere, nowhere

PROPOSED = _("Foreslått. Mandatet gjelder når en annen har bekreftet det.")


@dataclass(frozen=True, slots=True)
class Given:
    """One mandate as the subject of a screen."""

    mandate: Mandate
    centre_id: UUID | None = None


def given(person: Person, mandate_id: UUID) -> Given:
    return Given(get_object_or_404(Mandate.objects.select_related("person", "centre"), id=mandate_id))


def _day(label: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=False,
        widget=DayInput(format="%Y-%m-%d"),
        error_messages={"invalid": _("Skriv datoen slik: 21.11.2026.")},
    )


class MandateSheet(Sheet):
    """Who, where, why it is lawful, what it is about, and how long it may be used."""

    inspector = forms.ChoiceField(label=_("Hvem?"), widget=forms.Select)
    at_centre = forms.ChoiceField(label=_("Mottak"), required=False, widget=forms.Select)
    legal_basis = shorter(
        _("Hjemmel"),
        required=_("Skriv hjemmelen."),
        hint=_("Lov og paragraf. Den står i loggen ved hvert oppslag."),
    )
    about_from = _day(_("Gjelder forsvinninger fra"))
    about_until = _day(_("Til og med"))
    valid_until = WhenField(label=_("Mandatet kan brukes til"), ahead=True)
    why = longer(_("Hvorfor?"), required=_("Skriv hvorfor."), rows=2)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        people = Person.objects.filter(role__in=by_mandate(), is_active=True).order_by("name")
        who = [(str(one.pk), f"{one.name}, {one.title or one.get_role_display()}") for one in people]
        where = Centre.objects.filter(exercise_of=None).order_by("name").values_list("id", "name")
        self.fields["inspector"].choices = who  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["at_centre"].choices = [  # type: ignore[attr-defined]  # a ChoiceField
            ("", now_("Hele landet")),
            *((str(one), name) for one, name in where),
        ]


def _content(sent: Mapping[str, Any]) -> dict[str, Any]:
    days = [one.isoformat() if one else "" for one in (sent["about_from"], sent["about_until"])]
    return {
        "inspector_id": sent["inspector"],
        "at_centre_id": sent["at_centre"],
        "legal_basis": sent["legal_basis"],
        "about": days,
        "valid_until": write_instant(sent["valid_until"]),
        "why": sent["why"],
    }


@screen(Action.GRANT_MANDATE, "web/mandates.html", of=nowhere)
def mandates(visit: Visit, at: Nowhere) -> dict[str, Any]:
    """Those that hold now, and those that no longer do."""
    every = Mandate.objects.select_related("person", "centre").order_by("-valid_until")
    return {
        "place": "mandates",
        "holding": [one for one in every if one.valid_from <= visit.now < one.valid_until],
        "former": [one for one in every if one.valid_until <= visit.now],
    }


@screen(Action.GRANT_MANDATE, "web/mandate_new.html", of=nowhere)
def mandate_new(visit: Visit, at: Nowhere) -> Answer:
    """Propose one."""
    form = fill(MandateSheet, visit)

    def act(sent: Mapping[str, Any]) -> str:
        propose(ProposalKind.MANDATE, _content(sent), by=visit.person, now=visit.now)
        return reverse("mandates")

    return send(visit, form, act, said=PROPOSED) or {"place": "mandates", "form": form}


@screen(Action.GRANT_MANDATE, "web/mandate_end.html", of=given)
def mandate_end(visit: Visit, subject: Given, mandate_id: UUID) -> Answer:
    """End one now."""
    form = fill(Sheet, visit)

    def act(_sent: Mapping[str, Any]) -> str:
        end(subject.mandate, by=visit.person, now=visit.now)
        return reverse("mandates")

    shown = {"place": "mandates", "form": form, "mandate": subject.mandate}
    return send(visit, form, act, said=_("Mandatet er avsluttet.")) or shown
