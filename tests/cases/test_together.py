"""Several at once, each on a connection of their own: nothing is lost, nothing changes place, no case is doubled."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

import pytest
from django.db import connection

from cases.invented import CENTRE_FACTS, NOW, RESIDENT_FACTS, after
from savnet.access.models import Person
from savnet.cases import ledger
from savnet.cases.models import Case, CaseKey, ObligationRow, Record
from savnet.cases.verifying import Damage, verify
from savnet.register.models import Centre, Resident
from savnet.rules.events import DisappearanceBelieved, InquiryMade

T = TypeVar("T")

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(count: int, work: Callable[[int], T]) -> list[T]:
    """What `count` threads return that all begin at the same moment."""
    barrier = Barrier(count)

    def one(number: int) -> T:
        barrier.wait()
        try:
            return work(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(one, range(count)))


def test_many_who_record_at_once_lose_and_reorder_nothing(case: Case, night_guard: Person, leader: Person) -> None:
    people, each = [night_guard, leader], 6

    def work(number: int) -> None:
        for turn in range(each):
            now = after(seconds=turn)
            first = InquiryMade(at=NOW, what=f"{number}/{turn}/a")
            second = InquiryMade(at=NOW, what=f"{number}/{turn}/b")
            ledger.record(case.id, first, second, by=people[number % 2], now=now)

    at_once(8, work)

    events = ledger.read(case.id).events
    assert [event.number for event in events] == list(range(2, 2 + 8 * each * 2))
    said = [event.what for event in events if isinstance(event, InquiryMade)]
    for number in range(8):
        own = [what for what in said if what and what.startswith(f"{number}/")]
        assert own == [f"{number}/{turn}/{part}" for turn in range(each) for part in "ab"]
    assert [what.rpartition("/")[0] for what in said[::2]] == [what.rpartition("/")[0] for what in said[1::2]]
    times = [event.recorded_at for event in events]
    assert times == sorted(times)
    damages: list[Damage] = []
    verify(damages.append)
    assert damages == []


def test_two_who_report_the_same_child_at_once_get_one_set_of_duties(case: Case, night_guard: Person) -> None:
    at_once(2, lambda _: ledger.record(case.id, DisappearanceBelieved(at=NOW), by=night_guard, now=NOW))
    assert len(ledger.read(case.id).events) == 2
    open_reports = ObligationRow.objects.filter(case=case, obligation="a-1", state="open")
    assert open_reports.count() == 1


def test_who_holds_a_case_can_trust_what_was_read_in_it(case: Case, night_guard: Person) -> None:
    def report_once(_: int) -> None:
        with ledger.hold(case.id):
            if ledger.derive_case(case.id).missing_since is None:
                ledger.record(case.id, DisappearanceBelieved(at=NOW), by=night_guard, now=NOW)

    at_once(6, report_once)
    assert len(ledger.read(case.id).events) == 1


def test_those_who_record_meanwhile_do_not_look_like_damage(case: Case, night_guard: Person) -> None:
    damages: list[Damage] = []

    def work(number: int) -> None:
        for _ in range(10):
            if number:
                ledger.record(case.id, InquiryMade(at=NOW), by=night_guard, now=NOW)
            else:
                verify(damages.append)

    at_once(4, work)
    assert damages == []
    assert len(ledger.read(case.id).events) == 30


def test_a_resident_has_one_case_however_many_open_it_at_once(centre: Centre, night_guard: Person) -> None:
    resident = Resident.objects.create(centre=centre, given_name="Yonas")

    def work(_: int) -> Case:
        return ledger.open_case(
            resident_id=resident.id,
            centre_id=centre.id,
            centre=CENTRE_FACTS,
            resident=RESIDENT_FACTS,
            by=night_guard,
            now=NOW,
        )

    opened = at_once(8, work)

    assert len({case.id for case in opened}) == 1
    assert (Case.objects.count(), CaseKey.objects.count(), Record.objects.count()) == (1, 1, 1)
    assert {case.head_sequence for case in opened} == {1}


def test_recording_in_one_case_does_not_wait_for_another(open_case: Callable[[], Case], night_guard: Person) -> None:
    first, second = open_case(), open_case()

    def work(number: int) -> None:
        case = (first, second)[number % 2]
        ledger.record(case.id, InquiryMade(at=NOW), by=night_guard, now=NOW)

    at_once(6, work)
    assert [len(ledger.read(case.id).events) for case in (first, second)] == [3, 3]
