"""What a fresh installation knows, and what it does not pretend to know."""

from datetime import date

import pytest

from savnet.register.models import (
    County,
    Municipality,
    MunicipalityPoliceDistrict,
    PoliceDistrict,
    Recipient,
    RecipientChannel,
)
from savnet.register.seeds import rows

pytestmark = pytest.mark.django_db


def test_all_municipalities_counties_and_police_districts_are_there() -> None:
    assert Municipality.objects.filter(valid_to__isnull=True).count() == 357
    assert County.objects.count() == 15
    assert PoliceDistrict.objects.count() == 12


def test_every_number_that_has_ceased_leads_to_a_municipality_in_force() -> None:
    ceased = Municipality.objects.filter(valid_to__isnull=False).prefetch_related("successors")
    assert ceased.count() == len(list(rows("ceased_municipalities")))
    for municipality in ceased:
        after = municipality.successors.all()
        assert after, municipality
        assert all(each.valid_to is None for each in after), municipality


def test_the_new_counties_numbers_hold_from_2024() -> None:
    assert Municipality.objects.get(number="3301").valid_from == date(2024, 1, 1)
    assert Municipality.objects.get(number="0301").valid_from is None


def test_no_route_to_a_police_district_is_passed_off_as_confirmed() -> None:
    routes = MunicipalityPoliceDistrict.objects.all()
    assert routes
    assert all(not route.confirmed and route.source for route in routes)


def test_the_two_districts_nobody_could_verify_are_marked() -> None:
    assert set(PoliceDistrict.objects.filter(confirmed=False).values_list("key", flat=True)) == {"vest", "troms"}


def test_the_circulars_addresses_have_source_and_dates_and_are_not_the_demos() -> None:
    for office in Recipient.objects.all():
        assert office.source.startswith("RS 2015-009")
        assert office.valid_from is not None
        assert not office.invented
        assert not office.confirmed


def test_no_seeded_channel_sends_by_itself() -> None:
    """Plain e-mail is never sent with a case in it; without a certificate nothing leaves for these addresses."""
    assert set(RecipientChannel.objects.values_list("channel", flat=True)) == {"email"}
