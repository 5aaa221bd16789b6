"""The office a person works for: what kinds of receiver it is, what it owes, and which cases it has been told of."""

from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.http import Http404
from django.shortcuts import get_object_or_404

from savnet.access.models import Person
from savnet.access.relations import Place, offices
from savnet.access.rights import Role
from savnet.cases.models import Case
from savnet.cases.owed import concerns
from savnet.register.models import Centre, Recipient
from savnet.rules.words import Actor

ACTORS = {Role.REGIONAL_OFFICER: Actor.REGION, Role.ASA_OFFICER: Actor.ASA}
"""The offices that the circular gives duties of their own."""


@dataclass(frozen=True, slots=True)
class Desk:
    """An office, as its people see it."""

    role: Role
    kinds: frozenset[str]
    region: str

    @property
    def actor(self) -> Actor | None:
        """Who it is among those who owe something; None where it only receives."""
        return ACTORS.get(self.role)

    @property
    def centre_id(self) -> UUID | None:
        return None

    @property
    def place(self) -> Place:
        """A regional office is its own region."""
        return Place(region=self.region) if self.region else Place()

    @property
    def centre_ids(self) -> list[UUID] | None:
        """The region's centres; None for an office that serves the whole country."""
        if not self.region:
            return None
        return list(Centre.objects.filter(region=self.region).values_list("id", flat=True))

    @property
    def name(self) -> str:
        """What the office is called in the register; empty where it is not there."""
        known = Recipient.objects.filter(kind__in=self.kinds, number=self.region, invented=settings.DEMO)
        return known.order_by("kind").values_list("name", flat=True).first() or ""


def desk(person: Person, **_: object) -> Desk:
    """The desk of somebody who works for an office. Raises Http404 for one who doesn't."""
    role = Role(person.role)
    kinds = frozenset(one.kind for one in offices(person))
    if not kinds:
        raise Http404("works for no office")
    return Desk(role, kinds, person.region if role is Role.REGIONAL_OFFICER else "")


def find_told(person: Person, case_id: UUID, **_: object) -> Case:
    """A case that the person's office has been told of, or owes something in; any other is not there."""
    mine = desk(person)
    found: Case = get_object_or_404(Case.objects.select_related("resident", "centre"), id=case_id)
    if not concerns(found.id, kinds=mine.kinds, actor=mine.actor):
        raise Http404("nothing of the case has been sent to the office")
    return found
