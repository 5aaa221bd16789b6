"""Told twice is done once: a second tap, a colleague at the same desk, two who press at the same instant."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

import pytest
from django.db import connection, transaction

from cases.blocking import begin, terminate, until_blocked
from casework.invented import DAY, HOUR, MINUTE, Story, waiting_jobs
from savnet.access.models import Person
from savnet.cases import ledger
from savnet.cases.models import Case
from savnet.cases.rebuilding import rebuild
from savnet.casework import absence, by_hand, returning, sending
from savnet.casework.errors import NothingOwed
from savnet.casework.receipts import record_receipt
from savnet.delivery.channels.paper import NobodyYet
from savnet.delivery.models import Attempt, Message, Receipt
from savnet.rules.events import (
    AbsenceNoticed,
    Attempted,
    DisappearanceBelieved,
    Done,
    LetterComposed,
    Received,
    Returned,
)
from savnet.rules.words import Channel, ObligationState, Recipient, ReturnedHow

pytestmark = pytest.mark.django_db
together = pytest.mark.django_db(transaction=True)
Tell = Callable[..., Story]
T = TypeVar("T")


def at_once(work: Callable[[], T], times: int = 4) -> list[T]:
    """Let several do the same at the same instant, each on a connection of its own."""
    start = Barrier(times)

    def one() -> T:
        start.wait(20)
        try:
            return work()
        finally:
            connection.close()

    with ThreadPoolExecutor(times) as pool:
        return [done.result(60) for done in [pool.submit(one) for _ in range(times)]]


# A second tap


def test_a_letter_handed_over_twice_left_the_house_once(story: Tell) -> None:
    case = story().told()
    letter = case.letter("a-1")
    for _ in range(2):
        case.hand_over(letter, Channel.IN_PERSON, received_by="Betjent Vakt", reference="111")
    assert len(case.recorded(Done)) == 1
    assert len(case.recorded(Received)) == 1
    assert (Attempt.objects.count(), Receipt.objects.count()) == (1, 1)
    assert len(case.owed("d-5")) == 1


def test_a_second_tap_a_moment_later_is_a_second_tap_too(story: Tell) -> None:
    case = story().told()
    letter = case.letter("b-4")
    case.hand_over(letter)
    case.later(MINUTE).hand_over(letter)
    assert len(case.recorded(Done)) == 1


def test_a_posted_letter_that_is_later_said_to_have_come_is_received(story: Tell) -> None:
    case = story().told()
    letter = case.letter("b-4")
    case.hand_over(letter)
    case.later(DAY)
    with pytest.raises(NobodyYet):
        case.hand_over(letter, received_by="Kari Vakt")
    record_receipt(letter.id, by_name="Kari Vakt", reference="", at=case.now, by=case.guard, now=case.now)
    assert len(case.recorded(Done)) == 1
    assert case.the("b-4").received_by == "Kari Vakt"


def test_the_same_receipt_twice_is_one_and_a_case_number_later_is_another(story: Tell) -> None:
    case = story().told()
    case.to_the_police(received_by="Betjent Vakt")
    letter = case.letter("a-1")
    case.later(HOUR)
    for _ in range(2):
        record_receipt(letter.id, by_name="Betjent Vakt", reference="000777", at=case.now, by=case.guard, now=case.now)
    assert len(case.recorded(Received)) == 2
    assert case.the("a-1").received_by == "Betjent Vakt"
    assert case.the("a-1").reference == "000777"


def test_a_call_told_twice_was_made_once(story: Tell) -> None:
    case = story().missing()
    for _ in range(2):
        case.call(Recipient.LAWYER, reached=False)
    assert len(case.recorded(Attempted)) == 1
    case.call(Recipient.LAWYER)
    with pytest.raises(NothingOwed, match="allerede gjort"):
        case.call(Recipient.LAWYER)
    assert len(case.recorded(Done)) == 1
    assert len(case.recorded(Received)) == 1
    assert Message.objects.count() == 1


def test_what_is_ticked_off_twice_is_entered_once(story: Tell) -> None:
    case = story().missing()
    key = case.the("d-4").key
    by_hand.tick_off(case.id, key, by=case.guard, now=case.now, reference="S-1")
    with pytest.raises(NothingOwed, match="allerede gjort"):
        by_hand.tick_off(case.id, key, by=case.guard, now=case.now)
    assert len(case.recorded(Done)) == 1


def test_two_who_say_that_the_child_is_back_say_it_once(story: Tell) -> None:
    case = story().told()
    for _ in range(2):
        returning.note_return(case.id, how=ReturnedHow.TO_CENTRE, by=case.guard, now=case.now)
    assert len(case.recorded(Returned)) == 1


def test_sent_twice_is_composed_once(story: Tell, nowhere: None) -> None:
    case = story().told()
    letters, jobs = Message.objects.count(), waiting_jobs()
    assert case.send() == []
    assert (Message.objects.count(), waiting_jobs()) == (letters, jobs)


# At the same instant


@together
def test_two_staff_who_report_the_same_child_at_once_report_one_child(story: Tell, guard: Person) -> None:
    case = story()

    def report() -> None:
        opened = absence.notice(case.child, by=guard, now=case.now)
        absence.believe(opened.id, by=guard, now=case.now)

    at_once(report)
    case.case = Case.objects.get()
    assert [len(case.recorded(kind)) for kind in (AbsenceNoticed, DisappearanceBelieved)] == [1, 1]
    assert len(case.owed("a-1")) == 1


@together
def test_two_who_press_send_at_once_send_once(story: Tell, nowhere: None, guard: Person) -> None:
    case = story().missing().answered()
    sent = at_once(lambda: sending.send(case.id, by=guard, now=case.now))
    assert sorted(len(one) for one in sent) == [0, 0, 0, 2]
    assert Message.objects.count() == 2
    assert len(waiting_jobs()) == 1
    assert len(case.recorded(LetterComposed)) == 2


@together
def test_two_who_mark_the_same_duty_done_at_once_do_it_once(story: Tell, guard: Person) -> None:
    case = story().told()
    key = case.the("b-4").key

    def done() -> str:
        try:
            by_hand.mark_done(case.id, key, by=guard, now=case.now, channel=Channel.POST)
        except NothingOwed:
            return "already"
        return "done"

    assert sorted(at_once(done)) == ["already"] * 3 + ["done"]
    assert len(case.recorded(Done, obligation="b-4")) == 1


@together
def test_two_who_hand_over_the_same_letter_at_once_hand_over_one(story: Tell) -> None:
    case = story().told()
    letter = case.letter("a-1")
    at_once(lambda: case.hand_over(letter, Channel.IN_PERSON, received_by="Betjent Vakt"))
    assert len(case.recorded(Done, obligation="a-1")) == 1
    assert Message.objects.filter(obligation="d-5").count() == 1


# The database goes away in the middle


HELD_UP = {
    "before anything is read": "SELECT 1 FROM cases_case FOR UPDATE",
    "when the letters are written but not the ledger": "LOCK TABLE cases_record IN SHARE MODE",
    "when the first letter is to be kept": "LOCK TABLE delivery_message IN SHARE MODE",
    "when the job is to be queued": "LOCK TABLE procrastinate_jobs IN SHARE MODE",
}


@together
@pytest.mark.parametrize("lock", HELD_UP.values(), ids=HELD_UP.keys())
def test_the_database_gone_midway_through_sending_leaves_nothing_half_done(
    story: Tell, nowhere: None, guard: Person, lock: str
) -> None:
    case = story().missing().answered()
    events = len(case.at_hand().events)
    with transaction.atomic():
        connection.cursor().execute(lock)
        pressing = begin(lambda: sending.send(case.id, by=guard, now=case.now))
        terminate(until_blocked())
        with pytest.raises(ledger.NothingRecorded, match="Record it again"):
            pressing.result(20)
    assert Message.objects.count() == 0
    assert waiting_jobs() == {}
    assert len(case.at_hand().events) == events
    assert [found for one in rebuild(check=True) for found in one.differences] == []

    assert len(case.send()) == 2
    assert len(waiting_jobs()) == 1
    assert case.the("a-1").state is ObligationState.OPEN
