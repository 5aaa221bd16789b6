"""The child is back, or something is known of her: everyone told is told, and the child is talked with."""

from datetime import timedelta

from django.test import Client
from django.utils import timezone

from savnet.access.models import Person
from savnet.cases.models import Case
from savnet.casework import returning
from savnet.delivery.models import Message
from savnet.delivery.withdrawing import withdraw
from savnet.register.models import Resident
from savnet.rules.words import ReturnedHow
from savnet.web.times import OSLO
from web.telling import ALL_UNKNOWN, at_duty, duty, missing, now_of, open_ids, page, send_in


def reported(client: Client, resident: Resident, by: Person) -> Case:
    """Reported to police and child welfare, on paper, and to the representative by phone."""
    case = missing(resident, by, since=timedelta(hours=3))
    send_in(client, page(case, "meld/"), **ALL_UNKNOWN)
    for id_, channel in (("a-1", "in_person"), ("b-4", "post")):
        letter = Message.objects.get(obligation=id_)
        send_in(client, page(case, f"brev/{letter.id}/levert/"), channel=channel)
    send_in(client, at_duty(case, "ring", "c-1", "representative"), reached="yes", knew="none")
    return case


def owed_notices(case: Case) -> set[str]:
    return {
        str(one.recipient) for one in now_of(case).derivation.obligations if one.id == "2.2-7" and one.state == "open"
    }


def test_all_who_were_told_are_to_be_told_of_the_return(as_guard: Client, guard: Person, luwam: Resident) -> None:
    case = reported(as_guard, luwam, guard)
    send_in(as_guard, page(case, "tilbake/"))
    assert {"police_district", "child_welfare", "representative"} <= owed_notices(case)
    shown = as_guard.get(page(case)).text
    assert "Gi skriftlig beskjed til alle" in shown
    send_in(as_guard, page(case, "send/"))
    assert Message.objects.filter(obligation="2.2-7").count() == len(owed_notices(case))


def test_a_return_before_the_disappearance_is_refused(as_guard: Client, guard: Person, luwam: Resident) -> None:
    case = reported(as_guard, luwam, guard)
    response = send_in(as_guard, page(case, "tilbake/"), at_day="2026-01-05", at_clock="12:00")
    assert response.status_code == 422
    assert "før det ble savnet" in response.text


def test_a_tip_goes_in_writing_to_all_and_the_case_stays_open(as_guard: Client, guard: Person, luwam: Resident) -> None:
    case = reported(as_guard, luwam, guard)
    send_in(as_guard, page(case, "opplysning/"), kind="sighting", text="Sett på stasjonen", source="En venn")
    assert "police_district" in owed_notices(case)
    assert now_of(case).derivation.state == "missing"


def test_what_is_not_about_whereabouts_tells_nobody(as_guard: Client, guard: Person, luwam: Resident) -> None:
    case = reported(as_guard, luwam, guard)
    send_in(as_guard, page(case, "opplysning/"), kind="about_else", text="Hun har bursdag i morgen")
    assert owed_notices(case) == set()


def test_a_known_address_asks_for_its_municipality(as_guard: Client, guard: Person, luwam: Resident) -> None:
    case = missing(luwam, guard)
    address = page(case, "opplysning/")
    response = send_in(as_guard, address, kind="known_address", text="Hos tanta, Lia 4")
    assert response.status_code == 422
    assert 'href="#id_municipality"' in response.text
    send_in(as_guard, address, kind="known_address", text="Hos tanta, Lia 4", municipality="9903")
    assert "Barnevernstjenesten i Storfjell" in as_guard.get(page(case, "meld/")).text
    assert "Barnevernstjenesten i Granvik" not in as_guard.get(page(case, "meld/")).text


def test_the_talk_may_leave_topics_for_the_next_time(as_guard: Client, guard: Person, luwam: Resident) -> None:
    case = reported(as_guard, luwam, guard)
    send_in(as_guard, page(case, "tilbake/"))
    assert send_in(as_guard, page(case, "samtale/")).status_code == 422
    send_in(as_guard, page(case, "samtale/"), why_left="Var redd")
    assert "4-15" in open_ids(case)
    rest = {"where_stayed": "Hos en venn", "what_done": "Var inne", "feels_safe": "yes"}
    send_in(as_guard, page(case, "samtale/"), why_left="Var redd", **rest)
    assert "4-15" not in open_ids(case)
    assert "4-17" in open_ids(case)


def test_nothing_about_the_asylum_case_goes_without_consent(as_guard: Client, guard: Person, luwam: Resident) -> None:
    case = reported(as_guard, luwam, guard)
    send_in(as_guard, page(case, "tilbake/"))
    send_in(as_guard, page(case, "samtale/"), why_left="Truet av noen fra hjemlandet", asylum_relevant="on")
    assert duty(case, "4-19").state == "withheld"
    assert "Venter på samtykke" in as_guard.get(page(case)).text
    send_in(as_guard, page(case, "samtykke/"), who="resident", given="no")
    assert duty(case, "4-19").state == "withheld"
    send_in(as_guard, page(case, "samtykke/"), who="representative", given="yes")
    assert duty(case, "4-19").state == "open"


def test_a_well_founded_suspicion_also_goes_to_the_region(as_guard: Client, guard: Person, luwam: Resident) -> None:
    case = reported(as_guard, luwam, guard)
    send_in(as_guard, page(case, "tilbake/"))
    send_in(as_guard, page(case, "bekymring/"), kind="trafficking", level="reason_to_believe", text="Ny telefon")
    assert "b-9" in open_ids(case)
    assert "4-18" not in open_ids(case)
    send_in(as_guard, page(case, "bekymring/"), kind="trafficking", level="justified_suspicion", text="Hun fortalte")
    assert {"4-16", "4-18"} <= set(open_ids(case))


def test_a_full_centre_receives_the_child_all_the_same(as_guard: Client, guard: Person, luwam: Resident) -> None:
    case = reported(as_guard, luwam, guard)
    send_in(as_guard, page(case, "tilbake/"))
    assert "uavhengig av om de har ledig plass" in as_guard.get(page(case)).text
    send_in(as_guard, at_duty(case, "gjort", "4-12"))
    assert "4-12" not in open_ids(case)


def test_transport_outside_office_hours_is_the_centres(as_guard: Client, guard: Person, luwam: Resident) -> None:
    case = reported(as_guard, luwam, guard)
    send_in(as_guard, page(case, "transport/"), asked_by="police", outside_office_hours="on")
    assert "4-13" in open_ids(case)
    send_in(as_guard, page(case, "transport/gjort/"))
    assert "4-13" not in open_ids(case)


def test_a_new_disappearance_starts_anew(as_guard: Client, guard: Person, luwam: Resident) -> None:
    case = reported(as_guard, luwam, guard)
    hour_ago = (timezone.now() - timedelta(hours=1)).astimezone(OSLO)
    send_in(as_guard, page(case, "tilbake/"), at_day=hour_ago.date().isoformat(), at_clock=f"{hour_ago:%H:%M}")
    assert "Barnet er borte igjen" in as_guard.get(page(case)).text
    send_in(as_guard, f"/beboere/{luwam.id}/ikke-her/")
    send_in(as_guard, page(case, "forsvunnet/"))
    assert duty(case, "a-1").state == "open"


def test_a_report_that_the_return_made_untrue_is_sent_only_because_a_person_says_so(
    as_guard: Client, guard: Person, luwam: Resident
) -> None:
    case = missing(luwam, guard)
    returning.note_return(case.id, how=ReturnedHow.TO_CENTRE, by=guard, now=timezone.now())
    shown = as_guard.get(page(case)).text
    assert "Barnet kom tilbake før dette ble sendt." in shown
    assert "Send brevet likevel" in shown
    assert not Message.objects.filter(case_id=case.id).exists()


def test_what_was_settled_with_the_police_is_noted_only_by_a_way_that_counts(
    as_guard: Client, guard: Person, luwam: Resident
) -> None:
    case = missing(luwam, guard)
    returning.note_return(case.id, how=ReturnedHow.TO_CENTRE, by=guard, now=timezone.now())
    address = at_duty(case, "gjort", "a-1")
    form = as_guard.get(address).text
    assert "Når ble det gjort?" in form
    assert 'value="in_person"' in form
    assert 'value="phone"' not in form
    send_in(as_guard, address, channel="in_person")
    assert "a-1" not in open_ids(case)


def test_a_letter_that_was_stopped_says_why(as_guard: Client, guard: Person, luwam: Resident) -> None:
    case = reported(as_guard, luwam, guard)
    letter = Message.objects.filter(case_id=case.id, obligation="b-4").get()
    withdraw(letter.id, why="Barnet kom tilbake.", by=str(guard.pk), now=timezone.now())
    assert "Stanset før den gikk: Barnet kom tilbake." in as_guard.get(page(case)).text
