"""A new password takes the one from before, and a page left open gives nobody a new one."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from savnet.access.models import Person
from savnet.web import fresh

pytestmark = pytest.mark.django_db
NEW = "fire helt tilfeldige ord"


def change(client: Client, **typed: str) -> int:
    return client.post("/konto/passord/", {"new": "1", **typed}).status_code


def has(person: Person, password: str) -> bool:
    person.refresh_from_db()
    return person.check_password(password)


def test_with_the_one_from_before_it_is_changed(as_nora: Client, nora: Person) -> None:
    assert change(as_nora, current="nattevakt", password=NEW) == 302
    assert has(nora, NEW)
    assert as_nora.get("/konto/").status_code == 200


@pytest.mark.parametrize("current", ["", "feil", NEW, "Nattevakt", " nattevakt"])
def test_without_it_nothing_is_changed(as_nora: Client, nora: Person, current: str) -> None:
    assert change(as_nora, current=current, password=NEW) == 422
    assert has(nora, "nattevakt")


def test_guessing_it_is_slowed_and_then_the_right_one_waits_too(as_nora: Client, nora: Person) -> None:
    for _ in range(12):
        change(as_nora, current="feil", password=NEW)
    assert (
        "For mange forsøk"
        in as_nora.post("/konto/passord/", {"new": "1", "current": "nattevakt", "password": NEW}).text
    )
    assert has(nora, "nattevakt")


def test_who_has_only_a_passkey_is_asked_for_the_new_one_alone(as_nora: Client, nora: Person) -> None:
    Person.objects.filter(pk=nora.pk).update(password="!")
    as_nora.force_login(Person.objects.get(pk=nora.pk))
    assert 'name="current"' not in as_nora.get("/konto/passord/").text
    assert change(as_nora, password=NEW) == 302
    assert has(nora, NEW)


def test_a_page_left_open_asks_first_and_carries_no_password(as_nora: Client, nora: Person, settings: Settings) -> None:
    settings.DEMO = False
    session = as_nora.session
    session[fresh.IN_SESSION] = (timezone.now() - timedelta(minutes=4)).isoformat()
    session.save()
    response = as_nora.post("/konto/passord/", {"new": "1", "current": "nattevakt", "password": NEW}, follow=True)
    assert has(nora, "nattevakt")
    assert NEW not in response.text
    assert 'name="said_again"' in response.text
