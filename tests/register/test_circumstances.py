"""What the rules are told of the centre and the child."""

from datetime import UTC, date, datetime

import pytest
from tests.register.conftest import TODAY

from savnet.register.circumstances import circumstances
from savnet.register.models import Appointment, Contact, ContactKind, Resident
from savnet.rules.words import AppointmentKind, Operator, Recipient

pytestmark = pytest.mark.django_db


def test_the_centre_is_told_of_with_operator_and_municipality(amina: Resident) -> None:
    centre, _ = circumstances(amina)
    assert (centre.operator, centre.municipality, centre.kind) == (Operator.MUNICIPAL, "3301", "ordinary")


def test_a_child_with_nobody_on_file_has_neither_representative_nor_lawyer(amina: Resident) -> None:
    _, resident = circumstances(amina)
    assert (resident.representative, resident.guardian, resident.lawyer) == (False, False, False)
    assert resident.born == date(2010, 5, 4)
    assert resident.asylum_case_at is Recipient.DECISION_UNIT


def test_contacts_count_on_the_days_they_hold(amina: Resident, representative: Contact) -> None:
    assert circumstances(amina, TODAY)[1].representative
    assert not circumstances(amina, date(2026, 1, 9))[1].representative
    representative.valid_to = TODAY
    representative.save()
    assert not circumstances(amina, TODAY)[1].representative
    assert not circumstances(amina)[1].representative


def test_a_guardian_is_not_a_representative(amina: Resident) -> None:
    Contact.objects.create(resident=amina, kind=ContactKind.GUARDIAN, name="Vera Verge")
    _, resident = circumstances(amina)
    assert (resident.representative, resident.guardian) == (False, True)


def test_only_appointments_that_stand_are_told_of(amina: Resident) -> None:
    at = datetime(2026, 3, 4, 8, 0, tzinfo=UTC)
    Appointment.objects.create(resident=amina, kind="asylum_interview", at=at)
    Appointment.objects.create(resident=amina, kind="age_examination", at=at, cancelled=True)
    (appointment,) = circumstances(amina)[1].appointments
    assert (appointment.kind, appointment.for_) == (AppointmentKind.ASYLUM_INTERVIEW, at)


def test_an_accompanying_person_left_blank_is_nobody(amina: Resident) -> None:
    assert circumstances(amina)[1].accompanied_by is None
    amina.accompanied_by = "Onkel Fiktiv"
    assert circumstances(amina)[1].accompanied_by == "Onkel Fiktiv"
