"""What an office sees of what it owes: its own centres' cases only, the most pressing first."""

from collections.abc import Callable

import pytest

from cases.invented import NOW, after, disappearance
from savnet.access.models import Person
from savnet.cases import ledger, owed
from savnet.cases.models import Case
from savnet.register.models import Centre
from savnet.rules.events import DisappearanceBelieved, Done
from savnet.rules.words import Actor, Channel, Recipient

pytestmark = pytest.mark.django_db


@pytest.fixture
def missing(case: Case, night_guard: Person) -> Case:
    ledger.record(case.id, *disappearance(), by=night_guard, now=NOW)
    return case


def test_a_centre_sees_what_it_owes_itself(missing: Case, centre: Centre, other_centre: Centre) -> None:
    mine = owed.owed([centre.id])
    assert {row.obligation for row in mine} >= {"a-1", "b-4", "c-1", "d-4"}
    assert {row.actor for row in mine} == {Actor.CENTRE}
    assert not owed.owed([other_centre.id]).exists()
    assert not owed.owed([]).exists()


def test_what_has_a_limit_comes_first_and_the_soonest_first(
    missing: Case, centre: Centre, open_case: Callable[[], Case], night_guard: Person
) -> None:
    later = open_case()
    ledger.record(later.id, DisappearanceBelieved(at=after(hours=1)), by=night_guard, now=after(hours=1))
    limits = [row.latest for row in owed.owed([centre.id])]
    given = [limit for limit in limits if limit]
    assert given == sorted(given)
    assert len(set(given)) == 2
    assert limits == given + [None] * (len(limits) - len(given))


def test_overdue_begins_when_the_limit_has_passed(missing: Case, centre: Centre) -> None:
    assert not owed.overdue([centre.id], after(hours=24)).exists()
    passed = owed.overdue([centre.id], after(hours=24, seconds=1))
    assert {row.obligation for row in passed} == {"a-1", "d-4"}
    at_that_time = ledger.derive_case(missing.id, at=after(hours=24, seconds=1))
    assert {one.id for one in at_that_time.obligations if one.overdue} == {"a-1", "d-4"}


def test_due_holds_what_must_be_done_by_then(missing: Case, centre: Centre) -> None:
    assert not owed.due([centre.id], after(hours=23)).exists()
    assert {row.obligation for row in owed.due([centre.id], after(hours=24))} == {"a-1", "d-4"}


def test_what_is_done_is_no_longer_owed(missing: Case, centre: Centre, night_guard: Person) -> None:
    handed_over = Done(
        at=after(hours=1), obligation="a-1", recipient=Recipient.POLICE_DISTRICT, channel=Channel.IN_PERSON
    )
    ledger.record(missing.id, handed_over, by=night_guard, now=after(hours=1))
    assert "a-1" not in {row.obligation for row in owed.owed([centre.id])}
    assert not owed.overdue([centre.id], after(hours=30)).filter(obligation="a-1").exists()


def test_the_region_sees_what_the_region_owes(missing: Case, centre: Centre, night_guard: Person) -> None:
    sent = [
        Done(at=after(hours=1), obligation="a-1", recipient=Recipient.POLICE_DISTRICT, channel=Channel.IN_PERSON),
        Done(at=after(hours=2), obligation="d-5", recipient=Recipient.REGION, channel=Channel.POST, copy_of="a-1"),
    ]
    ledger.record(missing.id, *sent, by=night_guard, now=after(hours=2))
    regions = owed.owed([centre.id], actor=Actor.REGION)
    assert {row.obligation for row in regions} == {"3-2", "3-4"}
