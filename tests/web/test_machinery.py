"""Those who keep the registers and the machinery: every change is logged, and neither sees anything of a child."""

from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from pytest_django import Settings

from savnet.access.models import Person
from savnet.access.proposals import Proposal
from savnet.access.rights import Role
from savnet.register.models import Centre, Recipient, RegisterChange, Resident
from savnet.web import operations
from web.telling import missing, send_in


@pytest.fixture(autouse=True)
def the_demos_offices(settings: Settings) -> None:
    """The offices here are invented ones."""
    settings.DEMO = True


def employed(name: str, role: Role, **where: Any) -> Client:
    client = Client()
    client.force_login(Person.objects.create_user(name, name=f"{name.title()} Fiktiv", role=role, **where))
    return client


@pytest.fixture
def keeper(granvik: Centre) -> Client:
    return employed("reidun", Role.REGISTER_KEEPER)


@pytest.fixture
def operator(granvik: Centre) -> Client:
    return employed("dag", Role.SYSTEM_OPERATOR)


def test_a_change_that_two_agreed_on_names_both_and_why(keeper: Client) -> None:
    office = Recipient.objects.get(kind="bfe", invented=True)
    send_in(keeper, f"/mottakere/{office.id}/", phone="+47 00 55 00 77", why="Ringte dem")
    other = employed("rolf", Role.REGISTER_KEEPER)
    proposal = Proposal.objects.get()
    send_in(other, f"/venter/{proposal.id}/", do="confirm")
    change = RegisterChange.objects.filter(kind="register_recipient", before__isnull=False).latest("id")
    assert change.after == {"phone": "+47 00 55 00 77"}
    people = {Person.objects.get(username=name).pk for name in ("rolf", "reidun")}
    assert {change.by_id, change.with_id} == people
    shown = keeper.get("/registerendringer/").text
    for held in ("Rolf Fiktiv", "foreslått av Reidun Fiktiv", "+47 00 55 00 77", "Ringte dem", "Barnefaglig enhet"):
        assert held in shown, held


def test_a_leaders_change_of_the_on_call_number_is_logged_with_her_name(keeper: Client, granvik: Centre) -> None:
    leader = employed("lise", Role.CENTRE_LEADER, centre=granvik)
    before = RegisterChange.objects.count()
    send_in(leader, "/mottaket/", on_call_phone="+47 00 11 00 99")
    change = RegisterChange.objects.latest("id")
    assert RegisterChange.objects.count() == before + 1
    assert change.after == {"on_call_phone": "+47 00 11 00 99"}
    assert change.by_id == Person.objects.get(username="lise").pk
    assert "Lise Fiktiv" in keeper.get("/registerendringer/").text


def test_what_no_person_did_is_logged_as_a_command(keeper: Client) -> None:
    Recipient.objects.filter(kind="bfe").update(phone="+47 00 55 00 78")
    assert RegisterChange.objects.latest("id").by_id is None
    assert "Import eller kommando" in keeper.get("/registerendringer/").text


def test_a_row_written_unchanged_is_no_change(granvik: Centre) -> None:
    before = RegisterChange.objects.count()
    granvik.save()
    assert RegisterChange.objects.count() == before


def test_the_log_is_never_changed(keeper: Client) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        RegisterChange.objects.update(why="x")
    with pytest.raises(DatabaseError), transaction.atomic():
        RegisterChange.objects.all().delete()


def test_the_log_holds_nothing_of_a_child(keeper: Client, guard: Person, luwam: Resident) -> None:
    missing(luwam, guard)
    assert "Luwam" not in "".join(str(one.after) for one in RegisterChange.objects.all())


@pytest.mark.parametrize("asked", ["0", "x", "99", "-1", "²", "9" * 5000], ids=lambda asked: asked[:3])
def test_a_page_that_is_not_there_is_not_there(keeper: Client, asked: str) -> None:
    assert keeper.get(f"/registerendringer/?side={asked}").status_code == 404


def test_the_operators_front_page_is_how_the_house_runs(operator: Client, guard: Person, luwam: Resident) -> None:
    case = missing(luwam, guard)
    shown = operator.get("/", follow=True).text
    for held in ("Helsesjekk", "Sertifikater", "savnet_obligations_open", "database", "ledger"):
        assert held in shown, held
    assert "could not be asked" not in shown
    for secret in ("Luwam", "Granvik", str(case.id), "Gry Vakt"):
        assert secret not in shown, secret


def test_one_question_that_fails_stops_no_other(operator: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(now: object) -> list[Any]:
        Recipient.objects.extra(where=["no_such_column = 1"]).count()
        return []

    monkeypatch.setattr(operations, "QUESTIONS", (("broken", broken), *operations.QUESTIONS))
    shown = operator.get("/drift/").text
    assert "the database failed at: broken" in shown
    assert "savnet_obligations_open" in shown


def test_neither_reaches_a_child(keeper: Client, operator: Client, guard: Person, luwam: Resident) -> None:
    case = missing(luwam, guard)
    for client in (keeper, operator):
        for address in (f"/saker/{case.id}/", f"/beboere/{luwam.id}/", "/landet/", f"/kontor/{case.id}/"):
            assert client.get(address).status_code == 404
