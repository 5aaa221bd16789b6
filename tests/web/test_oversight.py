"""Those who oversee: the country in numbers, and an inspector within her mandate, each look logged with its basis."""

import csv
import io
import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import Settings

from savnet.access.models import Look, Mandate, Person
from savnet.access.proposals import Proposal
from savnet.access.rights import Role
from savnet.cases.models import Case
from savnet.casework import absence, returning, transfers
from savnet.followup.models import Alarm
from savnet.policy.waiting import Waiting
from savnet.register.models import Centre, Resident
from savnet.rules.words import Actor, ReturnedHow
from web.offices import furnish_units, reported_and_copied
from web.telling import missing, send_in

BASIS = "tilsynssak 2026/12"


@pytest.fixture(autouse=True)
def the_demos_offices(settings: Settings) -> None:
    """The offices here are invented ones."""
    settings.DEMO = True


def employed(name: str, role: Role, **where: Any) -> tuple[Person, Client]:
    person = Person.objects.create_user(name, name=f"{name.title()} Fiktiv", title="Rådgiver", role=role, **where)
    client = Client()
    client.force_login(person)
    return person, client


@pytest.fixture
def overseer(granvik: Centre) -> Client:
    return employed("nina", Role.NATIONAL_OVERSEER)[1]


@pytest.fixture
def inspector(granvik: Centre) -> tuple[Person, Client]:
    return employed("trygve", Role.INSPECTOR)


def mandate(person: Person, centre: Centre | None, **other: Any) -> Mandate:
    now = timezone.now()
    held = {"valid_from": now - timedelta(days=1), "valid_until": now + timedelta(days=1), "legal_basis": BASIS}
    return Mandate.objects.create(person=person, centre=centre, **(held | other))


def at_centre(one: Mandate, centre: Centre, rest: str = "") -> str:
    return f"/tilsyn/{one.id}/{centre.id}/{rest}"


def overseen(case: Case) -> str:
    return f"/landet/{case.id}/"


# The country


def test_the_overseer_begins_at_the_country(overseer: Client) -> None:
    assert overseer.get("/").headers["Location"] == "/landet/"


def test_every_centre_stands_there_with_its_zeros_and_no_name(overseer: Client, guard: Person, luwam: Resident) -> None:
    case = missing(luwam, guard, since=timedelta(days=3))
    shown = overseer.get("/landet/").text
    assert "Solvær transittmottak" in shown
    assert "Meld savnet til politiet" in shown, "what is late, by its kind"
    assert f"Sak {case.id.hex[:8].upper()}" in shown
    assert "Luwam" not in shown
    assert "Ingen har ansvaret" in shown


def test_the_country_is_counted_by_how_long(overseer: Client, guard: Person, luwam: Resident) -> None:
    missing(luwam, guard, since=timedelta(days=3))
    context = overseer.get("/landet/").context
    assert context["lasting"] == (0, 1, 0, 0, 0)
    assert sum(one.missing for one in context["regions"]) == 1


def test_the_country_takes_as_many_questions_however_many_centres(overseer: Client) -> None:
    overseer.get("/landet/")
    with CaptureQueriesContext(connection) as few:
        overseer.get("/landet/")
    for number in range(8):
        Centre.objects.create(name=f"Mottak {number}", operator="municipal", municipality_id="9901", region="fjord")
    with CaptureQueriesContext(connection) as many:
        assert "Mottak 7" in overseer.get("/landet/").text
    assert len(many) == len(few)


def test_without_a_mandate_the_overseer_learns_no_name(overseer: Client, guard: Person, luwam: Resident) -> None:
    case = missing(luwam, guard)
    assert "Navnet vises bare for den som har et mandat" in overseer.get(overseen(case)).text
    assert "Luwam" not in overseer.post(overseen(case), {"why": "nysgjerrig"}).text


def test_with_a_mandate_a_name_is_shown_once_the_reason_is_in_the_log(
    overseer: Client, guard: Person, luwam: Resident, granvik: Centre
) -> None:
    case = missing(luwam, guard)
    mandate(Person.objects.get(username="nina"), granvik)
    assert "Luwam" not in overseer.get(overseen(case)).text
    refused = send_in(overseer, overseen(case), why="")
    assert refused.status_code == 422
    assert "Luwam" not in refused.text
    shown = send_in(overseer, overseen(case), why="Statsråden spør")
    assert "Luwam Oppdiktet" in shown.text
    look = Look.objects.filter(screen="overseen-child", subject__gt="").latest("number")
    assert look.why.startswith("mandate | ")
    assert BASIS in look.why
    assert "Statsråden spør" in look.why
    assert set(look.classes.split()) == {"routing", "identity"}


# Inspection


def test_an_inspector_sees_what_was_due_and_done_when_and_how(
    as_guard: Client, guard: Person, luwam: Resident, granvik: Centre, inspector: tuple[Person, Client]
) -> None:
    furnish_units()
    reported_and_copied(as_guard, luwam, guard)
    person, client = inspector
    shown = client.get(at_centre(mandate(person, granvik), granvik)).text
    for held in ("Luwam Oppdiktet", "Meld savnet til politiet", "1 forsvinning i tidsrommet", "Ikke bekreftet", BASIS):
        assert held in shown, held


def test_nothing_outside_the_mandate_is_there(
    guard: Person, luwam: Resident, granvik: Centre, inspector: tuple[Person, Client]
) -> None:
    case = missing(luwam, guard)
    person, client = inspector
    other = Centre.objects.get(name="Solvær transittmottak")
    there = mandate(person, other)
    for address in (
        at_centre(there, granvik),
        at_centre(there, granvik, "fil/"),
        at_centre(there, granvik, f"{case.id}/"),
        at_centre(there, other, f"{case.id}/"),
        f"/tilsyn/{uuid4()}/{granvik.id}/",
    ):
        found = client.get(address)
        assert found.status_code == 404, address
        assert found.content == client.get(f"/tilsyn/{uuid4()}/{uuid4()}/").content


@pytest.mark.parametrize("held", [{"valid_until": timedelta(hours=-1)}, {"valid_from": timedelta(hours=1)}])
def test_a_mandate_that_does_not_hold_now_opens_nothing(
    granvik: Centre, inspector: tuple[Person, Client], held: dict[str, timedelta]
) -> None:
    person, client = inspector
    times = {name: timezone.now() + shift for name, shift in held.items()}
    assert client.get(at_centre(mandate(person, granvik, **times), granvik)).status_code == 404


def test_days_that_the_mandate_is_not_about_stay_closed(
    guard: Person, luwam: Resident, granvik: Centre, inspector: tuple[Person, Client]
) -> None:
    case = missing(luwam, guard)
    person, client = inspector
    long_ago = timezone.now().date() - timedelta(days=400)
    one = mandate(person, granvik, about_from=long_ago, about_until=long_ago + timedelta(days=30))
    assert "Luwam" not in client.get(at_centre(one, granvik) + "?fra=2020-01-01").text
    assert client.get(at_centre(one, granvik, f"{case.id}/")).status_code == 404


def test_a_mandate_for_the_country_reaches_every_centre(
    guard: Person, luwam: Resident, granvik: Centre, inspector: tuple[Person, Client]
) -> None:
    missing(luwam, guard)
    person, client = inspector
    one = mandate(person, None)
    assert granvik.name in client.get("/tilsyn/").text
    assert "Luwam" in client.get(at_centre(one, granvik)).text


def test_the_file_names_no_child_and_holds_no_formula(
    as_guard: Client, guard: Person, luwam: Resident, granvik: Centre, inspector: tuple[Person, Client]
) -> None:
    furnish_units()
    case = reported_and_copied(as_guard, luwam, guard)
    person, client = inspector
    sent = client.get(at_centre(mandate(person, granvik), granvik, "fil/"))
    assert sent.headers["Content-Type"] == "text/csv; charset=utf-8"
    text = sent.content.decode("utf-8-sig")
    assert "Luwam" not in text
    rows = list(csv.reader(io.StringIO(text), delimiter=";"))
    assert {row[0] for row in rows[1:]} == {case.id.hex[:8].upper()}
    assert any(row[3] == "a-1" for row in rows)


def test_every_look_and_file_is_logged_with_the_legal_basis(
    guard: Person, luwam: Resident, granvik: Centre, inspector: tuple[Person, Client]
) -> None:
    case = missing(luwam, guard)
    person, client = inspector
    one = mandate(person, granvik)
    for rest in ("", "fil/", f"{case.id}/"):
        assert client.get(at_centre(one, granvik, rest)).status_code == 200
    logged = Look.objects.filter(person_id=person.pk, why=f"mandate | {BASIS}", subject_centre=granvik.id)
    assert [look.screen for look in logged.order_by("number")] == ["inspection", "inspection-file", "inspection-case"]
    assert logged.get(screen="inspection-case").subject


def test_one_case_is_shown_with_all_that_was_recorded_of_it(
    guard: Person, luwam: Resident, granvik: Centre, inspector: tuple[Person, Client]
) -> None:
    case = missing(luwam, guard)
    person, client = inspector
    shown = client.get(at_centre(mandate(person, granvik), granvik, f"{case.id}/")).text
    assert "Gry Vakt" in shown
    assert "Ikke til stede" in shown


def moved_on(child: Resident, to: Centre, guard: Person, receiver: Person) -> None:
    """The child is back, and moves to another centre, which confirms that she has come."""
    now = timezone.now()
    returning.note_return(child.case.id, how=ReturnedHow.TO_CENTRE, by=guard, now=now, at=now, note="")
    child.refresh_from_db()
    facts = {"how": "Buss", "departs_at": now, "expected_at": now + timedelta(hours=3)}
    transfer = transfers.plan(child, to, facts, by=guard, now=now)
    transfers.depart(transfer, by=guard, now=now)
    transfers.arrive(transfer, by=receiver, now=timezone.now())


def test_a_child_who_has_moved_on_is_looked_into_where_she_was_missed(
    guard: Person, luwam: Resident, granvik: Centre, inspector: tuple[Person, Client]
) -> None:
    case = missing(luwam, guard)
    other = Centre.objects.get(name="Solvær transittmottak")
    receiver, _ = employed("siv", Role.SHIFT_STAFF, centre=other)
    moved_on(luwam, other, guard, receiver)
    later = absence.notice(Resident.objects.get(id=luwam.id), by=receiver, now=timezone.now())
    absence.believe(later.id, by=receiver, now=timezone.now())
    person, client = inspector
    there, here = mandate(person, other), mandate(person, granvik)
    for one, centre in ((here, granvik), (there, other)):
        shown = client.get(at_centre(one, centre))
        assert "1 forsvinning i tidsrommet" in shown.text
        assert "Luwam" in shown.text
    (was,) = [found for found, _ in client.get(at_centre(here, granvik)).context["found"]]
    (is_,) = [found for found, _ in client.get(at_centre(there, other)).context["found"]]
    assert was.ended_at is not None
    assert is_.ended_at is None
    shown = client.get(at_centre(here, granvik, f"{case.id}/")).text
    assert "Gry Vakt" in shown
    assert "Siv Fiktiv" not in shown, "what the next centre recorded is none of this mandate's"


def test_who_never_was_at_the_centre_is_not_found_there(
    guard: Person, luwam: Resident, granvik: Centre, inspector: tuple[Person, Client]
) -> None:
    case = missing(luwam, guard)
    other = Centre.objects.get(name="Solvær transittmottak")
    moved_on(luwam, other, guard, employed("siv", Role.SHIFT_STAFF, centre=other)[0])
    person, client = inspector
    there = mandate(person, other)
    assert "Luwam" not in client.get(at_centre(there, other)).text, "she was missed before she came"
    assert client.get(at_centre(there, other, f"{case.id}/")).status_code == 404


def test_the_days_of_a_mandate_hold_for_who_has_moved_on_too(
    guard: Person, luwam: Resident, granvik: Centre, inspector: tuple[Person, Client]
) -> None:
    case = missing(luwam, guard)
    other = Centre.objects.get(name="Solvær transittmottak")
    moved_on(luwam, other, guard, employed("siv", Role.SHIFT_STAFF, centre=other)[0])
    person, client = inspector
    long_ago = timezone.now().date() - timedelta(days=400)
    one = mandate(person, granvik, about_from=long_ago, about_until=long_ago + timedelta(days=30))
    assert client.get(at_centre(one, granvik, f"{case.id}/")).status_code == 404


# Who gives mandates


def proposes(client: Client, who: Person, centre: Centre, **other: Any) -> Any:
    until = timezone.now() + timedelta(days=30)
    given = {
        "inspector": str(who.pk),
        "at_centre": str(centre.pk),
        "legal_basis": BASIS,
        "valid_until_day": f"{until:%Y-%m-%d}",
        "valid_until_clock": "12:00",
        "why": "Årlig tilsyn",
    }
    return send_in(client, "/mandater/nytt/", **(given | other))


def test_two_give_a_mandate(overseer: Client, granvik: Centre, inspector: tuple[Person, Client]) -> None:
    person, client = inspector
    _, operator = employed("dag", Role.SYSTEM_OPERATOR)
    assert proposes(operator, person, granvik).status_code == 302
    assert not Mandate.objects.exists()
    assert client.get("/tilsyn/").text.count(granvik.name) == 0
    waiting = Proposal.objects.get()
    assert BASIS in overseer.get(f"/venter/{waiting.id}/").text
    send_in(overseer, f"/venter/{waiting.id}/", do="confirm")
    assert Mandate.objects.get().person == person
    assert granvik.name in client.get("/tilsyn/").text


def test_nobody_confirms_what_they_proposed_or_their_own(
    overseer: Client, granvik: Centre, inspector: tuple[Person, Client]
) -> None:
    nina = Person.objects.get(username="nina")
    assert proposes(overseer, inspector[0], granvik).status_code == 302
    own = Proposal.objects.get()
    overseer.post(f"/venter/{own.id}/", {"do": "confirm", "note": "", "token": str(uuid4())})
    _, operator = employed("dag", Role.SYSTEM_OPERATOR)
    assert proposes(operator, nina, granvik).status_code == 302
    hers = Proposal.objects.latest("proposed_at")
    answered = send_in(overseer, f"/venter/{hers.id}/", do="confirm")
    assert "Du kan ikke bekrefte ditt eget mandat" in answered.text
    assert not Mandate.objects.exists()


def test_a_mandate_without_a_legal_basis_or_for_others_is_refused(
    overseer: Client, granvik: Centre, guard: Person, inspector: tuple[Person, Client]
) -> None:
    assert proposes(overseer, inspector[0], granvik, legal_basis="").status_code == 422
    assert proposes(overseer, guard, granvik).status_code == 422


def test_one_ends_a_mandate_at_once(overseer: Client, granvik: Centre, inspector: tuple[Person, Client]) -> None:
    person, client = inspector
    one = mandate(person, granvik)
    assert client.get(at_centre(one, granvik)).status_code == 200
    assert send_in(overseer, f"/mandater/{one.id}/avslutt/").status_code == 302
    assert client.get(at_centre(one, granvik)).status_code == 404


def test_an_inspector_gives_herself_nothing(inspector: tuple[Person, Client]) -> None:
    assert inspector[1].get("/mandater/nytt/").status_code == 404


def test_an_alarm_leads_the_overseer_to_a_page_that_is_hers(granvik: Centre, luwam: Resident, guard: Person) -> None:
    nina, overseer = employed("nina", Role.NATIONAL_OVERSEER)
    case, now = absence.notice(luwam, by=guard, now=timezone.now()), timezone.now()
    told = {"kind": Waiting.DUTY.value, "subject": "a-1|police_district||4|1", "actor": Actor.CENTRE.value, "rung": 1}
    Alarm.objects.create(case_id=case.id, centre=granvik, person=nina, late=True, due_at=now, fired_at=now, **told)
    (address,) = re.findall(rf'href="(/[^"]*{case.id}[^"]*)"', overseer.get("/varsler/").text)
    assert overseer.get(address).status_code == 200
