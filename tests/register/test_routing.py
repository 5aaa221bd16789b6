"""Who gets a notice: by rule and number, with the reason, and never silently nobody."""

from datetime import date, timedelta

import pytest
from pytest_django import Settings
from tests.register.conftest import TODAY

from savnet.register.models import (
    Centre,
    Contact,
    ContactKind,
    Municipality,
    MunicipalityPoliceDistrict,
    PoliceDistrict,
    Recipient,
    RecipientChannel,
    Resident,
)
from savnet.register.resolution import NO_ADDRESS, NoRecipient
from savnet.register.routing import resolve
from savnet.rules.words import Channel
from savnet.rules.words import Recipient as Kind

pytestmark = pytest.mark.django_db


def welfare(number: str, **fields: object) -> Recipient:
    values = {"name": f"Barnevernstjenesten {number}", "confirmed": True, **fields}
    return Recipient.objects.create(kind=Kind.CHILD_WELFARE.value, number=number, **values)


def test_the_local_child_welfare_service_is_that_of_the_centres_municipality(amina: Resident) -> None:
    welfare("3301", phone="+47 00 00 00 01")
    found = resolve(Kind.CHILD_WELFARE, resident=amina, on=TODAY)
    assert (found.number, found.phone, found.confirmed) == ("3301", "+47 00 00 00 01", True)
    assert found.reason == "Mottaket ligger i Drammen kommune (3301)."


def test_a_known_address_elsewhere_gives_the_service_of_that_municipality(amina: Resident) -> None:
    welfare("3301")
    welfare("4601")
    found = resolve(Kind.CHILD_WELFARE, resident=amina, municipality="4601", on=TODAY)
    assert found.number == "4601"
    assert "Bergen" in found.reason


def test_a_service_nobody_has_registered_is_still_named(amina: Resident) -> None:
    found = resolve(Kind.CHILD_WELFARE, resident=amina, on=TODAY)
    assert found.name == "Barnevernstjenesten i Drammen kommune"
    assert found.channels == ()
    assert not found.confirmed
    assert NO_ADDRESS in found.missing


@pytest.mark.parametrize(
    ("number", "says"),
    [
        ("0101", "Bruk 3101"),
        ("3001", "opphørte 1.1.2024"),
        ("1507", "Ålesund (1508) eller Haram (1580)"),
        ("9998", "opphørt eller ukjent"),
    ],
)
def test_a_number_that_is_not_in_use_names_what_came_after(amina: Resident, number: str, says: str) -> None:
    with pytest.raises(NoRecipient) as error:
        resolve(Kind.CHILD_WELFARE, resident=amina, municipality=number, on=TODAY)
    assert says in str(error.value)
    assert error.value.what_to_do


def test_a_number_is_in_use_until_the_day_it_ceases(amina: Resident) -> None:
    last = date(2023, 12, 31)
    assert resolve(Kind.CHILD_WELFARE, resident=amina, municipality="3001", on=last).number == "3001"
    with pytest.raises(NoRecipient):
        resolve(Kind.CHILD_WELFARE, resident=amina, municipality="3001", on=last + timedelta(days=1))


def test_a_number_not_yet_in_use_is_refused(amina: Resident) -> None:
    with pytest.raises(NoRecipient, match="ikke i bruk"):
        resolve(Kind.CHILD_WELFARE, resident=amina, municipality="3301", on=date(2023, 12, 31))


def test_an_unconfirmed_police_route_is_said_to_be_so(amina: Resident, centre: Centre) -> None:
    centre.municipality = Municipality.objects.get(number="0301")
    found = resolve(Kind.POLICE_DISTRICT, resident=amina, on=TODAY)
    assert found.name == "Oslo politidistrikt"
    assert not found.confirmed
    assert "ikke bekreftet" in found.reason


def test_without_a_route_the_person_is_told_what_to_do(amina: Resident) -> None:
    with pytest.raises(NoRecipient) as error:
        resolve(Kind.POLICE_DISTRICT, resident=amina, on=TODAY)
    assert "Drammen" in error.value.reason
    assert "Ring politiet" in error.value.what_to_do


def test_the_agreed_district_goes_before_the_municipalitys(amina: Resident, centre: Centre) -> None:
    centre.agreed_police_district = PoliceDistrict.objects.get(key="sor-ost")
    found = resolve(Kind.POLICE_DISTRICT, resident=amina, on=TODAY)
    assert found.number == "sor-ost"
    assert "avtalt" in found.reason


def test_the_agreement_does_not_hold_where_the_child_is_found_elsewhere(amina: Resident, centre: Centre) -> None:
    centre.agreed_police_district = PoliceDistrict.objects.get(key="sor-ost")
    found = resolve(Kind.POLICE_DISTRICT, resident=amina, municipality="0301", on=TODAY)
    assert found.number == "oslo"


def test_a_route_that_has_ended_is_not_used(amina: Resident) -> None:
    MunicipalityPoliceDistrict.objects.create(
        municipality_id="3301", district_id="sor-ost", source="prøve", valid_to=TODAY
    )
    MunicipalityPoliceDistrict.objects.create(
        municipality_id="3301", district_id="ost", source="prøve", valid_from=TODAY, confirmed=True
    )
    assert resolve(Kind.POLICE_DISTRICT, resident=amina, on=TODAY).number == "ost"
    assert resolve(Kind.POLICE_DISTRICT, resident=amina, on=TODAY - timedelta(days=1)).number == "sor-ost"


def test_the_region_is_the_centres_own(amina: Resident) -> None:
    Recipient.objects.create(kind=Kind.REGION.value, number="ost", name="Regionkontor Øst", confirmed=True)
    Recipient.objects.create(kind=Kind.REGION.value, number="vest", name="Regionkontor Vest", confirmed=True)
    assert resolve(Kind.REGION, resident=amina, on=TODAY).name == "Regionkontor Øst"


def test_a_centre_without_a_region_says_so(amina: Resident, centre: Centre) -> None:
    centre.region = ""
    with pytest.raises(NoRecipient, match="regionkontor"):
        resolve(Kind.REGION, resident=amina, on=TODAY)


def test_the_arrival_unit_of_old_is_the_coordination_unit_now(amina: Resident) -> None:
    now = resolve(Kind.ANK, resident=amina, on=TODAY)
    assert now.name == "Koordineringsenheten (KOR)"
    assert "18.1.2018" in now.reason
    assert resolve(Kind.ANK, resident=amina, on=date(2018, 1, 17)).name == "Ankomstenheten (ANK)"


def test_the_child_expertise_unit_has_the_circulars_telephone_but_nobody_has_confirmed_it(amina: Resident) -> None:
    found = resolve(Kind.BFE, resident=amina, on=TODAY)
    assert found.phone == "405 55 288"
    assert not found.confirmed


def test_the_internal_mailbox_of_the_coordination_unit_is_never_an_address(amina: Resident) -> None:
    found = resolve(Kind.KOR, resident=amina, on=TODAY)
    assert all("_ASYL_KOR" not in way.address for way in found.channels)
    assert "_ASYL_KOR" in found.note


@pytest.mark.parametrize("kind", [Kind.DECISION_UNIT, Kind.UNE, Kind.PU, Kind.ASA])
def test_every_office_of_the_asylum_case_can_be_named(amina: Resident, kind: Kind) -> None:
    assert resolve(kind, resident=amina, on=TODAY).name


@pytest.mark.parametrize("kind", [Kind.SESAM, Kind.DUF, Kind.PERSONAL_FILE])
def test_a_register_is_filled_in_by_the_system_channel(amina: Resident, kind: Kind) -> None:
    assert resolve(kind, resident=amina, on=TODAY).way(Channel.SYSTEM)


def test_channels_come_in_the_offices_order_and_only_while_they_hold(amina: Resident) -> None:
    office = welfare("3301")
    for channel, order, ended in (("post", 2, None), ("encrypted_email", 1, None), ("fiks", 0, TODAY)):
        RecipientChannel.objects.create(
            recipient=office, channel=channel, address="mottak@bv.example", order=order, valid_to=ended
        )
    found = resolve(Kind.CHILD_WELFARE, resident=amina, on=TODAY)
    assert [way.channel for way in found.channels] == [Channel.ENCRYPTED_EMAIL, Channel.POST]


def test_the_letter_language_is_the_receivers(amina: Resident) -> None:
    welfare("3301", language="nn")
    assert resolve(Kind.CHILD_WELFARE, resident=amina, on=TODAY).language == "nn"


def test_the_representative_is_called_on_the_registered_number(amina: Resident, representative: Contact) -> None:
    found = resolve(Kind.REPRESENTATIVE, resident=amina, on=TODAY)
    assert (found.name, found.phone) == ("Rita Fiktiv", "+47 00 00 12 34")
    assert found.reason == "Registrert som representant for beboeren fra 10.1.2026."


def test_a_former_representative_is_not_called(amina: Resident, representative: Contact) -> None:
    representative.valid_to = TODAY
    representative.save()
    with pytest.raises(NoRecipient, match="representant"):
        resolve(Kind.REPRESENTATIVE, resident=amina, on=TODAY)


def test_of_two_lawyers_the_last_appointed_is_called(amina: Resident) -> None:
    for name, day in (("Advokat Gammel", date(2026, 1, 1)), ("Advokat Ny", date(2026, 2, 1))):
        Contact.objects.create(resident=amina, kind=ContactKind.LAWYER, name=name, valid_from=day)
    assert resolve(Kind.LAWYER, resident=amina, on=TODAY).name == "Advokat Ny"


def test_a_lawyer_without_a_telephone_is_shown_as_lacking_one(amina: Resident) -> None:
    Contact.objects.create(resident=amina, kind=ContactKind.LAWYER, name="Advokat Ny")
    assert "Telefonnummeret er ikke registrert." in resolve(Kind.LAWYER, resident=amina, on=TODAY).missing


@pytest.mark.parametrize("kind", list(Kind))
def test_every_kind_of_receiver_is_named_once_its_centre_and_child_are_fully_registered(
    kind: Kind, amina: Resident, centre: Centre
) -> None:
    centre.agreed_police_district = PoliceDistrict.objects.get(key="sor-ost")
    Recipient.objects.create(kind=Kind.REGION.value, number="ost", name="Regionkontor Øst")
    for capacity in ContactKind:
        Contact.objects.create(resident=amina, kind=capacity, name="Rita Fiktiv")
    assert resolve(kind, resident=amina, on=TODAY).reason


class TestInTheDemo:
    """No real mailbox or telephone may be reached about a child who does not exist."""

    @pytest.fixture(autouse=True)
    def demo(self, settings: Settings) -> None:
        settings.DEMO = True

    def test_the_circulars_real_numbers_are_never_given_out(self, amina: Resident) -> None:
        for kind in (Kind.BFE, Kind.ASA, Kind.KOR):
            found = resolve(kind, resident=amina, on=TODAY)
            assert (found.phone, found.channels, found.recipient_id) == ("", (), None)

    def test_the_invented_office_is_used(self, amina: Resident) -> None:
        Recipient.objects.create(kind=Kind.BFE.value, name="Øvings-BFE", phone="+47 00 00 00 05", invented=True)
        assert resolve(Kind.BFE, resident=amina, on=TODAY).name == "Øvings-BFE"

    def test_a_real_address_on_an_invented_office_is_left_out(self, amina: Resident) -> None:
        office = welfare("3301", invented=True, phone="405 55 288")
        RecipientChannel.objects.create(recipient=office, channel="encrypted_email", address="post@drammen.kommune.no")
        found = resolve(Kind.CHILD_WELFARE, resident=amina, on=TODAY)
        assert found.channels == ()
        assert found.phone == ""

    def test_a_street_address_on_an_invented_office_is_kept(self, amina: Resident) -> None:
        office = welfare("3301", invented=True)
        way = RecipientChannel(recipient=office, channel="post", address="Postboks 1, 0000 Granvik")
        way.full_clean()
        way.save()
        found = resolve(Kind.CHILD_WELFARE, resident=amina, on=TODAY)
        assert [each.channel for each in found.channels] == [Channel.POST]

    def test_a_real_lawyers_number_is_left_out(self, amina: Resident) -> None:
        Contact.objects.create(resident=amina, kind=ContactKind.LAWYER, name="Advokat", phone="22 33 44 55")
        assert resolve(Kind.LAWYER, resident=amina, on=TODAY).phone == ""


def test_outside_the_demo_an_invented_office_is_never_found(amina: Resident) -> None:
    welfare("3301", invented=True, phone="+47 00 00 00 01")
    assert resolve(Kind.CHILD_WELFARE, resident=amina, on=TODAY).recipient_id is None
