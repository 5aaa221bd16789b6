"""A child who disappears again: the last disappearance is not taken for this one, and is still there to be read."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from savnet.access.models import Person
from savnet.cases import ledger
from savnet.cases.models import Case
from savnet.casework import absence
from savnet.casework.returning import note_return
from savnet.delivery.models import Message
from savnet.register.models import Resident
from savnet.rules.events import Done
from savnet.rules.words import Channel, Recipient, ReturnedHow
from web.telling import ALL_UNKNOWN, missing, now_of, page, send_in

AGAIN = "Tidligere forsvinninger"


@pytest.fixture
def gone_again(as_guard: Client, guard: Person, luwam: Resident) -> Case:
    """Reported six days ago with a receipt from the police, back, and now not at supper."""
    case = missing(luwam, guard, since=timedelta(days=6))
    send_in(as_guard, page(case, "meld/"), **ALL_UNKNOWN)
    letter = Message.objects.get(obligation="a-1")
    send_in(as_guard, page(case, f"brev/{letter.id}/levert/"), channel="in_person", received_by="Betjent Lien")
    note_return(case.id, how=ReturnedHow.TO_CENTRE, by=guard, now=timezone.now())
    absence.notice(luwam, by=guard, now=timezone.now())
    return case


def test_the_time_away_runs_from_this_absence(as_guard: Client, gone_again: Case) -> None:
    for address in (page(gone_again), "/"):
        shown = as_guard.get(address).text
        assert "Ikke til stede i <time" in shown
        assert "6 d" not in shown.split("Ikke til stede i <time")[1].split("</time>")[0]


def test_who_was_told_last_time_is_folded_apart(as_guard: Client, gone_again: Case) -> None:
    now, before = as_guard.get(page(gone_again)).text.split(AGAIN, 1)
    assert "Betjent Lien" not in now
    assert "Hvem har fått beskjed" not in now
    assert "Savnetmelding til politiet" not in now
    assert "Betjent Lien" in before


def test_the_first_disappearance_has_none_before_it(as_guard: Client, guard: Person, luwam: Resident) -> None:
    case = missing(luwam, guard)
    send_in(as_guard, page(case, "meld/"), **ALL_UNKNOWN)
    shown = as_guard.get(page(case)).text
    assert AGAIN not in shown
    assert 'id="letters"' in shown


def test_a_belief_dated_to_the_minute_of_the_absence_belongs_to_it(
    as_guard: Client, guard: Person, luwam: Resident
) -> None:
    then = timezone.now().replace(second=40, microsecond=0) - timedelta(minutes=5)
    case = absence.notice(luwam, by=guard, now=then)
    absence.believe(case.id, by=guard, now=then + timedelta(minutes=1), at=then.replace(second=0))
    send_in(as_guard, page(case, "meld/"), **ALL_UNKNOWN)
    letter = Message.objects.get(obligation="a-1")
    send_in(as_guard, page(case, f"brev/{letter.id}/levert/"), channel="in_person", received_by="Betjent Lien")
    shown = as_guard.get(page(case)).text
    assert AGAIN not in shown
    assert "Betjent Lien" in shown


def test_what_met_no_duty_says_so_and_can_be_struck(as_guard: Client, guard: Person, luwam: Resident) -> None:
    case = missing(luwam, guard)
    now = timezone.now()
    stray = Done(at=now, obligation="d-2", recipient=Recipient.BFE, channel=Channel.POST, message="0", by=guard.name)
    ledger.record(case.id, stray, by=guard, now=now)
    number = now_of(case).events[-1].number
    shown = as_guard.get(page(case)).text
    assert shown.count("Telte ikke for noen plikt") == 1
    assert page(case, f"stryk/{number}/") in shown
    send_in(as_guard, page(case, f"stryk/{number}/"), why="Det gjaldt en annen")
    assert "Telte ikke for noen plikt" not in as_guard.get(page(case)).text


def test_the_timeline_stands_open_with_the_newest_and_the_rest_is_folded(
    as_guard: Client, guard: Person, luwam: Resident
) -> None:
    case = missing(luwam, guard)
    for number in range(7):
        absence.inquire(case.id, by=guard, now=timezone.now(), what=f"Runde {number}", finding="Ingenting")
    newest, rest = as_guard.get(page(case)).text.split("Vis alt (", 1)
    assert "Runde 6" in newest.split('id="timeline"')[1]
    assert "Runde 0" not in newest.split('id="timeline"')[1]
    assert "Runde 0" in rest
