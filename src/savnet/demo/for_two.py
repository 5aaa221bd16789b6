"""What waits for a second person in the demo: an end, a new colleague, a telephone number, a mandate, broken glass."""

from datetime import datetime, timedelta

from savnet.access.emergencies import BreakGlass, EmergencyReason
from savnet.access.models import Person
from savnet.access.proposals import ProposalKind
from savnet.access.rights import Role
from savnet.cases.models import Case
from savnet.casework import break_glass
from savnet.casework.recipient_keeping import as_it_is
from savnet.casework.two_persons import propose
from savnet.register.models import Recipient, Resident
from savnet.rules import write_instant
from savnet.rules.words import Recipient as Kind


def furnish(everyone: list[Resident], night: Person, now: datetime) -> None:
    """Proposed by one in each role that proposes, so that whoever confirms has something to answer."""
    case = Case.objects.get(resident=everyone[7])
    said = {"source": "Barnet selv, og kontaktpersonen på mottaket."}
    propose(ProposalKind.CLOSING, said, by=night, now=now - timedelta(hours=6), case_id=case.id)
    new_colleague(_who("leder"), now - timedelta(hours=20))
    new_number(_who("register"), now - timedelta(hours=3))
    new_mandate(_who("drift"), now - timedelta(hours=9))
    broken_glass(everyone[4], now - timedelta(hours=5))


def new_colleague(leader: Person, at: datetime) -> None:
    """Somebody who fills in at the centre."""
    content = {
        "name": "Vilde Vikarås",
        "username": "vikar",
        "title": "Miljøarbeider, vikar",
        "phone": "+47 00 11 00 12",
        "email": "",
        "role": Role.SHIFT_STAFF.value,
        "region": "",
        "office": "",
        "person_id": None,
        "centre_id": str(leader.centre_id),
    }
    propose(ProposalKind.ROLE, content, by=leader, now=at)


def new_number(keeper: Person, at: datetime) -> None:
    """Child welfare in Solvær has another telephone out of hours."""
    office = Recipient.objects.get(kind=Kind.CHILD_WELFARE.value, number="9902", invented=True)
    before = as_it_is(office, now=at)
    after = before | {"out_of_hours_phone": "+47 00 22 00 41"}
    why = "Barnevernsvakta har fått nytt nummer. Bekreftet på telefon."
    content = {"recipient_id": str(office.id), "before": before, "after": after, "why": why}
    propose(ProposalKind.RECIPIENT, content, by=keeper, now=at)


def new_mandate(operator: Person, at: datetime) -> None:
    """The inspector is to look into the other centre too."""
    inspector = _who("tilsyn")
    content = {
        "inspector_id": str(inspector.pk),
        "at_centre_id": str(_who("nattevakt2").centre_id),
        "legal_basis": "tilsynssak 2026/31 (oppdiktet)",
        "about": ["", ""],
        "valid_until": write_instant(at + timedelta(days=90)),
        "why": "Tilsynet skal også se på transittmottaket.",
    }
    propose(ProposalKind.MANDATE, content, by=operator, now=at)


def broken_glass(child: Resident, at: datetime) -> BreakGlass:
    """He turned up at the other centre, and the guard there had to know whom to call."""
    why = "Gutten står her og sier at han bor i Granvik. Jeg får ikke tak i noen hos dere."
    return break_glass.open_in_emergency(
        child.centre_id, child.duf_number, reason=EmergencyReason.CHILD_HERE, why=why, by=_who("nattevakt2"), now=at
    )


def _who(username: str) -> Person:
    return Person.objects.get(username=username)
