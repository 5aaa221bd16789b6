"""What can reach nobody, and what might."""

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from savnet.register.addresses import RealAddressInDemo, is_reserved, refuse_real_address, usable
from savnet.register.models import Recipient, RecipientChannel


@pytest.mark.parametrize(
    "address",
    [
        "",
        "vakt@granheim.example",
        "VAKT@GRANHEIM.EXAMPLE",
        "a@b.test",
        "a@b.invalid",
        "a@example.org",
        "a@localhost",
        "https://mottak.example:8443/inn",
        "+47 00 00 12 34",
        "0047 00 00 12 34",
        "00 00 12 34",
    ],
)
def test_what_cannot_exist_can_reach_nobody(address: str) -> None:
    assert is_reserved(address)


@pytest.mark.parametrize(
    "address",
    [
        "bfe@udi.no",
        "emaprio@udi.no",
        "405 55 288",
        "+47 934 94 265",
        "0047 934 94 265",
        "00 46 70 123 45 67",
        "(+47) 405-55-288",
        "0192:910077473",
        "bfe@udi.no, a@b.example",
        "a@b.example, bfe@udi.no",
        "bfe@udi.no?cc=a@b.example",
        "bfe@udi.no/.example",
        "a.example@udi.no",
        "a@notexample.org",
        "a@b.example.no",
        "Savnet <bfe@udi.no>",
        "https://udi.no/?x=.example",
        "https://udi.no#@b.example",
    ],
)
def test_what_might_exist_is_never_taken_for_impossible(address: str) -> None:
    assert not is_reserved(address)


@given(st.emails())
def test_an_ordinary_mail_address_is_never_taken_for_impossible(address: str) -> None:
    domain = address.rpartition("@")[2].lower()
    ends = ("example", "invalid", "test", "localhost", "example.com", "example.net", "example.org")
    assert is_reserved(address) <= any(domain == end or domain.endswith(f".{end}") for end in ends)


def test_a_real_address_stops_the_demo(settings: Settings) -> None:
    settings.DEMO = True
    assert not usable("bfe@udi.no")
    with pytest.raises(RealAddressInDemo) as error:
        refuse_real_address("bfe@udi.no")
    assert "bfe@udi.no" not in str(error.value)  # it may end in a log
    refuse_real_address("bfe@savnet.example")


def test_outside_the_demo_every_address_may_be_used() -> None:
    refuse_real_address("bfe@udi.no")


@pytest.mark.django_db
def test_an_invented_office_cannot_be_given_a_real_address() -> None:
    office = Recipient.objects.create(kind="bfe", name="Øvings-BFE", invented=True)
    with pytest.raises(ValidationError, match="oppdiktet"):
        RecipientChannel(recipient=office, channel="encrypted_email", address="bfe@udi.no").full_clean()
    RecipientChannel(recipient=office, channel="encrypted_email", address="bfe@savnet.example").full_clean()
