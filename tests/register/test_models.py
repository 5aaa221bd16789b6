"""What the register refuses to hold."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from savnet.register.models import (
    Centre,
    Contact,
    ContactKind,
    MunicipalityPoliceDistrict,
    Recipient,
    Resident,
    Telephone,
)

pytestmark = pytest.mark.django_db


def test_a_resident_must_have_some_name(centre: Centre) -> None:
    with pytest.raises(ValidationError, match="minst ett navn"):
        Resident(centre=centre).full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        Resident.objects.create(centre=centre)


def test_a_name_in_its_own_script_is_enough(centre: Centre) -> None:
    resident = Resident(centre=centre, original_name="أمينة")
    resident.full_clean()
    assert str(resident) == "أمينة"


def test_one_duf_number_belongs_to_one_resident_at_a_centre(centre: Centre, amina: Resident) -> None:
    with pytest.raises(ValidationError, match="DUF-nummeret"):
        Resident(centre=centre, given_name="Bilal", duf_number=amina.duf_number).full_clean()


def test_another_centre_learns_nothing_by_trying_a_duf_number(amina: Resident) -> None:
    other = Centre.objects.create(name="Solvik mottak", operator="private", municipality_id="5501")
    Resident.objects.create(centre=other, given_name="Amina", duf_number=amina.duf_number)


def test_many_residents_may_lack_a_duf_number(centre: Centre) -> None:
    Resident.objects.create(centre=centre, given_name="Amina")
    Resident.objects.create(centre=centre, given_name="Bilal")


@pytest.mark.parametrize("duf", ["20261723820", "2026172382011", "2026 7238201"])
def test_a_duf_number_is_twelve_digits_in_the_database_too(centre: Centre, duf: str) -> None:
    with pytest.raises(DatabaseError, match=r"duf_number|too long"), transaction.atomic():
        Resident.objects.create(centre=centre, given_name="Amina", duf_number=duf)


def test_a_telephone_needs_a_number_or_an_imei(amina: Resident) -> None:
    Telephone.objects.create(resident=amina, imei="000000000000000")
    with pytest.raises(ValidationError, match="IMEI"):
        Telephone(resident=amina).full_clean()


def test_an_office_has_one_row_in_force_at_a_time() -> None:
    Recipient.objects.create(kind="child_welfare", number="3301", name="Barnevernstjenesten i Drammen")
    again = Recipient(kind="child_welfare", number="3301", name="Barnevernet i Drammen")
    with pytest.raises(ValidationError, match="finnes allerede"):
        again.full_clean()


def test_the_demos_office_stands_beside_the_real_one() -> None:
    Recipient.objects.create(kind="child_welfare", number="3301", name="Barnevernstjenesten i Drammen")
    Recipient.objects.create(kind="child_welfare", number="3301", name="Øvingsbarnevernet", invented=True)


def test_a_municipality_has_one_police_district_at_a_time() -> None:
    with pytest.raises(ValidationError, match="allerede et politidistrikt"):
        MunicipalityPoliceDistrict(municipality_id="0301", district_id="ost", source="prøve").full_clean()


def test_nothing_ends_before_it_begins(amina: Resident) -> None:
    ada = Contact(resident=amina, kind=ContactKind.LAWYER, name="Ada Vokat", valid_from=date(2026, 2, 2))
    ada.valid_to = date(2026, 2, 1)
    with pytest.raises(ValidationError, match="før startdatoen"):
        ada.full_clean()


def test_a_contact_that_ended_on_its_first_day_is_kept_and_never_held(amina: Resident) -> None:
    day = date(2026, 2, 2)
    ada = Contact(resident=amina, kind=ContactKind.LAWYER, name="Ada Vokat", valid_from=day, valid_to=day)
    ada.full_clean()
    assert not ada.holds(day)


@given(
    st.dates(date(2020, 1, 1), date(2021, 1, 1)) | st.none(),
    st.dates(date(2020, 1, 1), date(2021, 1, 1)) | st.none(),
    st.dates(date(2020, 1, 1), date(2021, 1, 1)),
)
def test_the_first_day_counts_and_the_day_of_ending_does_not(begins: date | None, ends: date | None, on: date) -> None:
    holds = Contact(valid_from=begins, valid_to=ends).holds(on)
    assert holds is ((begins is None or on >= begins) and (ends is None or on < ends))


def test_public_ids_are_random_and_say_nothing(centre: Centre) -> None:
    ids = [Resident.objects.create(centre=centre, given_name=name).id for name in ("Amina", "Bilal")]
    assert {each.version for each in ids} == {4}
