"""What a screen is about, found from the person and the URL. Rights are for the `screen` decorator."""

from dataclasses import dataclass
from uuid import UUID

from django.http import Http404
from django.shortcuts import get_object_or_404

from savnet.access.models import Person
from savnet.cases.models import Case
from savnet.register.models import Centre, Resident


@dataclass(frozen=True, slots=True)
class AtCentre:
    """The centre where the person works."""

    centre: Centre

    @property
    def centre_id(self) -> UUID:
        return self.centre.id


@dataclass(frozen=True, slots=True)
class Nowhere:
    """Something that belongs to no centre."""

    centre_id: UUID | None = None


def own_centre(person: Person, **_: object) -> AtCentre:
    if person.centre is None:
        raise Http404("works at no centre")
    return AtCentre(person.centre)


def nowhere(person: Person, **_: object) -> Nowhere:
    return Nowhere()


def resident(person: Person, resident_id: UUID, **_: object) -> Resident:
    found: Resident = get_object_or_404(Resident.objects.select_related("centre"), id=resident_id)
    return found


def find_case(person: Person, case_id: UUID, **_: object) -> Case:
    found: Case = get_object_or_404(Case.objects.select_related("resident", "centre"), id=case_id)
    return found
