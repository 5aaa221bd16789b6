"""Two colleagues help a third back in; neither can get in themselves, and nothing changes before the code is used."""

import re
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from savnet.access.models import Person
from savnet.access.rights import Role
from savnet.access.sign_in import factors, way_back
from savnet.access.sign_in.models import RecoveryPerson, SignIn, WayBackIn, WhyEnded
from savnet.access.sign_in.way_back import CannotHelp
from savnet.register.models import Centre
from web.signing_in import code_of, first_step, secret_shown, with_codes

NEW = "tre grå gjess ved elva"


@pytest.fixture
def lea(centre: Centre) -> Person:
    """Lea leads Granheim."""
    return Person.objects.create_user("lea", name="Lea Leder", role=Role.CENTRE_LEADER, centre=centre)


@pytest.fixture
def dag(centre: Centre, lea: Person) -> Person:
    """Dag works by day, and Lea has named him."""
    person = Person.objects.create_user("dag", name="Dag Dagvakt", role=Role.SHIFT_STAFF, centre=centre)
    RecoveryPerson.objects.create(person=person, named_by=lea, named_at=timezone.now())
    return person


def browser(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def half_shown(page: str) -> str:
    found = re.search(r'sv-clock sv-secret">([A-Z0-9]{8})<', page)
    assert found, page
    return found[1]


def asked_by(person: Person, about: Person) -> str:
    form = {"colleague": str(about.pk), "reason": "Hun står her", "token": "7b0ea0d6-4d08-4f21-a8f5-3a2ba9a2b1a0"}
    response = browser(person).post("/kolleger/", {**form, "said_again": "1"})
    assert response.status_code == 200, response.text
    return half_shown(response.text)


def approved_by(person: Person) -> str:
    asked = WayBackIn.objects.get()
    return half_shown(browser(person).post(f"/kolleger/{asked.id}/", {"yes": "1", "said_again": "1"}).text)


def test_two_colleagues_help_nora_in_with_half_a_code_each(
    client: Client, nora: Person, lea: Person, dag: Person
) -> None:
    with_codes(nora)
    code = f"{asked_by(lea, nora)} {approved_by(dag)}"
    assert client.post("/logg-inn/kode/", {"username": "nora", "code": code.lower()}).status_code == 302
    secret = secret_shown(client.get("/logg-inn/sikre/").text)
    response = client.post("/logg-inn/sikre/", {"code": code_of(secret), "password": NEW})
    assert "reservekodene" in response.text
    assert "Lea Leder" in client.get("/konto/").text
    nora.refresh_from_db()
    assert nora.check_password(NEW)


def test_nothing_changes_before_the_code_is_used(client: Client, nora: Person, lea: Person, dag: Person) -> None:
    secret = with_codes(nora)
    asked_by(lea, nora)
    approved_by(dag)
    first_step(client)
    assert client.post("/logg-inn/bekreft/", {"code": code_of(secret)}).headers["Location"] == "/"


def test_when_it_is_used_all_from_before_is_gone(
    client: Client, nora: Person, lea: Person, dag: Person, as_nora: Client
) -> None:
    with_codes(nora)
    code = asked_by(lea, nora) + approved_by(dag)
    client.post("/logg-inn/kode/", {"username": "nora", "code": code})
    assert not factors.has_any(nora)
    assert as_nora.get("/beboere/").status_code == 302
    assert SignIn.objects.filter(person=nora, why_ended=WhyEnded.ACCESS_CHANGED).exists()
    assert first_step(Client()).status_code == 422, "the old password is gone"


def test_a_code_is_used_once(client: Client, nora: Person, lea: Person, dag: Person) -> None:
    code = asked_by(lea, nora) + approved_by(dag)
    for expected in (302, 422):
        assert client.post("/logg-inn/kode/", {"username": "nora", "code": code}).status_code == expected


def test_half_a_code_is_none(client: Client, nora: Person, lea: Person, dag: Person) -> None:
    first = asked_by(lea, nora)
    second = approved_by(dag)
    for wrong in (first, second, first + first, second + first):
        assert client.post("/logg-inn/kode/", {"username": "nora", "code": wrong}).status_code == 422


def test_a_code_lasts_an_hour(client: Client, nora: Person, lea: Person, dag: Person) -> None:
    code = asked_by(lea, nora) + approved_by(dag)
    WayBackIn.objects.update(valid_until=timezone.now() - timedelta(seconds=1))
    assert client.post("/logg-inn/kode/", {"username": "nora", "code": code}).status_code == 422


def test_who_asked_cannot_say_yes_as_well(nora: Person, lea: Person, dag: Person) -> None:
    asked_by(lea, nora)
    browser(lea).post(f"/kolleger/{WayBackIn.objects.get().id}/", {"yes": "1", "said_again": "1"})
    assert WayBackIn.objects.get().approved_by is None
    with pytest.raises(IntegrityError), transaction.atomic():
        WayBackIn.objects.update(approved_by=lea)


def test_nobody_asks_or_says_yes_for_themselves(nora: Person, lea: Person, dag: Person) -> None:
    with pytest.raises(CannotHelp):
        way_back.ask(dag, "meg selv", by=dag, now=timezone.now())
    asked, _ = way_back.ask(dag, "Han står her", by=lea, now=timezone.now())
    with pytest.raises(CannotHelp):
        way_back.approve(asked.id, by=dag, now=timezone.now())


def test_who_is_not_named_cannot_help(nora: Person, lea: Person, dag: Person) -> None:
    assert "Lederen bestemmer" in browser(nora).get("/kolleger/").text
    with pytest.raises(CannotHelp):
        way_back.ask(dag, "Jeg vet", by=nora, now=timezone.now())


def test_another_centres_people_cannot_help(nora: Person, lea: Person, olav: Person) -> None:
    asked_by(lea, nora)
    RecoveryPerson.objects.create(person=olav, named_by=lea, named_at=timezone.now())
    assert "Nora" not in browser(olav).get("/kolleger/").text
    browser(olav).post(f"/kolleger/{WayBackIn.objects.get().id}/", {"yes": "1", "said_again": "1"})
    assert WayBackIn.objects.get().approved_by is None


def test_the_one_it_is_about_can_stop_it(nora: Person, lea: Person, dag: Person) -> None:
    asked, _ = way_back.ask(nora, "Hun står her", by=lea, now=timezone.now())
    way_back.decline(asked.id, by=nora, now=timezone.now())
    with pytest.raises(CannotHelp):
        way_back.approve(asked.id, by=dag, now=timezone.now())


def test_a_centre_with_one_helper_is_told_so(nora: Person, lea: Person) -> None:
    page = browser(lea).get("/kolleger/").text
    assert "for få" in page
    assert "/kolleger/hjelpere/" in page


def test_the_leader_names_who_may_help(nora: Person, lea: Person, olav: Person) -> None:
    browser(lea).post("/kolleger/hjelpere/", {"helper": [str(nora.pk), str(olav.pk)]})
    assert list(RecoveryPerson.objects.values_list("person__username", flat=True)) == ["nora"]
    browser(lea).post("/kolleger/hjelpere/", {})
    assert not RecoveryPerson.objects.exists()


def test_only_leaders_name_them(nora: Person, dag: Person) -> None:
    assert browser(dag).post("/kolleger/hjelpere/", {"helper": [str(nora.pk)]}).status_code == 404


def test_somebody_new_gets_in_with_a_code_from_the_operator(client: Client, nora: Person) -> None:
    out = StringIO()
    call_command("let_in", "nora", stdout=out, stderr=StringIO())
    assert client.post("/logg-inn/kode/", {"username": "nora", "code": out.getvalue().strip()}).status_code == 302
    assert "Passnøkkel" in client.get("/logg-inn/sikre/").text
    with pytest.raises(CommandError):
        call_command("let_in", "nemo", stderr=StringIO())


@pytest.mark.parametrize("weak", ["kort", "passord1234567", "Savnet mottak1", "nora natt natt", "123456789012"])
def test_a_weak_password_is_not_taken(client: Client, nora: Person, weak: str) -> None:
    code = way_back.first_way_in(nora, timezone.now())
    client.post("/logg-inn/kode/", {"username": "nora", "code": code})
    secret = secret_shown(client.get("/logg-inn/sikre/").text)
    assert client.post("/logg-inn/sikre/", {"code": code_of(secret), "password": weak}).status_code == 422
    assert not factors.has_any(nora)
