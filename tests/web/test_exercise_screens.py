"""An exercise through the screens: whoever is in it sees the invented children and no others, on every page."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from savnet.access.models import Person
from savnet.access.rights import Role
from savnet.cases.models import Case
from savnet.casework import asking, leaves
from savnet.register.models import Centre, Exercise, PresenceQuestion, Resident
from savnet.web.exercise_mode import LentForAnExercise
from web.telling import page, send_in


@pytest.fixture
def leader(granvik: Centre) -> Person:
    return Person.objects.create_user("leif", name="Leif Leder", role=Role.CENTRE_LEADER, centre=granvik)


@pytest.fixture
def as_leader(leader: Person) -> Client:
    client = Client()
    client.force_login(leader)
    return client


@pytest.fixture
def going_on(as_leader: Client) -> Exercise:
    send_in(as_leader, "/ovelse/ny/")
    return Exercise.objects.get()


def test_the_leader_begins_and_is_in_it(as_leader: Client, luwam: Resident, going_on: Exercise) -> None:
    front = as_leader.get("/")
    text = front.text if front.status_code == 200 else as_leader.get(front.headers["Location"]).text
    assert "ØVELSE" in text
    assert "Aster" in text
    assert "Luwam" not in text


def test_every_page_says_that_it_is_an_exercise(as_leader: Client, going_on: Exercise) -> None:
    child = f"/beboere/{going_on.child_id}/"
    for address in ("/beboere/", "/opptelling/", "/beredskap/", child, page(Case.objects.get())):
        assert "ingenting sendes ut av huset" in as_leader.get(address).text


def test_in_an_exercise_the_real_children_are_out_of_reach(
    as_leader: Client, luwam: Resident, going_on: Exercise
) -> None:
    assert as_leader.get(f"/beboere/{luwam.id}/").status_code == 404
    assert as_leader.post("/opptelling/", {"child": str(luwam.id), "tap": "not_here"}).status_code == 404


def test_outside_it_the_invented_children_are(as_guard: Client, going_on: Exercise) -> None:
    assert as_guard.get(f"/beboere/{going_on.child_id}/").status_code == 404
    assert "Aster" not in as_guard.get("/beboere/").text


def test_a_colleague_joins_and_leaves(as_guard: Client, luwam: Resident, going_on: Exercise) -> None:
    as_guard.post(f"/ovelse/{going_on.id}/inn/")
    assert "Aster" in as_guard.get("/beboere/").text
    as_guard.post("/ovelse/ut/")
    text = as_guard.get("/beboere/").text
    assert "Luwam" in text
    assert "ØVELSE" not in text


def test_opening_the_page_neither_joins_nor_leaves(as_guard: Client, luwam: Resident, going_on: Exercise) -> None:
    as_guard.get(f"/ovelse/{going_on.id}/inn/")
    assert "Luwam" in as_guard.get("/beboere/").text


def test_nobody_from_another_centre_joins(going_on: Exercise, granvik: Centre) -> None:
    elsewhere = Centre.objects.get(name="Solvær transittmottak")
    client = Client()
    client.force_login(Person.objects.create_user("siv", name="Siv", role=Role.SHIFT_STAFF, centre=elsewhere))
    assert client.post(f"/ovelse/{going_on.id}/inn/").status_code == 404
    assert client.get(f"/ovelse/{going_on.id}/").status_code == 404


def test_when_it_ends_everyone_is_out_and_it_is_summed_up(
    as_leader: Client, as_guard: Client, luwam: Resident, going_on: Exercise
) -> None:
    as_guard.post(f"/ovelse/{going_on.id}/inn/")
    question = PresenceQuestion.objects.get()
    as_guard.post(f"/er-her/{question.id}/", {"here": "no"})
    send_in(as_guard, page(Case.objects.get(), "forsvunnet/"))
    response = send_in(as_leader, f"/ovelse/{going_on.id}/slutt/")
    assert "Luwam" in as_guard.get("/beboere/").text
    text = as_leader.get(response.headers["Location"]).text
    assert "Glemt" in text
    assert "Meld" in text


def test_the_guard_neither_begins_nor_ends_one(as_guard: Client, going_on: Exercise) -> None:
    assert as_guard.get("/ovelse/ny/").status_code == 404
    assert as_guard.post(f"/ovelse/{going_on.id}/slutt/").status_code == 404


def test_a_real_child_who_is_missed_is_told_of_inside_the_exercise(
    as_leader: Client, guard: Person, luwam: Resident, going_on: Exercise
) -> None:
    now = timezone.now()
    facts = {"kind": "agreed", "from_at": now - timedelta(hours=3), "return_at": now - timedelta(hours=1)}
    leaves.agree(luwam, facts, by=guard, now=now - timedelta(hours=3))
    asking.ask_about_everyone(now=now)
    text = as_leader.get("/beboere/").text
    assert "Gå ut av øvelsen." in text
    assert "Luwam" not in text


def test_nobody_is_moved_to_the_invented_centre_by_being_saved(leader: Person, going_on: Exercise) -> None:
    leader.centre = going_on.place
    with pytest.raises(LentForAnExercise):
        leader.save()
    leader.save(update_fields=["language"])
    leader.refresh_from_db()
    assert leader.centre == going_on.centre
