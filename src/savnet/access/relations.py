"""How a person stands to a case, a child or a centre: everything that the tables of rights ask about."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from savnet.access.emergencies import BreakGlass
from savnet.access.mandates import Mandate
from savnet.access.models import Person
from savnet.access.rights import OVERSEES, RIGHTS, UNITS, Action, Relation, Role
from savnet.register.models import Centre


@dataclass(frozen=True, slots=True)
class Office:
    """A receiver's kind and number; without number, whichever of that kind."""

    kind: str
    number: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a case, a child or a centre stands. Whoever asks hands it in: access knows of no case.

    `region` None means that the centre tells it. `addressed` are the offices that something of the case was sent to or
    is owed to.
    """

    centre_id: UUID | None = None
    region: str | None = None
    sending_id: UUID | None = None
    receiving_id: UUID | None = None
    resident_id: UUID | None = None
    addressed: frozenset[Office] = frozenset()


def offices(person: Person) -> frozenset[Office]:
    """The offices that the person receives for."""
    role = Role(person.role)
    if role is Role.RECEIVING_OFFICER:
        return frozenset({Office(person.office)} if person.office in UNITS[role] else ())
    return frozenset(
        Office(kind, person.region if kind == "region" else "")
        for kind in UNITS.get(role, ())
        if kind != "region" or person.region
    )


def relations(person: Person, place: Place, *, now: datetime) -> frozenset[Relation]:
    """Every relation the person stands in; always NONE among them, which is what needs no relation.

    The database is asked only for what the role's rows could use.
    """
    held = {Relation.NONE}
    held |= _at_centres(person, place)
    if Role(person.role) in OVERSEES:
        held.add(Relation.COUNTRY)
    if _receives(person, place):
        held.add(Relation.ADDRESSED)
    if _in_region(person, place):
        held.add(Relation.OWN_REGION)
    if _has_mandate(person, place, now):
        held.add(Relation.MANDATE)
    if Relation.OWN_CENTRE not in held and _has_broken_glass(person, place, now):
        held.add(Relation.BREAK_GLASS)
    return frozenset(held)


def _at_centres(person: Person, place: Place) -> set[Relation]:
    mine = person.centre_id
    if mine is None:
        return set()
    stands = {
        Relation.OWN_CENTRE: place.centre_id,
        Relation.SENDING_CENTRE: place.sending_id,
        Relation.RECEIVING_CENTRE: place.receiving_id,
    }
    return {relation for relation, centre_id in stands.items() if centre_id == mine}


def receives(person: Person, office: Office) -> bool:
    """Whether the person receives for this office."""
    mine = (one for one in offices(person) if one.kind == office.kind)
    return any(not one.number or not office.number or one.number == office.number for one in mine)


def _receives(person: Person, place: Place) -> bool:
    return any(receives(person, office) for office in place.addressed)


def _in_region(person: Person, place: Place) -> bool:
    if not person.region:
        return False
    if place.region is not None:
        return place.region == person.region
    return place.centre_id is not None and Centre.objects.filter(id=place.centre_id, region=person.region).exists()


def _has_mandate(person: Person, place: Place, now: datetime) -> bool:
    if Role(person.role) not in {Role.INSPECTOR, Role.NATIONAL_OVERSEER}:
        return False
    return Mandate.objects.holding(person, now).over(place.centre_id).exists()


def _has_broken_glass(person: Person, place: Place, now: datetime) -> bool:
    if place.resident_id is None or Action.BREAK_THE_GLASS not in RIGHTS[Role(person.role)]:
        return False
    return BreakGlass.objects.filter(person=person, resident_id=place.resident_id, until__gt=now, ended=None).exists()
