"""The regional office through its own screens: what it is sent, what it owes (3, 4), and how its centres stand."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import Settings

from casework.paper import says
from savnet.access.models import Person
from savnet.access.row_security import house
from savnet.cases.models import Case
from savnet.casework import exercises
from savnet.delivery.models import Message
from savnet.register.models import Centre, Resident
from savnet.web.shown import slug
from web.offices import (
    at,
    at_owed,
    confirm,
    owed_by,
    post_letters,
    reported_and_copied,
    second_says_yes,
    told,
)
from web.telling import duty, missing, now_of, page, send_in


@pytest.fixture(autouse=True)
def the_demos_offices(settings: Settings) -> None:
    """The offices here are invented ones."""
    settings.DEMO = True


@pytest.fixture
def case(as_guard: Client, guard: Person, luwam: Resident, region: Client) -> Case:
    return reported_and_copied(as_guard, luwam, guard)


def test_the_way_in_leads_the_region_to_its_own_page(region: Client) -> None:
    assert region.get("/").headers["Location"] == "/region/"
    assert "UDI Regionkontor Fjord" in region.get("/region/").text


def test_a_copy_is_news_until_a_named_person_has_confirmed_it(region: Client, case: Case) -> None:
    assert "Kopi av savnetmeldingen" in region.get("/region/").text
    copy = next(one for one in now_of(case).derivation.obligations if one.id == "d-5" and one.copy_of == "a-1")
    confirm(region, case, copy, "2026/77")
    known = next(one for one in now_of(case).derivation.obligations if one.key == copy.key)
    assert (known.received_by, known.reference) == ("Rune Kontor", "2026/77")


@pytest.mark.parametrize("screen", ["registrer", "skriv", "gjort", "mottatt"])
def test_a_duty_that_is_met_otherwise_has_no_such_page_or_one_that_helps(
    region: Client, case: Case, screen: str
) -> None:
    answers = {
        one.id: region.get(told(case, f"{screen}/{slug(one)}/")).status_code
        for one in now_of(case).derivation.obligations
    }
    assert 200 in answers.values()
    assert {id_: status for id_, status in answers.items() if status not in {200, 404}} == {}


@pytest.mark.parametrize(("id_", "remark"), [("3-2", "melding om forsvinning"), ("3-3", "bekymring")])
def test_the_copies_are_registered_with_exactly_the_fixed_remarks(
    region: Client, case: Case, id_: str, remark: str
) -> None:
    shown = region.get(at_owed(case, "registrer", id_)).text
    assert f">{remark}</dd>" in shown
    assert "sensitivt dokument" in shown
    send_in(region, at_owed(case, "registrer", id_), reference="2026/78")
    assert id_ not in owed_by("region", case)
    assert duty(case, id_).reference == "2026/78"


def test_the_decision_unit_is_told_by_a_letter_that_the_region_signs(region: Client, case: Case) -> None:
    address = at_owed(case, "skriv", "3-4")
    draft = send_in(region, address, do="show")
    assert draft.headers["Content-Type"] == "application/pdf"
    assert says(draft.content, "UDI Regionkontor Fjord")
    assert not Message.objects.filter(case_id=case.id, obligation="3-4").exists(), "shown is not sent"
    send_in(region, address)
    letter = Message.objects.get(case_id=case.id, obligation="3-4")
    assert letter.recipient_name == "Vedtaksenheten"
    pdf = region.get(told(case, f"brev/{letter.id}/")).content
    assert says(pdf, "Rune Kontor")
    assert not says(pdf, "Gry Vakt")
    assert "3-4" in owed_by("region", case), "composed is not sent"
    send_in(region, told(case, f"brev/{letter.id}/levert/"), channel="post")
    assert "3-4" not in owed_by("region", case)


@pytest.mark.parametrize(
    ("at_unit", "name"),
    [
        ("decision_unit", "Vedtaksenheten"),
        ("une", "Utlendingsnemnda"),
        ("pu", "Politiets utlendingsenhet"),
    ],
)
def test_news_for_the_asylum_case_goes_where_the_case_lies(
    as_guard: Client, guard: Person, region: Client, luwam: Resident, at_unit: str, name: str
) -> None:
    Resident.objects.filter(id=luwam.id).update(asylum_case_at=at_unit)
    case = reported_and_copied(as_guard, Resident.objects.get(id=luwam.id), guard)
    seen = {"kind": "abroad", "text": "Er i Sverige hos en onkel", "source": "Tips fra Kåre", "relevant": "on"}
    send_in(as_guard, page(case, "opplysning/"), **seen)
    note = region.get(at_owed(case, "registrer", "3-5")).text
    assert "mottaksmerknad" in note
    assert "Er i Sverige hos en onkel" in note
    assert "Kåre" not in note, "who told is not the region's"
    send_in(region, at_owed(case, "registrer", "3-5"))
    send_in(region, at_owed(case, "skriv", "3-6"))
    letter = Message.objects.get(case_id=case.id, obligation="3-6")
    assert letter.recipient_name == name
    post_letters(region, case, obligation="3-6")
    assert not {"3-5", "3-6"} & owed_by("region", case)


def test_news_for_the_asylum_case_may_be_a_note_in_duf_instead(region: Client, case: Case) -> None:
    send_in(region, told(case, "opplysning/"), kind="abroad", text="I Sverige", source="Politiet", relevant="on")
    send_in(region, at_owed(case, "gjort", "3-6"), channel="system", reference="NOTAT-4")
    assert "3-6" not in owed_by("region", case)


def test_a_known_address_is_entered_and_reported_to_the_service_there(
    as_guard: Client, region: Client, case: Case
) -> None:
    address = {"kind": "known_address", "text": "Hos tanta, Lia 4", "municipality": "9903", "source": "Tanta"}
    send_in(as_guard, page(case, "opplysning/"), **address)
    entered = region.get(at_owed(case, "registrer", "3-7")).text
    assert "Hos tanta, Lia 4" in entered
    assert "Storfjell" in entered
    send_in(region, at_owed(case, "registrer", "3-7"))
    assert send_in(region, at_owed(case, "skriv", "3-8"), said=" ").status_code == 422
    send_in(region, at_owed(case, "skriv", "3-8"), said="Barnet bor hos noen vi ikke kjenner.")
    letter = Message.objects.get(case_id=case.id, obligation="3-8")
    assert letter.recipient_name == "Barnevernstjenesten i Storfjell"
    pdf = region.get(told(case, f"brev/{letter.id}/")).content
    assert says(pdf, "Barnet bor hos noen vi ikke kjenner.")
    assert says(pdf, "Hos tanta, Lia 4")
    assert not says(pdf, "Vi er redde for at noen utnytter barnet."), "the centre's own worry is the centre's to send"
    post_letters(region, case, obligation="3-8")
    assert not {"3-7", "3-8"} & owed_by("region", case)


@pytest.mark.parametrize("kind", ["child_welfare_institution", "foster_home"])
def test_in_care_the_service_is_the_address_and_never_the_place(
    as_guard: Client, region: Client, case: Case, kind: str
) -> None:
    send_in(as_guard, page(case, "opplysning/"), kind=kind, text="Solgløtt ungdomshjem", municipality="9903")
    entered = region.get(at_owed(case, "registrer", "3-10")).text
    assert "Barnevernstjenesten i Storfjell" in entered
    assert "Solgløtt" not in entered
    assert "Solgløtt" not in region.get(at_owed(case, "registrer", "3-5")).text, "nor in the reception note"
    send_in(region, at_owed(case, "registrer", "3-10"))
    send_in(region, at_owed(case, "skriv", "3-11"))
    assert not says(region.get(told(case, f"brev/{letter_of(case, '3-11').id}/")).content, "Solgløtt")
    post_letters(region, case, obligation="3-11")
    send_in(region, told(case, "tiltak/"), kind="child_welfare")
    assert send_in(region, at_owed(case, "registrer", "3-14", "duf")).status_code == 422
    send_in(region, at_owed(case, "registrer", "3-14", "duf"), entered="Granvik mottak")
    send_in(region, at_owed(case, "skriv", "3-14", "decision_unit"))
    post_letters(region, case, obligation="3-14")
    assert not {"3-10", "3-11", "3-14"} & owed_by("region", case)


def letter_of(case: Case, id_: str) -> Message:
    return Message.objects.get(case_id=case.id, obligation=id_)


def test_in_prison_the_prison_is_the_address(region: Client, case: Case) -> None:
    send_in(region, told(case, "opplysning/"), kind="prison", text="Sitter i Storfjell fengsel", source="Politiet")
    assert send_in(region, at_owed(case, "registrer", "3-12")).status_code == 422
    send_in(region, at_owed(case, "registrer", "3-12"), entered="Storfjell fengsel")
    send_in(region, at_owed(case, "skriv", "3-13"))
    post_letters(region, case, obligation="3-13")
    send_in(region, told(case, "tiltak/"), kind="prison")
    assert {"3-14"} <= owed_by("region", case)
    assert not {"3-12", "3-13"} & owed_by("region", case)


def test_back_again_everything_the_region_owes_is_done_through_its_screens(
    as_guard: Client, region: Client, case: Case
) -> None:
    send_in(region, told(case, "alder/"), over_18="yes")
    found = {"how": "found_by_other", "municipality": "9903", "source": "Politibetjent Fiktiv"}
    send_in(region, told(case, "tilbake/"), **found)
    assert "4-1" not in owed_by("region", case), "two must say that a child is found who is not here"
    second_says_yes(as_guard)
    assert {"4-1", "4-2", "4-3", "4-8", "4-9"} <= owed_by("region", case)
    send_in(region, at_owed(case, "gjort", "4-1"), where="Solvær transittmottak")
    assert 'value="Solvær transittmottak"' in region.get(at_owed(case, "registrer", "4-2")).text
    send_in(region, at_owed(case, "registrer", "4-2"), entered="Solvær transittmottak")
    send_in(region, at_owed(case, "gjort", "4-9"), where="Fjorden mottak for voksne")
    companion = {"together": "child_welfare", "who": "Kari Vakt", "needed": "yes"}
    send_in(region, at_owed(case, "gjort", "4-8"), **companion)
    send_in(region, told(case, "transport/"))
    send_in(region, at_owed(case, "gjort", "4-7"), destination="centre", companion="yes", amount="1840")
    send_in(region, at_owed(case, "gjort", "4-3"), channel="phone")
    for id_ in ("3-2", "3-3"):
        send_in(region, at_owed(case, "registrer", id_))
    send_in(region, at_owed(case, "gjort", "3-4"), channel="system")
    assert owed_by("region", case) == set()
    assert "Dere har ingenting ugjort i saken nå." in region.get(told(case)).text
    done = [one.note for one in now_of(case).happened if getattr(one, "obligation", "") == "4-7"]
    assert done == ["Mottaket. Også for den som fulgte barnet. 1840 kr"]


def test_what_the_police_did_in_duf_is_done_by_the_police(region: Client, as_guard: Client, case: Case) -> None:
    send_in(as_guard, page(case, "tilbake/"))
    assert "Politiet har allerede endret i DUF" in region.get(at_owed(case, "registrer", "4-2")).text
    send_in(region, told(case, "politiet-duf/"))
    assert duty(case, "4-2").remark == "by: police"
    assert "4-2" not in owed_by("region", case)


def test_what_the_centre_sent_with_consent_is_passed_on_in_its_own_words(
    as_guard: Client, region: Client, case: Case
) -> None:
    send_in(as_guard, page(case, "tilbake/"))
    send_in(as_guard, page(case, "samtale/"), why_left="Truet av noen fra hjemlandet", asylum_relevant="on")
    withheld = page(case, f"asylsaken/{at_owed(case, 'x', '4-19').split('/')[-2]}/")
    assert as_guard.get(withheld).status_code == 404
    send_in(as_guard, page(case, "samtykke/"), who="resident", given="yes")
    assert send_in(as_guard, withheld, said="").status_code == 422
    send_in(as_guard, withheld, said="Barnet er truet av en slektning i Kabul.")
    sent = letter_of(case, "4-19")
    send_in(as_guard, page(case, f"brev/{sent.id}/levert/"), channel="post")
    assert says(region.get(told(case, f"brev/{sent.id}/")).content, "truet av en slektning i Kabul")
    send_in(region, at_owed(case, "skriv", "4-20"), said="Vi har ringt mottaket.")
    passed_on = letter_of(case, "4-20")
    assert passed_on.recipient_name == "Asylavdelingen (ASA)"
    pdf = region.get(told(case, f"brev/{passed_on.id}/")).content
    assert says(pdf, "truet av en slektning i Kabul")
    assert says(pdf, "Vi har ringt mottaket.")
    post_letters(region, case, obligation="4-20")
    assert "4-20" not in owed_by("region", case)


# Need to know


def test_the_region_sees_no_case_before_something_of_it_has_been_sent(
    region: Client, guard: Person, luwam: Resident
) -> None:
    case = missing(luwam, guard)
    assert "Luwam" not in region.get("/region/").text
    assert region.get(told(case)).status_code == 404


def test_the_region_never_sees_the_centres_own_case(region: Client, case: Case) -> None:
    for rest in ("", "meld/", "opplysning/", "paa-papir/"):
        assert region.get(page(case, rest)).status_code == 404


def test_another_region_finds_nothing(region: Client, case: Case) -> None:
    assert at("frida").get(told(case)).status_code == 404
    assert "Luwam" not in at("frida").get("/region/").text


def test_a_suspicion_that_was_in_no_copy_is_not_the_regions(as_guard: Client, region: Client, case: Case) -> None:
    feared = {"kind": "trafficking", "level": "reason_to_believe", "text": "En eldre mann ved porten"}
    send_in(as_guard, page(case, "bekymring/"), **feared)
    assert "En eldre mann" not in region.get(told(case)).text
    assert "En eldre mann" not in region.get("/region/").text


def test_the_region_can_read_its_copies_and_not_the_letters_they_are_copies_of(region: Client, case: Case) -> None:
    copies = Message.objects.filter(case_id=case.id, obligation="d-5")
    assert {region.get(told(case, f"brev/{one.id}/")).status_code for one in copies} == {200}
    originals = Message.objects.filter(case_id=case.id, obligation__in=["a-1", "b-4"])
    assert {region.get(told(case, f"brev/{one.id}/")).status_code for one in originals} == {404}


# The centres


def test_a_centre_where_nothing_happens_stands_there_with_its_zeros(region: Client) -> None:
    shown = region.get("/region/").text
    assert "Solvær transittmottak" in shown
    assert "0 savnet" in shown
    assert "Har aldri notert noe." in shown


def test_an_exercise_at_a_centre_is_none_of_the_regions(region: Client, guard: Person, granvik: Centre) -> None:
    before = region.get("/region/").text.count("sv-strong")
    with house("begun by the test"):
        exercises.begin(granvik, by=guard, now=timezone.now())
    shown = region.get("/region/").text
    assert "øvelse" not in shown
    assert shown.count("sv-strong") == before


def test_silence_from_a_centre_with_residents_is_shown(region: Client, luwam: Resident) -> None:
    assert region.get("/region/").text.count(">Stille<") == 1


def test_a_child_missing_for_over_a_day_without_copy_shows_in_a_number_and_by_no_name(
    region: Client, guard: Person, luwam: Resident
) -> None:
    missing(luwam, guard, since=timedelta(hours=26))
    shown = region.get("/region/").text
    assert "1 savnet" in shown
    assert "Mangler kopi" in shown
    assert "Meld savnet til politiet: 1 gang" in shown
    assert "Luwam" not in shown


def test_the_centres_are_counted_by_as_many_questions_however_many_there_are(region: Client, granvik: Centre) -> None:
    region.get("/region/")
    with CaptureQueriesContext(connection) as few:
        region.get("/region/")
    for number in range(12):
        Centre.objects.create(name=f"Mottak {number}", operator="municipal", municipality_id="9901", region="fjord")
    with CaptureQueriesContext(connection) as many:
        assert "Mottak 11" in region.get("/region/").text
    assert len(many) == len(few)
