"""Whoever an account belongs to hears of what may be somebody else's doing."""

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.utils import timezone
from pytest_django import Settings

from savnet.access.models import Person
from savnet.access.sign_in import factors
from savnet.followup.models import StaffNotice
from savnet.followup.texts import Kind
from savnet.web.accounts import device

pytestmark = pytest.mark.django_db


def told(person: Person) -> list[str]:
    return list(StaffNotice.objects.filter(person=person).values_list("kind", flat=True))


def signs_in(person: Person, cookie: str = "") -> str:
    """On the device with this cookie, or a new one; returns its cookie."""
    request, response = RequestFactory().get("/"), HttpResponse()
    if cookie:
        request.COOKIES["savnet-device"] = cookie
    device.remember(request, response, person, timezone.now())
    return response.cookies["savnet-device"].value


@pytest.fixture
def in_earnest(settings: Settings) -> None:
    settings.DEMO, settings.DEVICE_COOKIE_NAME = False, "savnet-device"


def test_a_new_password_is_told_of(as_nora: Client, nora: Person) -> None:
    as_nora.post("/konto/passord/", {"new": "1", "current": "nattevakt", "password": "fire helt tilfeldige ord"})
    assert told(nora) == [Kind.SIGN_IN_CHANGED]


def test_a_wrong_try_to_change_it_is_not(as_nora: Client, nora: Person) -> None:
    as_nora.post("/konto/passord/", {"new": "1", "current": "feil", "password": "fire helt tilfeldige ord"})
    assert told(nora) == []


def test_new_reserve_codes_are_told_of(as_nora: Client, nora: Person) -> None:
    assert as_nora.post("/konto/reservekoder/").status_code == 200
    assert factors.reserve_codes_left(nora) == 10
    assert told(nora) == [Kind.SIGN_IN_CHANGED]


def test_the_first_device_is_no_news_the_second_is_and_then_no_more(nora: Person, in_earnest: None) -> None:
    first = signs_in(nora)
    assert told(nora) == []
    signs_in(nora, first)
    assert told(nora) == []
    second = signs_in(nora)
    assert told(nora) == [Kind.NEW_DEVICE]
    signs_in(nora, second)
    assert told(nora) == [Kind.NEW_DEVICE]


def test_a_device_that_only_a_colleague_used_is_new(nora: Person, olav: Person, in_earnest: None) -> None:
    signs_in(nora)
    shared = signs_in(olav)
    signs_in(nora, shared)
    assert told(nora) == [Kind.NEW_DEVICE]
    assert told(olav) == []
