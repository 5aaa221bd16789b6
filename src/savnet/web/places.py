"""Where the subject of a screen stands, for the access check: its centre, a transfer, whom it is addressed to."""

from typing import Protocol
from uuid import UUID

from savnet.access.models import Person
from savnet.access.relations import Office, Place, offices
from savnet.cases.models import Case, ObligationRow
from savnet.delivery.models import Message
from savnet.register.models import Resident
from savnet.register.models.transfer import Transfer, TransferState

NATIONAL = {"kor", "ank", "bfe", "asa", "decision_unit", "une", "pu"}
"""Kinds of receiver of which there is one in the country: of these no number is kept."""


class HasCentre(Protocol):
    """What a screen is about."""

    @property
    def centre_id(self) -> UUID | None: ...


def place_of(subject: HasCentre, person: Person) -> Place:
    """Only what the person's role could use is asked for, so that most pages cost one question more at the most."""
    if isinstance(subject, Case):
        return _of_child(subject.resident_id, subject.centre_id, person, case_id=subject.id)
    if isinstance(subject, Resident):
        return _of_child(subject.id, subject.centre_id, person, case_id=None)
    place = getattr(subject, "place", None)
    return place if isinstance(place, Place) else Place(centre_id=subject.centre_id)


def _of_child(resident_id: UUID, centre_id: UUID, person: Person, *, case_id: UUID | None) -> Place:
    if person.centre_id == centre_id and not offices(person):  # staff of a centre receive for no office
        return Place(centre_id=centre_id, resident_id=resident_id)
    sending, receiving = _on_the_way(resident_id) if person.centre_id else (None, None)
    return Place(
        centre_id=centre_id,
        resident_id=resident_id,
        sending_id=sending,
        receiving_id=receiving,
        addressed=_addressed(resident_id, case_id, person),
    )


def _on_the_way(resident_id: UUID) -> tuple[UUID | None, UUID | None]:
    """The sender answers until arrival is confirmed, and has no more to do with the child from then on."""
    under_way = [TransferState.PLANNED, TransferState.UNDER_WAY]
    found = Transfer.objects.filter(resident_id=resident_id, state__in=under_way).first()
    return (found.from_centre_id, found.to_centre_id) if found else (None, None)


def _addressed(resident_id: UUID, case_id: UUID | None, person: Person) -> frozenset[Office]:
    kinds = {one.kind for one in offices(person)} & NATIONAL
    if not kinds:
        return frozenset()
    of_case = {"case_id": case_id} if case_id else {"case__resident_id": resident_id}
    owed = ObligationRow.objects.filter(recipient__in=kinds, **of_case)
    told = Message.objects.filter(recipient__in=kinds, **_messages_of(resident_id, case_id))
    named = {*owed.values_list("recipient", flat=True), *told.values_list("recipient", flat=True)}
    return frozenset(Office(kind) for kind in named)


def _messages_of(resident_id: UUID, case_id: UUID | None) -> dict[str, object]:
    if case_id:
        return {"case_id": case_id}
    return {"case_id__in": Case.objects.filter(resident_id=resident_id).values("id")}
