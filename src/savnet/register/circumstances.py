"""The register's facts in the form that the rules ask for."""

from datetime import date

from savnet.register.models import Contact, ContactKind
from savnet.register.models import Resident as RegisteredResident
from savnet.rules.facts import Appointment, Centre, Resident
from savnet.rules.words import AppointmentKind, Operator, Recipient


def circumstances(resident: RegisteredResident, on: date | None = None) -> tuple[Centre, Resident]:
    """What `derive` needs to know of the centre and the child, as registered now.

    `on` is the day for which contacts are counted; without it those count whose time has not been ended.
    """
    return _centre(resident), _resident(resident, on)


def current_contact(resident: RegisteredResident, kind: ContactKind, on: date | None = None) -> Contact | None:
    """The one who acts for the child in that capacity on that day; the one appointed last where there are several."""
    for contact in resident.contacts.all():
        holds = contact.valid_to is None if on is None else contact.holds(on)
        if contact.kind == kind and holds:
            return contact
    return None


def _centre(resident: RegisteredResident) -> Centre:
    centre = resident.centre
    return Centre(
        operator=Operator(centre.operator), municipality=centre.municipality_id, kind=centre.kind, name=centre.name
    )


def _resident(resident: RegisteredResident, on: date | None) -> Resident:
    return Resident(
        born=resident.born,
        unaccompanied=resident.unaccompanied,
        registered_in_duf=resident.registered_in_duf,
        permit=resident.permit,
        accompanied_by=resident.accompanied_by or None,
        representative=current_contact(resident, ContactKind.REPRESENTATIVE, on) is not None,
        guardian=current_contact(resident, ContactKind.GUARDIAN, on) is not None,
        lawyer=current_contact(resident, ContactKind.LAWYER, on) is not None,
        paragraph_8_8a=resident.paragraph_8_8a,
        asylum_case_at=Recipient(resident.asylum_case_at),
        appointments=_appointments(resident),
    )


def _appointments(resident: RegisteredResident) -> tuple[Appointment, ...]:
    """The summonses still standing. A past one stays: whether it lay ahead is asked of the day of disappearance."""
    standing = resident.appointments.filter(cancelled=False)
    return tuple(Appointment(kind=AppointmentKind(each.kind), for_=each.at) for each in standing)
