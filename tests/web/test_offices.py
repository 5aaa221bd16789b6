"""KOR, BFE, ASA, UNE and PU: each sees what was sent to it, does what is its own, and sees no more."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from casework.paper import says
from savnet.access.models import Person
from savnet.access.rights import Role
from savnet.cases.models import Case, ObligationRow
from savnet.delivery.models import Message
from savnet.register.models import Appointment, Centre, Resident
from savnet.web.office_duties import FIRST
from savnet.web.shown import slug
from savnet.web.times import OSLO
from web.offices import (
    at,
    at_owed,
    confirm,
    furnish_units,
    owed_by,
    post_letters,
    reported_and_copied,
    second_says_yes,
    told,
)
from web.telling import at_duty, duty, missing, now_of, page, send_in


@pytest.fixture(autouse=True)
def the_demos_offices(settings: Settings, granvik: Centre) -> None:
    """The offices here are invented ones."""
    settings.DEMO = True
    furnish_units()


@pytest.fixture
def case(as_guard: Client, guard: Person, luwam: Resident) -> Case:
    return reported_and_copied(as_guard, luwam, guard)


def cancelled(client: Client, by: Person, child: Resident, kind: str, id_: str, *, days: int = 20) -> Case:
    """Missing with a summons ahead, and the unit told so by post."""
    Appointment.objects.create(resident=child, kind=kind, at=timezone.now() + timedelta(days=days))
    case = missing(child, by)
    send_in(client, page(case, "send/"))
    letter = Message.objects.get(case_id=case.id, obligation=id_)
    send_in(client, page(case, f"brev/{letter.id}/levert/"), channel="post")
    return case


@pytest.mark.parametrize(
    ("name", "kind", "id_", "word"),
    [
        ("kari", "arrival_interview", "d-1", "Ankomstsamtale"),
        ("berit", "age_examination", "d-2", "Aldersundersøkelse"),
        ("berit", "asylum_interview", "d-2", "Asylintervju"),
    ],
)
def test_a_unit_sees_which_appointment_is_called_off_and_confirms_it_in_its_own_name(
    as_guard: Client, guard: Person, luwam: Resident, name: str, kind: str, id_: str, word: str
) -> None:
    case = cancelled(as_guard, guard, luwam, kind, id_)
    unit = at(name)
    assert unit.get("/").headers["Location"] == "/kontor/"
    assert "Luwam" in unit.get("/kontor/").text
    assert word in unit.get(told(case)).text
    assert word in unit.get(told(case, f"mottatt/{slug(duty(case, id_))}/")).text
    confirm(unit, case, duty(case, id_), "K-7")
    assert (duty(case, id_).received_by, duty(case, id_).reference) == (f"{name.title()} Kontor", "K-7")
    assert "K-7" in as_guard.get(page(case)).text


def test_one_who_confirms_without_calling_off_leaves_the_appointment(
    as_guard: Client, guard: Person, luwam: Resident
) -> None:
    case = cancelled(as_guard, guard, luwam, "arrival_interview", "d-1")
    address = told(case, f"mottatt/{slug(duty(case, 'd-1'))}/")
    send_in(at("kari"), address, cancelled="")
    assert not Appointment.objects.get(resident=luwam).cancelled


def test_a_summons_that_is_near_is_urgent_in_the_inbox(as_guard: Client, guard: Person, luwam: Resident) -> None:
    cancelled(as_guard, guard, luwam, "asylum_interview", "d-2", days=1)
    assert ">Haster<" in at("berit").get("/kontor/").text


def test_the_child_is_summoned_anew_only_when_the_unit_has_been_told_of_the_return(
    as_guard: Client, guard: Person, luwam: Resident
) -> None:
    case = cancelled(as_guard, guard, luwam, "arrival_interview", "d-1")
    kor = at("kari")
    confirm(kor, case, duty(case, "d-1"))
    assert Appointment.objects.get(resident=luwam).cancelled
    send_in(as_guard, page(case, "tilbake/"))
    assert "Ny innkalling" not in kor.get(told(case)).text, "nobody has told KOR yet"
    send_in(as_guard, at_duty(case, "send", "2.2-7", "kor"))
    back = Message.objects.get(case_id=case.id, obligation="2.2-7", recipient="kor")
    send_in(as_guard, page(case, f"brev/{back.id}/levert/"), channel="post")
    assert "Ny innkalling" in kor.get(told(case)).text
    ahead = (timezone.now() + timedelta(days=9)).astimezone(OSLO)
    when = {"at_day": ahead.date().isoformat(), "at_clock": "09:30"}
    send_in(kor, told(case, "innkalling/"), kind="arrival_interview", **when)
    assert luwam.appointments.filter(cancelled=False, kind="arrival_interview").count() == 1
    assert "Ankomstsamtale" in as_guard.get(f"/beboere/{luwam.id}/").text


def test_a_unit_summons_to_its_own_appointments_only(as_guard: Client, guard: Person, luwam: Resident) -> None:
    case = cancelled(as_guard, guard, luwam, "arrival_interview", "d-1")
    ahead = (timezone.now() + timedelta(days=9)).astimezone(OSLO)
    when = {"at_day": ahead.date().isoformat(), "at_clock": "09:30"}
    response = send_in(at("kari"), told(case, "innkalling/"), kind="age_examination", **when)
    assert response.status_code == 422


def test_a_unit_sees_nothing_before_it_has_been_sent_to(as_guard: Client, guard: Person, luwam: Resident) -> None:
    Appointment.objects.create(resident=luwam, kind="arrival_interview", at=timezone.now() + timedelta(days=9))
    case = missing(luwam, guard)
    kor = at("kari")
    assert "Luwam" not in kor.get("/kontor/").text
    assert kor.get(told(case)).status_code == 404


@pytest.mark.parametrize("name", ["kari", "berit", "asta", "unni", "pål"])
def test_a_case_that_a_unit_has_been_told_nothing_of_is_not_there(name: str, case: Case) -> None:
    unit = at(name)
    assert unit.get(told(case)).status_code == 404
    assert unit.get(page(case)).status_code == 404
    assert "Luwam" not in unit.get("/kontor/").text


@pytest.mark.parametrize(("name", "unit"), [("unni", "une"), ("pål", "pu")])
def test_who_receives_for_une_or_pu_reads_and_confirms_and_no_more(
    as_guard: Client, guard: Person, luwam: Resident, name: str, unit: str
) -> None:
    Resident.objects.filter(id=luwam.id).update(asylum_case_at=unit)
    case = reported_and_copied(as_guard, Resident.objects.get(id=luwam.id), guard)
    region = at("rune")
    send_in(region, told(case, "opplysning/"), kind="abroad", text="Er i Sverige", source="Kåre", relevant="on")
    send_in(region, at_owed(case, "skriv", "3-6"))
    post_letters(region, case, obligation="3-6")
    receiver = at(name)
    letter = Message.objects.get(case_id=case.id, obligation="3-6")
    assert says(receiver.get(told(case, f"brev/{letter.id}/")).content, "Er i Sverige")
    confirm(receiver, case, duty(case, "3-6"), "UNE-1")
    assert duty(case, "3-6").received_by == f"{name.title()} Kontor"
    shown = receiver.get(told(case)).text
    assert "Noe nytt?" not in shown
    assert "Dette skal dere gjøre" not in shown
    copy = Message.objects.filter(case_id=case.id, obligation="d-5").first()
    assert copy
    assert receiver.get(told(case, f"brev/{copy.id}/")).status_code == 404
    other = at("pål" if name == "unni" else "unni")
    assert other.get(told(case)).status_code == 404


def test_asa_assesses_and_asks_the_police(as_guard: Client, case: Case) -> None:
    region, asa = at("rune"), at("asta")
    send_in(as_guard, page(case, "tilbake/"))
    send_in(region, at_owed(case, "skriv", "4-3"), said="Barnet er funnet i Storfjell.")
    post_letters(region, case, obligation="4-3")
    confirm(asa, case, duty(case, "4-3"), "ASA-9")
    assert duty(case, "4-3").reference == "ASA-9"
    shown = asa.get(told(case)).text
    assert "Ved behov kan ASA kontakte" in shown
    assert "UDI Regionkontor Fjord" in shown
    address = at_owed(case, "gjort", "4-5")
    assert send_in(asa, address).status_code == 422
    send_in(asa, address, needed="yes", first="police", note="Vi må vite hvem hun var hos.")
    assert "4-5" not in owed_by("asa", case)
    assert send_in(asa, at_owed(case, "skriv", "4-6"), said="").status_code == 422
    send_in(asa, at_owed(case, "skriv", "4-6"), said="Spør hvem hun var hos.")
    letter = Message.objects.get(case_id=case.id, obligation="4-6")
    assert letter.recipient_name == "Fjordkanten politidistrikt"
    pdf = asa.get(told(case, f"brev/{letter.id}/")).content
    assert says(pdf, "Asylavdelingen (ASA)")
    assert says(pdf, "Spør hvem hun var hos.")
    post_letters(asa, case, obligation="4-6")
    assert owed_by("asa", case) == set()


def test_asa_that_needs_nothing_more_asks_nobody(as_guard: Client, case: Case) -> None:
    region, asa = at("rune"), at("asta")
    send_in(as_guard, page(case, "tilbake/"))
    send_in(region, at_owed(case, "gjort", "4-3"), channel="phone")
    send_in(asa, at_owed(case, "gjort", "4-5"), needed="no", first="centre")
    assert owed_by("asa", case) == set()


def test_an_office_does_not_do_anothers_duties(as_guard: Client, case: Case) -> None:
    send_in(as_guard, page(case, "tilbake/"))
    region, asa = at("rune"), at("asta")
    send_in(region, at_owed(case, "gjort", "4-3"), channel="phone")
    assert region.get(at_owed(case, "gjort", "4-5")).status_code == 404
    assert asa.get(at_owed(case, "gjort", "4-1")).status_code == 404


def test_asa_decides_the_age(as_guard: Client, case: Case) -> None:
    send_in(as_guard, page(case, "tilbake/"))
    send_in(at("rune"), at_owed(case, "gjort", "4-3"), channel="phone")
    send_in(at("asta"), told(case, "alder/"), over_18="yes")
    assert [one.over_18 for one in now_of(case).happened if one.type == "age_decided"] == [True]


def test_the_whole_circular_is_gone_through_until_nobody_owes_anything(
    as_guard: Client, guard: Person, luwam: Resident
) -> None:
    case, region, asa = reported_and_copied(as_guard, luwam, guard), at("rune"), at("asta")
    for who in ("representative", "lawyer"):
        send_in(as_guard, at_duty(case, "ring", "c-1", who), reached="yes", knew="none")
    send_in(as_guard, page(case, "undersokt/"), what="Snakket med vennene", finding="Ingen vet noe.")
    send_in(as_guard, at_duty(case, "registrer", "d-4"))
    found = {"how": "found_by_other", "municipality": "9903", "source": "Politibetjent Fiktiv"}
    send_in(region, told(case, "tilbake/"), **found)
    second_says_yes(as_guard)
    send_in(as_guard, page(case, "send/"))
    for letter in Message.objects.filter(case_id=case.id, obligation="2.2-7"):
        send_in(as_guard, page(case, f"brev/{letter.id}/levert/"), channel="post")
    send_in(as_guard, at_duty(case, "gjort", "4-12"))
    talk = {"why_left": "Var redd", "where_stayed": "Hos en venn", "what_done": "Var inne", "feels_safe": "yes"}
    send_in(as_guard, page(case, "samtale/"), **talk)
    send_in(as_guard, at_duty(case, "registrer", "4-17"))
    for id_ in ("3-2", "3-3"):
        send_in(region, at_owed(case, "registrer", id_))
    for id_ in ("3-4", "4-3"):
        send_in(region, at_owed(case, "skriv", id_))
    post_letters(region, case)
    send_in(region, at_owed(case, "gjort", "4-1"), where="Granvik mottak")
    send_in(region, at_owed(case, "registrer", "4-2"), entered="Granvik mottak")
    send_in(region, at_owed(case, "gjort", "4-8"), together="police", who="Vakta", needed="no")
    send_in(asa, at_owed(case, "gjort", "4-5"), needed="yes", first="police")
    send_in(asa, at_owed(case, "skriv", "4-6"), said="Spør om reiseruten.")
    post_letters(asa, case)
    send_in(region, told(case, "transport/"))
    send_in(region, at_owed(case, "gjort", "4-7"), destination="centre", companion="no")
    assert [(one.id, one.recipient) for one in now_of(case).derivation.obligations if one.state == "open"] == []
    assert "Mottaket har ingenting ugjort i saken nå." in as_guard.get(page(case)).text
    for office in (region, asa):
        assert "Dere har ingenting ugjort i saken nå." in office.get(told(case)).text


@pytest.mark.parametrize(
    "role", ["national_overseer", "inspector", "statistician", "register_keeper", "system_operator"]
)
def test_a_role_without_workplace_of_its_own_has_a_plain_page_and_no_case(role: str, case: Case) -> None:
    person = Person.objects.create_user("per", name="Per Annen", role=Role(role))
    client = Client()
    client.force_login(person)
    landing = client.get("/", follow=True)
    assert landing.status_code == 200
    assert "Per Annen" in landing.text
    for address in (page(case), told(case), "/region/", "/kontor/"):
        assert client.get(address).status_code == 404


def test_an_inbox_shows_some_children_at_a_time_and_every_child_once(
    as_guard: Client, guard: Person, luwam: Resident, granvik: Centre, monkeypatch: pytest.MonkeyPatch
) -> None:
    others = [
        Resident.objects.create(centre=granvik, given_name=name, family_name="Invented", unaccompanied=True)
        for name in ("Abel", "Bana", "Dawit", "Eden")
    ]
    for child in (luwam, *others):
        cancelled(as_guard, guard, child, "arrival_interview", "d-1")
    monkeypatch.setattr("savnet.web.office.AT_A_TIME", 2)
    unit = at("kari")
    pages = [unit.get(f"/kontor/?side={page}").context["cards"] for page in (1, 2, 3)]
    assert [len(page) for page in pages] == [2, 2, 1]
    shown = [card.case.resident_id for page in pages for card in page]
    assert sorted(shown) == sorted(child.id for child in (luwam, *others))
    assert "3–4 av 5" in unit.get("/kontor/?side=2").text
    assert unit.get("/kontor/?side=4").status_code == 404


def test_what_is_urgent_comes_first_and_then_the_oldest(
    as_guard: Client, guard: Person, luwam: Resident, granvik: Centre
) -> None:
    other, near = (
        Resident.objects.create(centre=granvik, given_name=name, family_name="Invented", unaccompanied=True)
        for name in ("Abel", "Bana")
    )
    for child, days in ((luwam, 20), (other, 20), (near, 1)):
        cancelled(as_guard, guard, child, "arrival_interview", "d-1", days=days)
    cards = at("kari").get("/kontor/").context["cards"]
    assert [card.case.resident_id for card in cards] == [near.id, luwam.id, other.id]


def test_a_child_who_waits_for_an_answer_stands_before_the_others_whoever_came_first(
    as_guard: Client, guard: Person, luwam: Resident, granvik: Centre
) -> None:
    other = Resident.objects.create(centre=granvik, given_name="Abel", family_name="Invented", unaccompanied=True)
    cases = [reported_and_copied(as_guard, child, guard) for child in (luwam, other)]
    ObligationRow.objects.filter(case=cases[0], actor="region").update(obligation=FIRST[-1])
    ObligationRow.objects.filter(case=cases[1], actor="region").update(obligation=FIRST[0])
    assert [card.case for card in at("rune").get("/region/").context["cards"]] == cases[::-1]


def test_a_child_gets_to_know_that_she_stood_on_an_offices_list_from_when_it_was_told(
    as_guard: Client, guard: Person, luwam: Resident, granvik: Centre
) -> None:
    leader = Client()
    leader.force_login(Person.objects.create_user("leif", name="Leif", role=Role.CENTRE_LEADER, centre=granvik))
    unit, other = at("kari"), at("berit")
    unit.get("/kontor/")
    cancelled(as_guard, guard, luwam, "arrival_interview", "d-1")
    assert "på en liste ved et kontor" not in leader.get(f"/beboere/{luwam.id}/oppslag/").text
    unit.get("/kontor/")
    unit.get("/kontor/")
    other.get("/kontor/")
    shown = leader.get(f"/beboere/{luwam.id}/oppslag/").text
    assert "på en liste ved et kontor som fikk melding om deg, 2 ganger" in shown, "BFE was told nothing of her"
