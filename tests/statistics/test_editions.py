"""Editions: counted once when a quarter has ended, safe to publish, and never changed."""

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from django.db import DatabaseError, transaction
from hypothesis import given
from hypothesis import strategies as st

from savnet.access.models import Person
from savnet.access.rights import Role
from savnet.casework import absence, exercises
from savnet.demo import places
from savnet.register.models import Centre, Resident
from savnet.rules.events import ConcernRaised, DisappearanceBelieved, Returned, TalkHeld
from savnet.rules.words import ConcernKind, ConcernLevel, FeelsSafe, ReturnedHow
from savnet.statistics.counting import CAUSES, Counted, HowItWent, counted, disappearances
from savnet.statistics.editions import ANSWERS, EDITIONS, TALKS, WENT, publish_what_has_ended, published, tables
from savnet.statistics.models import Edition
from savnet.statistics.quarters import Quarter

REGIONS = ("fjell", "fjord", "indre")
AT = datetime(2026, 8, 3, 12, tzinfo=UTC)

found = st.builds(
    Counted,
    region=st.sampled_from(REGIONS),
    went=st.sampled_from(HowItWent),
    cause=st.sampled_from(CAUSES),
    safe=st.sampled_from([None, *ANSWERS]),
)


@given(st.lists(found, max_size=60))
def test_no_small_count_is_published_or_kept(cases: list[Counted]) -> None:
    for table in tables(cases, REGIONS).values():
        assert all(count == 0 or count >= 5 for _, _, count in table["shown"])


@given(st.lists(found, max_size=60))
def test_the_talks_are_shown_only_where_the_first_table_shows_how_many_came_back(cases: list[Counted]) -> None:
    made = tables(cases, REGIONS)
    shown = {(row, column) for row, column, _ in made[WENT]["shown"]}
    back = {(None, "back"), (None, "elsewhere")}
    assert not made[TALKS]["shown"] or back <= shown


@given(st.lists(found, max_size=60))
def test_what_is_shown_is_true(cases: list[Counted]) -> None:
    counts = Counter((one.region, one.went.value) for one in cases)
    for row, column, count in tables(cases, REGIONS)[WENT]["shown"]:
        if row is not None and column is not None:
            assert count == counts[row, column]


def test_a_disappearance_counts_by_how_it_went_and_the_gravest_worry_after_it() -> None:
    happened = [
        DisappearanceBelieved(at=AT),
        Returned(at=AT + timedelta(days=1), how=ReturnedHow.TO_CENTRE),
        TalkHeld(at=AT + timedelta(days=2), feels_safe=FeelsSafe.NO),
        ConcernRaised(at=AT + timedelta(days=2), kind=ConcernKind.OTHER, level=ConcernLevel.REASON_TO_BELIEVE),
        ConcernRaised(at=AT + timedelta(days=2), kind=ConcernKind.TRAFFICKING, level=ConcernLevel.REASON_TO_BELIEVE),
    ]
    assert counted("fjord", happened) == Counted(
        region="fjord", went=HowItWent.BACK, cause="trafficking", safe=FeelsSafe.NO.value
    )


def test_who_has_not_come_back_has_no_talk_and_no_cause() -> None:
    one = counted("fjord", [DisappearanceBelieved(at=AT)])
    assert (one.went, one.cause, one.safe) == (HowItWent.MISSING, "none", None)


@given(st.datetimes(min_value=datetime(2015, 1, 1), max_value=datetime(2100, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001 - bounds
def test_every_instant_lies_in_its_own_quarter(at: datetime) -> None:
    quarter = Quarter.of(at)
    assert quarter.began <= at < quarter.ended
    assert quarter.before.ended == quarter.began
    assert Quarter.named(quarter.name) == quarter


@pytest.mark.parametrize("name", ["2026", "2026-5", "26-1", "2026-0", "x-1", ""])
def test_what_is_no_quarter_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="is no quarter"):
        Quarter.named(name)


@pytest.fixture
def granvik(db: None) -> Centre:
    return places.furnish()[0]


@pytest.fixture
def gry(granvik: Centre) -> Person:
    return Person.objects.create_user("gry", name="Gry Vakt", role=Role.SHIFT_STAFF, centre=granvik)


def gone(centre: Centre, by: Person, at: datetime) -> None:
    child = Resident.objects.create(centre=centre, given_name="Luwam", family_name="Oppdiktet")
    case = absence.notice(child, by=by, now=at)
    absence.believe(case.id, by=by, now=at + timedelta(hours=1))


def test_a_quarter_is_published_once_and_a_late_entry_changes_nothing(granvik: Centre, gry: Person) -> None:
    for _ in range(6):
        gone(granvik, gry, AT)
    later = datetime(2026, 11, 21, 12, tzinfo=UTC)
    assert len(publish_what_has_ended(later)) == EDITIONS
    edition = Edition.objects.get(quarter="2026-3")
    assert published(edition, WENT).total == 6
    gone(granvik, gry, AT)
    assert publish_what_has_ended(later) == []
    assert published(Edition.objects.get(quarter="2026-3"), WENT).total == 6


def test_fewer_than_five_show_nowhere(granvik: Centre, gry: Person) -> None:
    for _ in range(4):
        gone(granvik, gry, AT)
    publish_what_has_ended(datetime(2026, 11, 21, 12, tzinfo=UTC))
    table = published(Edition.objects.get(quarter="2026-3"), WENT)
    assert table.total is None
    assert {count for row in table.cells for count in row} <= {0, None}


def test_an_exercise_is_no_disappearance(granvik: Centre, gry: Person) -> None:
    exercises.begin(granvik, by=gry, now=AT)
    child = Resident.objects.filter(centre__exercise_of=granvik).first()
    assert child is not None
    case = absence.notice(child, by=gry, now=AT)
    absence.believe(case.id, by=gry, now=AT)
    assert list(disappearances(Quarter(2026, 3))) == []


def test_an_edition_is_never_changed(db: None) -> None:
    Edition.objects.create(quarter="2026-1", made_at=AT, tables={})
    with pytest.raises(DatabaseError), transaction.atomic():
        Edition.objects.update(tables={"x": 1})
    with pytest.raises(DatabaseError), transaction.atomic():
        Edition.objects.all().delete()
