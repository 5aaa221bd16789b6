"""Who works here and as what. A role is proposed and confirmed by another; access is withdrawn at once."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from savnet.access.models import Person
from savnet.access.proposals import ProposalKind
from savnet.access.relations import Place
from savnet.access.rights import Action, Role
from savnet.casework.staff_keeping import AT_A_CENTRE, FIELDS, withdraw_access
from savnet.casework.two_persons import propose
from savnet.register.models import Centre
from savnet.web.forms import Sheet, shorter
from savnet.web.screen import Answer, Visit, screen
from savnet.web.sheets import fill, send

PROPOSED = _("Foreslått. Rollen gjelder når en annen har bekreftet den.")


@dataclass(frozen=True, slots=True)
class Staff:
    """Those whose roles the person may propose: her own centre's, or everybody's where she has no centre."""

    centre_id: UUID | None

    @property
    def place(self) -> Place:
        return Place(centre_id=self.centre_id)


@dataclass(frozen=True, slots=True)
class Colleague:
    """One of them."""

    found: Person

    @property
    def centre_id(self) -> UUID | None:
        return self.found.centre_id


def ours(person: Person) -> Staff:
    return Staff(person.centre_id)


def colleague(person: Person, person_id: UUID) -> Colleague:
    return Colleague(get_object_or_404(Person.objects.select_related("centre"), id=person_id))


class RoleSheet(Sheet):
    """Who, and as what."""

    name = shorter(_("Navn"), required=_("Skriv navnet."), autocomplete="off")
    username = shorter(_("Brukernavn"), required=_("Skriv brukernavnet."), autocomplete="off", autocapitalize="none")
    title = shorter(_("Stilling"))
    phone = shorter(_("Telefon"), inputmode="tel")
    email = shorter(_("E-post"), hint=_("Hit går beskjeder om at noe venter. Aldri noe om barn."), inputmode="email")
    role = forms.ChoiceField(label=_("Rolle"), choices=Role.choices, widget=forms.Select)
    centre = forms.ChoiceField(label=_("Mottak"), required=False, widget=forms.Select)
    region = shorter(_("Regionkontor"), hint=_("Nummeret i registeret. Bare for regionkontor."))
    office = forms.ChoiceField(
        label=_("Kontor"), required=False, choices=(("", "–"), ("une", "UNE"), ("pu", "PU")), widget=forms.Select
    )

    def __init__(self, *args: Any, by: Person, of: Person | None = None, **options: Any) -> None:
        known = {field: getattr(of, field) for field in FIELDS} | {"centre": of.centre_id} if of else {}
        super().__init__(*args, initial={"centre": by.centre_id} | known, **options)
        self.fields["centre"].choices = [("", "–"), *_centres(by)]  # type: ignore[attr-defined]
        if by.centre_id:  # a leader gives the roles of her own centre
            self.fields["role"].choices = [one for one in Role.choices if one[0] in AT_A_CENTRE]  # type: ignore[attr-defined]
            for field in ("centre", "region", "office"):
                del self.fields[field]

    def content(self, given: Mapping[str, Any], *, by: Person, of: Person | None) -> dict[str, Any]:
        """The grant as it is proposed."""
        said = {field: given.get(field) or "" for field in FIELDS}
        centre = str(by.centre_id) if by.centre_id else given["centre"]
        return {**said, "person_id": str(of.pk) if of else None, "centre_id": centre}


def _centres(by: Person) -> list[tuple[str, str]]:
    centres = Centre.objects.filter(id=by.centre_id) if by.centre_id else Centre.objects.all()
    return [(str(centre_id), name) for centre_id, name in centres.values_list("id", "name")]


@screen(Action.GRANT_ROLE, "web/staff.html", of=ours)
def staff(visit: Visit, here: Staff) -> dict[str, Any]:
    """Everyone, those without access last."""
    people = Person.objects.select_related("centre").order_by("-is_active", "centre__name", "name")
    return {"people": people.filter(centre_id=here.centre_id) if here.centre_id else people, "place": "staff"}


@screen(Action.GRANT_ROLE, "web/staff_edit.html", of=ours)
def staff_new(visit: Visit, here: Staff) -> Answer:
    """Somebody who begins."""
    return _edit(visit, None)


@screen(Action.GRANT_ROLE, "web/staff_edit.html", of=colleague)
def staff_edit(visit: Visit, one: Colleague, person_id: UUID) -> Answer:
    """Another role, or access given back."""
    return _edit(visit, one.found)


def _edit(visit: Visit, of: Person | None) -> Answer:
    form = fill(RoleSheet, visit, by=visit.person, of=of)

    def act(given: Mapping[str, Any]) -> str:
        propose(ProposalKind.ROLE, form.content(given, by=visit.person, of=of), by=visit.person, now=visit.now)
        return reverse("staff")

    return send(visit, form, act, said=PROPOSED) or {"form": form, "colleague": of}


@screen(Action.GRANT_ROLE, "web/staff_withdraw.html", of=colleague)
def staff_withdraw(visit: Visit, one: Colleague, person_id: UUID) -> Answer:
    """Nobody gets in as this person from now on."""
    form = fill(Sheet, visit)

    def act(_given: Mapping[str, Any]) -> str:
        withdraw_access(one.found, by=visit.person)
        return reverse("staff")

    return send(visit, form, act, said=_("Tilgangen er fjernet.")) or {"form": form, "colleague": one.found}
