"""Instants, days in Norway, and ages."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.invented import after, believed, case, owed, the
from savnet.rules import derive
from savnet.rules.events import DisappearanceBelieved
from savnet.rules.time import OSLO, birthday, has_turned, norwegian_day, utc

MINUTE = 60
FIRST = int(datetime(2024, 1, 1, tzinfo=UTC).timestamp()) // MINUTE
LAST = int(datetime(2040, 12, 31, 23, 59, tzinfo=UTC).timestamp()) // MINUTE
CLOCK_CHANGES = ("2026-03-29", "2026-10-25", "2027-03-28", "2027-10-31", "2036-03-30", "2036-10-26")


def last_sunday(year: int, month: int) -> int:
    """The day of the month of the last Sunday of March or October, by counting days alone."""
    days_before = sum(31 if m in {1, 3, 5, 7, 8, 10} else 30 for m in range(1, month)) - (2 if month > 2 else 0)
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    first = (year - 1) * 365 + (year - 1) // 4 - (year - 1) // 100 + (year - 1) // 400 + days_before + leap
    return 31 - (first + 31) % 7


@given(st.integers(FIRST, LAST))
def test_the_limit_is_86400_seconds_after_the_belief_whenever_that_was(minute: int) -> None:
    at = datetime.fromtimestamp(minute * MINUTE, OSLO)
    answer = derive(case(DisappearanceBelieved(at=at), born=date(at.year - 16, 1, 1)), at)
    for id in ("a-1", "d-4"):
        latest = the(answer, id).latest
        assert latest
        assert int(latest.timestamp()) == minute * MINUTE + 86_400


@pytest.mark.parametrize("night", CLOCK_CHANGES)
def test_a_night_on_which_the_clocks_change_has_24_hours_too(night: str) -> None:
    changed = date.fromisoformat(night)
    assert changed.day == last_sunday(changed.year, changed.month)
    evening = datetime(changed.year, changed.month, changed.day, 20, tzinfo=OSLO) - timedelta(days=1)
    latest = the(
        derive(case(DisappearanceBelieved(at=evening), born=date(changed.year - 16, 1, 1)), evening), "a-1"
    ).latest
    assert latest
    assert latest.astimezone(OSLO).hour == (21 if changed.month == 3 else 19)


@pytest.mark.parametrize(("ask", "overdue"), [(0, False), (1, True)])
def test_overdue_begins_after_the_last_instant_and_not_at_it(ask: int, overdue: bool) -> None:
    assert the(owed(believed(), at=after(24, seconds=ask)), "a-1").overdue is overdue


def test_an_instant_without_offset_is_refused() -> None:
    with pytest.raises(ValueError, match="no offset"):
        derive(case(), datetime(2026, 3, 2, 20))  # noqa: DTZ001 - that is the point


def test_the_same_instant_in_any_offset_gives_the_same_answer() -> None:
    here = datetime(2026, 3, 2, 20, tzinfo=OSLO)
    there = here.astimezone(timezone(timedelta(hours=-7)))
    assert derive(case(DisappearanceBelieved(at=here)), here) == derive(case(DisappearanceBelieved(at=here)), there)
    assert utc(here) == utc(there)


def test_the_day_changes_at_midnight_in_norway() -> None:
    assert norwegian_day(datetime(2026, 3, 2, 22, 59, tzinfo=UTC)) == date(2026, 3, 2)
    assert norwegian_day(datetime(2026, 3, 2, 23, 0, tzinfo=UTC)) == date(2026, 3, 3)
    assert norwegian_day(datetime(2026, 7, 2, 22, 0, tzinfo=UTC)) == date(2026, 7, 3)


def test_born_on_29_february_turns_on_1_march_where_there_is_no_29th() -> None:
    assert birthday(date(2008, 2, 29), 18) == date(2026, 3, 1)
    assert birthday(date(2008, 2, 29), 16) == date(2024, 2, 29)
    assert not has_turned(date(2008, 2, 29), 18, on=date(2026, 2, 28))
    assert has_turned(date(2008, 2, 29), 18, on=date(2026, 3, 1))
