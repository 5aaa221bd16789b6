"""Signing in and out: password and a second step, passkey alone, one tap in the demo, and never on to another site."""

import pytest
from django.test import Client

from savnet.access.models import Person
from savnet.access.rights import Role
from savnet.access.sign_in import factors
from savnet.access.sign_in.models import SignIn, Way
from web.signing_in import Passkey, code_of, first_step, secret_shown, with_codes, with_passkey


def signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_a_password_alone_opens_nothing(client: Client, nora: Person) -> None:
    with_codes(nora)
    assert first_step(client).headers["Location"] == "/logg-inn/bekreft/"
    assert not signed_in(client)
    assert client.get("/").headers["Location"].startswith("/logg-inn/")


def test_password_and_code_let_night_staff_in(client: Client, nora: Person) -> None:
    secret = with_codes(nora)
    first_step(client)
    assert client.post("/logg-inn/bekreft/", {"code": code_of(secret)}).headers["Location"] == "/"
    assert signed_in(client)
    assert SignIn.objects.get(person=nora).way == Way.PASSWORD_AND_CODE


def test_a_wrong_code_says_so(client: Client, nora: Person) -> None:
    with_codes(nora)
    first_step(client)
    response = client.post("/logg-inn/bekreft/", {"code": "000000"})
    assert response.status_code == 422
    assert "Koden stemmer ikke" in response.text
    assert not signed_in(client)


def test_a_code_lets_in_once(client: Client, nora: Person) -> None:
    code = code_of(with_codes(nora))
    for browser, let_in in ((client, True), (Client(), False)):
        first_step(browser)
        browser.post("/logg-inn/bekreft/", {"code": code})
        assert signed_in(browser) is let_in


def test_a_reserve_code_lets_in_once(client: Client, nora: Person) -> None:
    with_codes(nora)
    reserve = factors.new_reserve_codes(nora)[3]
    for browser, let_in in ((client, True), (Client(), False)):
        first_step(browser)
        browser.post("/logg-inn/bekreft/", {"code": f"{reserve[:4]} {reserve[4:]}"})
        assert signed_in(browser) is let_in


def test_the_first_time_a_second_step_is_set_up_before_anything_opens(client: Client, nora: Person) -> None:
    first_step(client)
    assert client.get("/logg-inn/bekreft/").headers["Location"] == "/logg-inn/sikre/"
    page = client.get("/logg-inn/sikre/").text
    assert client.get("/logg-inn/sikre/bilde/").headers["Content-Type"] == "image/svg+xml; charset=utf-8"
    assert not signed_in(client)
    response = client.post("/logg-inn/sikre/", {"code": code_of(secret_shown(page))})
    assert "Skriv ned reservekodene" in response.text
    assert signed_in(client)
    assert factors.reserve_codes_left(nora) == 10


def test_an_app_that_shows_another_code_is_not_taken_up(client: Client, nora: Person) -> None:
    first_step(client)
    client.get("/logg-inn/sikre/")
    assert client.post("/logg-inn/sikre/", {"code": "123456"}).status_code == 422
    assert not factors.has_any(nora)
    assert not signed_in(client)


def test_who_has_a_second_step_cannot_set_up_another_with_the_password_alone(client: Client, nora: Person) -> None:
    with_codes(nora)
    first_step(client)
    assert client.get("/logg-inn/sikre/").status_code == 302
    assert client.post("/logg-inn/sikre/nokkel/valg/").status_code == 404


def test_the_first_passkey_can_be_made_instead_of_a_code(client: Client, nora: Person) -> None:
    first_step(client)
    passkey = Passkey()
    asked = client.post("/logg-inn/sikre/nokkel/valg/").json()
    assert asked["publicKey"]["authenticatorSelection"]["userVerification"] == "required"
    response = client.post("/logg-inn/sikre/nokkel/", {"credential": passkey.made(asked)})
    assert "Skriv ned reservekodene" in response.text
    assert signed_in(client)


def test_a_passkey_alone_lets_in(as_nora: Client, nora: Person, client: Client) -> None:
    passkey = with_passkey(as_nora, nora)
    asked = client.post("/logg-inn/nokkel/valg/").json()
    response = client.post("/logg-inn/nokkel/", {"credential": passkey.shown(asked), "next": "/beboere/"})
    assert response.headers["Location"] == "/beboere/"
    assert signed_in(client)
    assert SignIn.objects.filter(person=nora, way=Way.PASSKEY).exists()


def test_a_passkey_of_a_device_that_did_not_check_its_holder_is_refused(
    as_nora: Client, nora: Person, client: Client
) -> None:
    passkey = with_passkey(as_nora, nora)
    passkey.verifies = False
    asked = client.post("/logg-inn/nokkel/valg/").json()
    assert client.post("/logg-inn/nokkel/", {"credential": passkey.shown(asked)}).status_code == 422
    assert not signed_in(client)


def test_an_answer_to_an_earlier_question_is_refused(as_nora: Client, nora: Person, client: Client) -> None:
    passkey = with_passkey(as_nora, nora)
    old = passkey.shown(client.post("/logg-inn/nokkel/valg/").json())
    client.post("/logg-inn/nokkel/valg/")
    assert client.post("/logg-inn/nokkel/", {"credential": old}).status_code == 422
    assert not signed_in(client)


def test_a_passkey_made_for_a_look_alike_site_is_refused(as_nora: Client, nora: Person, client: Client) -> None:
    passkey = with_passkey(as_nora, nora)
    passkey.origin = "https://testserver.elsewhere.example"
    asked = client.post("/logg-inn/nokkel/valg/").json()
    assert client.post("/logg-inn/nokkel/", {"credential": passkey.shown(asked)}).status_code == 422


def test_anothers_passkey_is_no_second_step(as_olav: Client, olav: Person, nora: Person, client: Client) -> None:
    with_codes(nora)
    passkey = with_passkey(as_olav, olav)
    first_step(client)
    asked = client.post("/logg-inn/nokkel/valg/").json()
    assert client.post("/logg-inn/nokkel/", {"credential": passkey.shown(asked)}).status_code == 422
    assert not signed_in(client)


@pytest.mark.parametrize("nonsense", ["", "null", "[]", '{"id": 1}', '{"response": {"userHandle": "AAAA"}}', "\x00"])
def test_nonsense_for_a_passkey_is_refused_and_breaks_nothing(client: Client, db: None, nonsense: str) -> None:
    client.post("/logg-inn/nokkel/valg/")
    assert client.post("/logg-inn/nokkel/", {"credential": nonsense}).status_code == 422


def test_one_whose_access_is_withdrawn_does_not_get_in_by_passkey(
    as_nora: Client, nora: Person, client: Client
) -> None:
    passkey = with_passkey(as_nora, nora)
    Person.objects.filter(pk=nora.pk).update(is_active=False)
    asked = client.post("/logg-inn/nokkel/valg/").json()
    assert client.post("/logg-inn/nokkel/", {"credential": passkey.shown(asked)}).status_code == 422
    assert not signed_in(client)


def test_half_way_in_lasts_ten_minutes_and_ends_when_the_password_is_changed(client: Client, nora: Person) -> None:
    secret = with_codes(nora)
    first_step(client)
    nora.set_password("noe helt annet 1")
    nora.save()
    assert client.post("/logg-inn/bekreft/", {"code": code_of(secret)}).headers["Location"] == "/logg-inn/"
    assert not signed_in(client)


def test_signing_in_changes_the_sessions_key(client: Client, nora: Person) -> None:
    secret = with_codes(nora)
    first_step(client)
    before = client.session.session_key
    client.post("/logg-inn/bekreft/", {"code": code_of(secret)})
    assert client.session.session_key != before


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
    secret = with_codes(nora)
    client.post("/logg-inn/", {"username": "nora", "password": "nattevakt", "next": elsewhere})
    assert client.post("/logg-inn/bekreft/", {"code": code_of(secret)}).headers["Location"] == "/"


def test_signing_in_leads_on_to_where_one_was_going(client: Client, nora: Person) -> None:
    assert client.get("/beboere/").headers["Location"] == "/logg-inn/?next=/beboere/"
    secret = with_codes(nora)
    client.post("/logg-inn/", {"username": "nora", "password": "nattevakt", "next": "/beboere/"})
    assert client.post("/logg-inn/bekreft/", {"code": code_of(secret)}).headers["Location"] == "/beboere/"


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
    assert "Utlendingsdirektoratet (UDI)" in client.get("/logg-inn/").text
    assert client.post("/logg-inn/", {"demo": "rune"}, follow=True).redirect_chain[-1][0] == "/region/"
