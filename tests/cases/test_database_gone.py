"""The database goes away in the middle: nothing is half written, and whoever recorded is told how it stands."""

from uuid import UUID

import pytest
from django.db import connection, transaction

from cases.blocking import begin, terminate, until_blocked
from cases.invented import CENTRE_FACTS, NOW, RESIDENT_FACTS, disappearance
from savnet.access.models import Person
from savnet.cases import ledger
from savnet.cases.models import Case, CaseKey, ObligationRow, Record
from savnet.cases.rebuilding import rebuild
from savnet.cases.verifying import Damage, verify
from savnet.register.models import Centre, Resident

pytestmark = pytest.mark.django_db(transaction=True)

HELD_UP = {
    "before anything is written": "SELECT 1 FROM cases_case FOR UPDATE",
    "when the records are written but not yet what is owed": "LOCK TABLE cases_obligationrow IN SHARE MODE",
}
"""What a colleague's lock holds up, each at another point on the way of a recording."""


def assert_whole(case_id: UUID, *, events: int) -> None:
    damages: list[Damage] = []
    verify(damages.append)
    assert damages == []
    assert [found for rebuilt in rebuild(check=True) for found in rebuilt.differences] == []
    assert len(ledger.read(case_id).events) == events


@pytest.mark.parametrize("lock", HELD_UP.values(), ids=HELD_UP.keys())
def test_nothing_is_recorded_when_the_database_goes_away(case: Case, night_guard: Person, lock: str) -> None:
    with transaction.atomic():
        connection.cursor().execute(lock)
        recording = begin(lambda: ledger.record(case.id, *disappearance(), by=night_guard, now=NOW))
        terminate(until_blocked())
        with pytest.raises(ledger.NothingRecorded, match=f"{case.id}.*Record it again"):
            recording.result(20)
    assert_whole(case.id, events=0)
    assert ObligationRow.objects.count() == 0

    ledger.record(case.id, *disappearance(), by=night_guard, now=NOW)
    assert_whole(case.id, events=2)


def test_a_loss_while_confirming_is_told_as_uncertain(case: Case, night_guard: Person, leader: Person) -> None:
    with transaction.atomic():
        # The reference to who recorded is checked at the very end, and waits for this row.
        connection.cursor().execute("SELECT 1 FROM access_person WHERE id = %s FOR UPDATE", [leader.id])
        recording = begin(lambda: ledger.record(case.id, *disappearance(), by=leader, now=NOW))
        terminate(until_blocked())
        with pytest.raises(ledger.RecordedOrNot, match="Look in the case"):
            recording.result(20)
    assert_whole(case.id, events=0)


def test_no_half_case_is_opened_when_the_database_goes_away(centre: Centre, night_guard: Person) -> None:
    resident = Resident.objects.create(centre=centre, given_name="Yonas")

    def opening() -> Case:
        return ledger.open_case(
            resident_id=resident.id,
            centre_id=centre.id,
            centre=CENTRE_FACTS,
            resident=RESIDENT_FACTS,
            by=night_guard,
            now=NOW,
        )

    with transaction.atomic():
        connection.cursor().execute("LOCK TABLE cases_record IN SHARE MODE")
        held_up = begin(opening)
        terminate(until_blocked())
        with pytest.raises(ledger.NothingRecorded, match="the new case"):
            held_up.result(20)
    assert (Case.objects.count(), CaseKey.objects.count(), Record.objects.count()) == (0, 0, 0)
    assert_whole(opening().id, events=0)
