"""The personal file: the form that was sent and the talk, and never health data."""

import pytest
from django.test import Client
from pytest_django import Settings

from casework.paper import says
from savnet.access.models import Person
from savnet.access.rights import Role
from savnet.cases.models import Case
from savnet.casework.personal_file import LEFT_OUT
from savnet.delivery.models import Message
from savnet.register.models import Centre, Resident
from savnet.web.shown import slug
from web.telling import ALL_UNKNOWN, at_duty, duty, missing, page, send_in

HEALTH = "Går til samtaler på BUP hver uke"


@pytest.fixture(autouse=True)
def the_demos_offices(settings: Settings) -> None:
    """The offices here are invented ones."""
    settings.DEMO = True


@pytest.fixture
def as_leader(granvik: Centre) -> Client:
    leader = Person.objects.create_user("leif", name="Leif Leder", role=Role.CENTRE_LEADER, centre=granvik)
    client = Client()
    client.force_login(leader)
    return client


@pytest.fixture
def case(as_guard: Client, guard: Person, luwam: Resident) -> Case:
    """Reported, with a word about BUP among the answers; and then back, and talked with."""
    case = missing(luwam, guard)
    send_in(as_guard, page(case, "meld/"), **{**ALL_UNKNOWN, "a-11_answer": "yes", "a-11_text": HEALTH})
    for id_, channel in (("a-1", "in_person"), ("b-4", "post")):
        send_in(as_guard, page(case, f"brev/{Message.objects.get(obligation=id_).id}/levert/"), channel=channel)
    send_in(as_guard, page(case, "tilbake/"))
    talk = {"why_left": "Var redd", "where_stayed": "Hos en venn", "what_done": "Var inne", "feels_safe": "yes"}
    send_in(as_guard, page(case, "samtale/"), **talk)
    return case


def file_of(child: Resident, rest: str = "") -> str:
    return f"/beboere/{child.id}/personmappe/{rest}"


def test_it_holds_the_form_that_was_sent_and_the_four_answers(as_leader: Client, case: Case, luwam: Resident) -> None:
    shown = as_leader.get(file_of(luwam)).text
    for wanted in ("Savnetmelding til politiet", "Bekymringsmelding", "Var redd", "Hos en venn", "Var inne"):
        assert wanted in shown
    assert "Ikke ført inn i personmappen" in shown


def test_that_it_is_entered_in_the_file_shows(as_leader: Client, as_guard: Client, case: Case, luwam: Resident) -> None:
    send_in(as_guard, at_duty(case, "registrer", "4-17"))
    assert "Ikke ført inn i personmappen" not in as_leader.get(file_of(luwam)).text


@pytest.mark.parametrize("id_", ["a-1", "b-4"])
def test_health_data_never_stand_in_it(as_leader: Client, case: Case, luwam: Resident, id_: str) -> None:
    sent = as_leader.get(page(case, f"brev/{Message.objects.get(obligation=id_).id}/"))
    assert says(sent.content, HEALTH), "the receiver had it: else this test could not fail"
    filed = as_leader.get(file_of(luwam, f"{slug(duty(case, id_))}/")).content
    assert not says(filed, HEALTH)
    assert says(filed, LEFT_OUT)
    assert says(filed, "Luwam")
    assert "BUP" not in as_leader.get(file_of(luwam)).text


def test_that_there_was_nothing_to_leave_out_does_not_show_either(
    as_leader: Client, as_guard: Client, guard: Person, luwam: Resident
) -> None:
    case = missing(luwam, guard)
    send_in(as_guard, page(case, "meld/"), **{**ALL_UNKNOWN, "a-11_answer": "no"})
    letter = Message.objects.get(obligation="a-1")
    send_in(as_guard, page(case, f"brev/{letter.id}/levert/"), channel="in_person")
    assert says(as_leader.get(file_of(luwam, f"{slug(duty(case, 'a-1'))}/")).content, LEFT_OUT)


def test_those_on_shift_see_that_the_reports_went_and_do_not_read_them_again(
    as_guard: Client, case: Case, luwam: Resident
) -> None:
    shown = as_guard.get(file_of(luwam)).text
    assert "Savnetmelding til politiet" in shown
    assert "Skjult" in shown
    assert as_guard.get(file_of(luwam, f"{slug(duty(case, 'a-1'))}/")).status_code == 404


def test_another_centre_finds_no_file(as_olav: Client, case: Case, luwam: Resident) -> None:
    assert as_olav.get(file_of(luwam)).status_code == 404


def test_a_child_who_was_never_away_has_an_empty_file(as_guard: Client, luwam: Resident) -> None:
    assert "Ingen meldinger er sendt." in as_guard.get(file_of(luwam)).text
