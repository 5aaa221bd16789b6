"""Signing in and out: with a password, with one tap in the demo, and never on to another site."""

import pytest
from django.test import Client

from savnet.access.models import Person
from savnet.access.rights import Role


def signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_night_staff_sign_in_with_name_and_password(client: Client, nora: Person) -> None:
    response = client.post("/logg-inn/", {"username": "nora", "password": "nattevakt"})
    assert response.headers["Location"] == "/"
    assert signed_in(client)


def test_a_wrong_password_says_so_and_keeps_the_name(client: Client, nora: Person) -> None:
    response = client.post("/logg-inn/", {"username": "nora", "password": "dagvakt"})
    assert response.status_code == 422
    assert "Brukernavn og passord stemmer ikke" in response.text
    assert 'value="nora"' in response.text
    assert not signed_in(client)


def test_an_unknown_name_is_answered_like_a_wrong_password(client: Client, nora: Person) -> None:
    response = client.post("/logg-inn/", {"username": "nemo", "password": "nattevakt"})
    assert "Brukernavn og passord stemmer ikke" in response.text


def test_empty_fields_are_named_and_linked(client: Client, db: None) -> None:
    response = client.post("/logg-inn/", {"username": "", "password": ""})
    assert 'href="#id_username"' in response.text
    assert "Skriv passordet ditt." in response.text


def test_the_demo_lets_its_invented_people_in_with_one_tap(client: Client, nora: Person, settings: object) -> None:
    settings.DEMO = True  # type: ignore[attr-defined]
    assert "Nora Natt" in client.get("/logg-inn/").text
    client.post("/logg-inn/", {"demo": "nora"})
    assert signed_in(client)


def test_outside_the_demo_nobody_gets_in_without_a_password(client: Client, nora: Person, settings: object) -> None:
    settings.DEMO = False  # type: ignore[attr-defined]
    assert "Nora Natt" not in client.get("/logg-inn/").text
    client.post("/logg-inn/", {"demo": "nora"})
    assert not signed_in(client)


def test_one_whose_access_is_withdrawn_does_not_get_in(client: Client, nora: Person, settings: object) -> None:
    settings.DEMO = True  # type: ignore[attr-defined]
    Person.objects.filter(pk=nora.pk).update(is_active=False)
    client.post("/logg-inn/", {"demo": "nora"})
    client.post("/logg-inn/", {"username": "nora", "password": "nattevakt"})
    assert not signed_in(client)


@pytest.mark.parametrize("elsewhere", ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)"])
def test_signing_in_never_leads_to_another_site(client: Client, nora: Person, elsewhere: str) -> None:
    response = client.post("/logg-inn/", {"username": "nora", "password": "nattevakt", "next": elsewhere})
    assert response.headers["Location"] == "/"


def test_signing_in_leads_on_to_where_one_was_going(client: Client, nora: Person) -> None:
    assert client.get("/beboere/").headers["Location"] == "/logg-inn/?next=/beboere/"
    response = client.post("/logg-inn/", {"username": "nora", "password": "nattevakt", "next": "/beboere/"})
    assert response.headers["Location"] == "/beboere/"


def test_following_a_link_never_signs_anyone_out(as_nora: Client) -> None:
    as_nora.get("/logg-ut/")
    assert signed_in(as_nora)
    as_nora.post("/logg-ut/")
    assert not signed_in(as_nora)


def test_in_the_demo_one_who_works_at_no_centre_is_led_to_her_own_workplace(
    client: Client, db: None, settings: object
) -> None:
    settings.DEMO = True  # type: ignore[attr-defined]
    Person.objects.create_user("rune", name="Rune Region", role=Role.REGIONAL_OFFICER, region="fjord")
    assert client.post("/logg-inn/", {"demo": "rune"}).headers["Location"] == "/postrom/"
