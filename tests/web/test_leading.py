"""The leader's page: what is late and why, and what waits; the reason for a late concern report is asked for."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from savnet.access.models import Person
from savnet.access.rights import Role
from savnet.delivery.models import Message
from savnet.register.models import Centre, Resident
from savnet.web.shown import slug
from savnet.web.times import OSLO
from web.telling import ALL_UNKNOWN, duty, missing, now_of, page, send_in


@pytest.fixture
def as_leader(granvik: Centre) -> Client:
    leader = Person.objects.create_user("leif", name="Leif Leder", role=Role.CENTRE_LEADER, centre=granvik)
    client = Client()
    client.force_login(leader)
    return client


def test_a_limit_that_passed_stands_with_what_was_tried(
    as_leader: Client, as_guard: Client, guard: Person, luwam: Resident
) -> None:
    case = missing(luwam, guard, since=timedelta(hours=26))
    shown = as_leader.get("/ledelse/").text
    assert "Meld savnet til politiet" in shown
    assert "Ikke gjort ennå." in shown
    address = page(case, f"hvorfor-sent/{slug(duty(case, 'a-1'))}/")
    assert send_in(as_leader, address, why=" ").status_code == 422
    send_in(as_leader, address, why="Vikaren kjente ikke rutinen.")
    assert "Vikaren kjente ikke rutinen." in as_leader.get("/ledelse/").text
    assert "Vikaren kjente ikke rutinen." in as_guard.get(page(case)).text
    assert duty(case, "a-1").overdue, "a reason makes nothing less late"


def test_a_concern_report_that_goes_well_after_the_police_report_is_asked_for_its_reason(
    as_leader: Client, as_guard: Client, guard: Person, luwam: Resident
) -> None:
    case = missing(luwam, guard, since=timedelta(hours=5))
    send_in(as_guard, page(case, "meld/"), **ALL_UNKNOWN)
    report = Message.objects.get(obligation="a-1")
    four_hours_ago = now_of(case).now - timedelta(hours=4)
    send_in(as_guard, page(case, f"brev/{report.id}/levert/"), channel="in_person", **at(four_hours_ago))
    shown = as_leader.get("/ledelse/").text
    assert "Politiet fikk savnetmeldingen" in shown
    assert "Send bekymringsmelding til barnevernstjenesten" in shown
    assert "ber vi om en grunn" in shown
    letter = Message.objects.get(obligation="b-4")
    send_in(as_guard, page(case, f"brev/{letter.id}/levert/"), channel="post")
    assert "Den gikk en god stund etter savnetmeldingen" in as_guard.get(page(case)).text
    send_in(as_guard, page(case, f"hvorfor-sent/{slug(duty(case, 'b-4'))}/"), why="Vi manglet adressen.")
    assert "Den gikk en god stund" not in as_guard.get(page(case)).text


def test_a_concern_report_that_goes_with_the_police_report_is_not_late(
    as_leader: Client, as_guard: Client, guard: Person, luwam: Resident
) -> None:
    case = missing(luwam, guard)
    send_in(as_guard, page(case, "meld/"), **ALL_UNKNOWN)
    for id_, channel in (("a-1", "in_person"), ("b-4", "post")):
        send_in(as_guard, page(case, f"brev/{Message.objects.get(obligation=id_).id}/levert/"), channel=channel)
    assert "Ingenting er sent uten at grunnen er notert." in as_leader.get("/ledelse/").text
    assert as_leader.get(page(case, f"hvorfor-sent/{slug(duty(case, 'b-4'))}/")).status_code == 404


def test_those_on_shift_have_no_leaders_page(as_guard: Client) -> None:
    assert as_guard.get("/ledelse/").status_code == 404


def test_a_leader_sees_nothing_of_another_centre(guard: Person, luwam: Resident) -> None:
    missing(luwam, guard, since=timedelta(hours=26))
    elsewhere = Person.objects.create_user(
        "sol", name="Sol Leder", role=Role.CENTRE_LEADER, centre=Centre.objects.get(name="Solvær transittmottak")
    )
    client = Client()
    client.force_login(elsewhere)
    shown = client.get("/ledelse/").text
    assert "Luwam" not in shown
    assert "Ingen saker er åpne." in shown


def at(moment: object) -> dict[str, str]:
    local = moment.astimezone(OSLO)  # type: ignore[attr-defined]
    return {"at_day": local.date().isoformat(), "at_clock": f"{local:%H:%M}"}


def test_the_page_takes_as_many_questions_however_many_children_and_names_what_is_late_once(
    as_leader: Client, guard: Person, luwam: Resident, granvik: Centre
) -> None:
    missing(luwam, guard, since=timedelta(hours=26))
    as_leader.get("/ledelse/")
    with CaptureQueriesContext(connection) as few:
        before = as_leader.get("/ledelse/").context["unexplained"]
    assert len({(one.case.id, one.delay.obligation.key) for one in before}) == len(before)
    for name in ("Abel", "Bana", "Dawit"):
        child = Resident.objects.create(centre=granvik, given_name=name, family_name="Invented", unaccompanied=True)
        missing(child, guard, since=timedelta(hours=26))
    with CaptureQueriesContext(connection) as many:
        assert len(as_leader.get("/ledelse/").context["unexplained"]) == 4 * len(before)
    assert len(many) == len(few)
