"""The day before: roll call by tapping, the house's question, agreed leave, and transfers, through the screens."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from savnet.access.models import Person
from savnet.access.rights import Role
from savnet.cases.models import Case
from savnet.casework import asking, leaves, transfers
from savnet.register.models import Centre, Leave, PresenceQuestion, Resident, RollMark, Transfer
from savnet.rules.words import CaseState
from savnet.web.times import OSLO
from web.telling import missing, page, send_in


def tap(client: Client, child: Resident, what: str, **more: Any) -> Any:
    return client.post("/opptelling/", {"child": str(child.id), "tap": what}, **more)


def moment(name: str, at: Any) -> dict[str, str]:
    local = at.astimezone(OSLO)
    return {f"{name}_day": local.date().isoformat(), f"{name}_clock": f"{local:%H:%M}"}


@pytest.fixture
def not_back(luwam: Resident, guard: Person) -> Resident:
    """She should have been back an hour ago, and the house has noticed."""
    now = timezone.now()
    facts = {"kind": "health", "from_at": now - timedelta(hours=4), "return_at": now - timedelta(hours=1)}
    leaves.agree(luwam, facts, by=guard, now=now - timedelta(hours=4))
    asking.ask_about_everyone(now=now)
    return luwam


@pytest.fixture
def solvaer(granvik: Centre) -> Centre:
    return Centre.objects.get(name="Solvær transittmottak")


@pytest.fixture
def as_receiver(solvaer: Centre) -> Client:
    client = Client()
    client.force_login(Person.objects.create_user("siv", name="Siv Sent", role=Role.SHIFT_STAFF, centre=solvaer))
    return client


def test_a_tap_is_saved_and_says_who_tapped(as_guard: Client, guard: Person, luwam: Resident) -> None:
    assert "1 gjenstår." in as_guard.get("/opptelling/").text
    response = tap(as_guard, luwam, "here")
    assert response.headers["Location"] == f"/opptelling/#b-{luwam.id}"
    text = as_guard.get("/opptelling/").text
    assert "Alle er krysset av." in text
    assert guard.name in text
    assert RollMark.objects.get().by == guard


def test_the_script_gets_the_same_as_data(as_guard: Client, luwam: Resident) -> None:
    told = tap(as_guard, luwam, "here", headers={"Accept": "application/json"}).json()
    assert (told["tapped"], told["left"], told["wrong"]) == ("here", "Alle er krysset av.", "")


def test_a_wrong_tap_is_said_in_words_to_both(as_guard: Client, guard: Person, luwam: Resident) -> None:
    missing(luwam, guard)
    refused = tap(as_guard, luwam, "here", headers={"Accept": "application/json"})
    assert refused.status_code == 422
    assert "meldt savnet" in refused.json()["wrong"]
    assert tap(as_guard, luwam, "ferie").status_code == 302


def test_opening_the_roll_call_changes_nothing(as_guard: Client, luwam: Resident) -> None:
    as_guard.get("/opptelling/?child=x&tap=here")
    assert not RollMark.objects.exists()


def test_nobody_counts_the_children_of_another_centre(as_olav: Client, luwam: Resident) -> None:
    assert tap(as_olav, luwam, "not_here").status_code == 404
    assert not Case.objects.exists()


def test_the_front_page_asks_and_one_tap_answers(as_guard: Client, not_back: Resident) -> None:
    question = PresenceQuestion.objects.get()
    front = as_guard.get("/").text
    assert "Er Luwam Oppdiktet her?" in front
    assert "Skulle være tilbake" in front
    answered = as_guard.post(f"/er-her/{question.id}/", {"here": "yes"})
    assert answered.headers["Location"] == "/"
    assert Case.objects.get(resident=not_back).state == CaseState.NONE
    assert "Er Luwam" not in as_guard.get("/").text


def test_no_leads_on_to_the_case(as_guard: Client, not_back: Resident) -> None:
    question = PresenceQuestion.objects.get()
    answered = as_guard.post(f"/er-her/{question.id}/", {"here": "no"})
    assert answered.headers["Location"] == page(Case.objects.get(resident=not_back))
    assert "Ikke til stede" in as_guard.get("/").text


def test_looking_at_the_question_answers_nothing(as_guard: Client, not_back: Resident) -> None:
    question = PresenceQuestion.objects.get()
    assert as_guard.get(f"/er-her/{question.id}/?here=yes").status_code == 200
    assert PresenceQuestion.objects.get().answered_at is None


def test_another_centre_can_not_answer(as_olav: Client, not_back: Resident) -> None:
    question = PresenceQuestion.objects.get()
    assert as_olav.post(f"/er-her/{question.id}/", {"here": "yes"}).status_code == 404


def test_the_reason_for_an_agreed_absence_stands_in_no_list(as_guard: Client, guard: Person, luwam: Resident) -> None:
    now = timezone.now()
    facts = {"kind": "health", "from_at": now, "return_at": now + timedelta(hours=3), "place": "Sykehuset i Fjordby"}
    leaves.agree(luwam, facts, by=guard, now=now)
    for address in ("/", "/beboere/", "/opptelling/"):
        text = as_guard.get(address).text
        assert "Fjordby" not in text
        assert "Helsehjelp" not in text
    assert "Ute etter avtale" in as_guard.get("/opptelling/").text
    assert "Fjordby" in as_guard.get(f"/beboere/{luwam.id}/").text


def test_leave_is_agreed_changed_and_ended_on_the_screens(as_guard: Client, luwam: Resident) -> None:
    now = timezone.now()
    home = f"/beboere/{luwam.id}/avtale/"
    send_in(as_guard, home, kind="agreed", **moment("return_at", now + timedelta(hours=2)), place="Storfjell")
    first = Leave.objects.get()
    send_in(as_guard, f"{home}{first.id}/", **moment("return_at", now + timedelta(hours=5)))
    second = Leave.objects.get(ended_at=None)
    assert second.replaces == first
    send_in(as_guard, f"{home}{second.id}/slutt/")
    assert not Leave.objects.filter(ended_at=None).exists()


def test_leave_that_ends_before_it_begins_is_said_at_the_field(as_guard: Client, luwam: Resident) -> None:
    past = timezone.now() - timedelta(hours=2)
    response = send_in(as_guard, f"/beboere/{luwam.id}/avtale/", kind="agreed", **moment("return_at", past))
    assert response.status_code == 422
    assert 'href="#id_return_at"' in response.text


def test_a_child_is_moved_from_one_centre_to_another_on_the_screens(
    as_guard: Client, as_receiver: Client, luwam: Resident, solvaer: Centre
) -> None:
    now = timezone.now()
    sheet = moment("departs_at", now) | moment("expected_at", now + timedelta(hours=4))
    to = {"to_centre": str(solvaer.id), "how": "Buss", "escort": "Kari Følge"}
    send_in(as_guard, f"/beboere/{luwam.id}/flytt/", **to, **sheet)
    move = Transfer.objects.get()
    send_in(as_guard, f"/flyttinger/{move.id}/reist/")
    assert "Luwam Oppdiktet" in as_receiver.get("/flyttinger/").text
    shown = as_receiver.get(f"/flyttinger/{move.id}/framme/").text
    assert "Kari Følge" in shown
    send_in(as_receiver, f"/flyttinger/{move.id}/framme/")
    assert Resident.objects.get().centre == solvaer
    assert as_receiver.get(f"/beboere/{luwam.id}/").status_code == 200
    assert as_guard.get(f"/beboere/{luwam.id}/").status_code == 404


def test_one_who_was_missing_on_the_bus_is_back_when_the_receiver_says_so(
    as_guard: Client, as_receiver: Client, guard: Person, luwam: Resident, solvaer: Centre
) -> None:
    now = timezone.now()
    course = {"how": "Buss", "departs_at": now - timedelta(hours=5), "expected_at": now - timedelta(hours=1)}
    move = transfers.plan(luwam, solvaer, course, by=guard, now=now - timedelta(hours=6))
    transfers.depart(move, by=guard, now=now - timedelta(hours=5))
    asking.ask_about_everyone(now=now - timedelta(minutes=10))
    assert "Er Luwam Oppdiktet her?" in as_guard.get("/").text
    assert "skulle vært her" in as_receiver.get("/").text
    case = Case.objects.get()
    send_in(as_guard, page(case, "forsvunnet/"))
    send_in(as_receiver, f"/flyttinger/{move.id}/framme/")
    case.refresh_from_db()
    assert (case.state, case.centre_id) == (CaseState.CLOSED, solvaer.id) or case.state == CaseState.FOUND


def test_the_receiver_does_not_cancel_nor_the_sender_confirm(
    as_guard: Client, as_receiver: Client, guard: Person, luwam: Resident, solvaer: Centre
) -> None:
    now = timezone.now()
    course = {"how": "Buss", "departs_at": now, "expected_at": now + timedelta(hours=1)}
    move = transfers.plan(luwam, solvaer, course, by=guard, now=now)
    assert as_receiver.get(f"/flyttinger/{move.id}/avlys/").status_code == 404
    assert as_guard.get(f"/flyttinger/{move.id}/framme/").status_code == 404
