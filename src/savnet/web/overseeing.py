"""The national overseer's page: what is open across the country and how long, in numbers; a name only by mandate."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _

from savnet.access import looks
from savnet.access.check import NotAllowed, require, sees
from savnet.access.looks import Looking
from savnet.access.mandates import Mandate
from savnet.access.models import Person
from savnet.access.relations import Place
from savnet.access.rights import Action
from savnet.cases.models import Case
from savnet.casework.country import AtCentre, Country, LateDuty, OpenCase, country
from savnet.register.models import Centre, Recipient, Resident
from savnet.web.forms import Sheet, longer
from savnet.web.said_again import asked_again
from savnet.web.screen import Answer, Visit, screen
from savnet.web.sheets import fill
from savnet.web.subjects import Nowhere, nowhere
from savnet.web.wording.duties import duty
from savnet.web.wording.duty import Duty
from savnet.web.wording.text import Text

HOW_LONG: tuple[Text, ...] = (
    _("under et døgn"),
    _("1–7 døgn"),
    _("1–4 uker"),
    _("1–12 måneder"),
    _("over ett år"),
)


@dataclass(frozen=True, slots=True)
class Region:
    """A regional office and its centres, with their sum."""

    name: str
    centres: tuple[AtCentre, ...]

    @property
    def missing(self) -> int:
        return sum(one.missing for one in self.centres)

    @property
    def absent(self) -> int:
        return sum(one.absent for one in self.centres)

    @property
    def late(self) -> int:
        return sum(one.late for one in self.centres)

    @property
    def lasting(self) -> tuple[int, ...]:
        return tuple(map(sum, zip(*(one.lasting for one in self.centres), strict=True)))


@dataclass(frozen=True, slots=True)
class Away:
    """A case on a list: where it is and since when; no name."""

    case: OpenCase
    centre: Centre
    reference: str


@dataclass(frozen=True, slots=True)
class Overseen:
    """One case from outside: the centre, and no child; so the log says that nothing of a child was shown."""

    case: Case

    @property
    def centre_id(self) -> UUID:
        return self.case.centre_id


class WhySheet(Sheet):
    """The reason that the log keeps."""

    why = longer(_("Hvorfor må du vite hvem det er?"), required=_("Skriv hvorfor."), rows=2)


@screen(Action.OVERSEE, "web/overseeing.html", of=nowhere)
def overseeing(visit: Visit, at: Nowhere) -> dict[str, Any]:
    """The country."""
    found = country(visit.now)
    known = {one.centre.id: one.centre for one in found.centres}
    return {
        "place": "overseeing",
        "regions": regions(found),
        "how_long": HOW_LONG,
        "lasting": found.lasting,
        "missing": sum(one.missing for one in found.centres),
        "absent": sum(one.absent for one in found.centres),
        "late": [(_words(one), one) for one in found.late],
        "lists": (
            (_("Har vært savnet lengst"), [_away(one, known) for one in found.longest]),
            (_("Ingen har ansvaret"), [_away(one, known) for one in found.unowned]),
            (_("Ikke gjennomgått i tide"), [_away(one, known) for one in found.unreviewed]),
        ),
    }


def regions(found: Country) -> list[Region]:
    """The centres by their regional office, the offices by name."""
    offices = Recipient.objects.filter(kind="region", invented=settings.DEMO).values_list("number", "name")
    names: Mapping[str, str] = dict(offices)
    grouped = groupby(found.centres, key=lambda one: one.centre.region)
    every = (Region(names.get(number, number), tuple(some)) for number, some in grouped)
    return sorted(every, key=lambda one: one.name)


def _words(one: LateDuty) -> Duty:
    return duty(one.obligation, one.recipient, one.copy_of)


def _away(one: OpenCase, known: Mapping[UUID, Centre]) -> Away:
    return Away(one, known[one.centre_id], one.case_id.hex[:8].upper())


def overseen(person: Person, case_id: UUID) -> Overseen:
    return Overseen(get_object_or_404(Case.objects.select_related("centre"), id=case_id))


@screen(Action.OVERSEE, "web/overseen.html", of=overseen)
def overseen_child(visit: Visit, subject: Overseen) -> Answer:
    """Who it is: for whoever has a mandate there, after the reason has been written in the log."""
    try:
        held = require(visit.person, Action.SEE_OVERSEEN_CHILD, Place(centre_id=subject.centre_id), now=visit.now)
    except NotAllowed:
        return {"place": "overseeing", "case": subject.case, "entitled": False}
    if question := asked_again(visit):
        return question
    form = fill(WhySheet, visit)
    if not visit.sent or not form.is_valid():
        return {"place": "overseeing", "case": subject.case, "entitled": True, "form": form}
    resident = Resident.objects.filter(id=subject.case.resident_id).first()
    if resident is None:
        raise Http404("not reached")
    mandate = Mandate.objects.holding(visit.person, visit.now).over(subject.centre_id).first()
    looking = Looking(
        at=visit.now,
        screen="overseen-child",
        action=Action.SEE_OVERSEEN_CHILD,
        why=f"{' '.join(sorted(held))} | {mandate}: {form.cleaned_data['why']}"[:200],
        allowed=True,
        subject=resident.id,
        subject_centre=subject.centre_id,
        classes=sees(visit.person, held),
    )
    looks.write(visit.person, looking)
    return _shown(visit, subject.case, resident)


def _shown(visit: Visit, case: Case, resident: Resident) -> HttpResponse:
    context = {
        "now": visit.now,
        "person": visit.person,
        "demo": settings.DEMO,
        "place": "overseeing",
        "case": case,
        "resident": resident,
    }
    return render(visit.request, "web/overseen_child.html", context)
