"""A different person each time, one message in a while, peace for a while only; and reviews that never end."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from savnet.policy.reviews import months_after, next_review
from savnet.policy.turns import (
    AGAIN,
    LONGEST_WHEN_LATE,
    PAUSES,
    QUIET,
    may_tell,
    may_try_again,
    next_in_turn,
    pause_until,
)

NOW = datetime(2026, 3, 2, 20, 5, tzinfo=UTC)
days = st.dates(date(2024, 1, 1), date(2040, 1, 1))
people = st.lists(st.sampled_from("abcdef"), unique=True)


@given(people, st.integers(0, 30))
def test_nobody_is_told_twice_before_everybody_was_told_once(candidates: list[str], rounds: int) -> None:
    told: list[str] = []
    for _ in range(rounds):
        one = next_in_turn(candidates, told)
        if one is None:
            assert not candidates
            return
        told.append(one)
    times = [told.count(one) for one in candidates]
    assert not times or max(times) - min(times) <= 1


def test_somebody_new_on_duty_comes_before_those_who_were_told() -> None:
    assert next_in_turn(["a", "b", "c"], ["a", "b"]) == "c"
    assert next_in_turn(["a", "b"], ["b", "a", "c"]) == "b"


@given(st.lists(st.integers(0, 600), max_size=60))
def test_nobody_gets_two_messages_within_the_while(minutes: list[int]) -> None:
    told: list[datetime] = []
    for minute in sorted(minutes):
        at = NOW + timedelta(minutes=minute)
        if may_tell(told[-1] if told else None, at):
            told.append(at)
    assert all(other - one >= QUIET for one, other in pairwise(told))


def test_whoever_could_not_be_reached_is_left_alone_for_five_minutes() -> None:
    assert not may_try_again(NOW, NOW + AGAIN - timedelta(seconds=1))
    assert may_try_again(NOW, NOW + AGAIN)


@given(st.sampled_from(PAUSES), st.timedeltas(timedelta(days=-2), timedelta(days=2)))
def test_no_answer_keeps_the_ladder_still_past_the_limit_or_long_after_it(
    asked: timedelta, to_limit: timedelta
) -> None:
    limit = NOW + to_limit
    until = pause_until(asked, NOW, limit=limit)
    assert NOW < until <= NOW + asked
    assert until <= limit if limit > NOW else until <= NOW + LONGEST_WHEN_LATE


def test_a_while_that_the_house_does_not_offer_is_refused() -> None:
    with pytest.raises(ValueError, match="none of the whiles"):
        pause_until(timedelta(days=300), NOW, limit=None)


def test_a_case_is_gone_through_after_a_week_one_three_and_six_months_and_then_every_year() -> None:
    since, last, found = date(2026, 1, 31), None, []
    for _ in range(7):
        last = next_review(since, last=last, born=None)
        found.append(last)
    assert found == [
        date(2026, 2, 7),
        date(2026, 2, 28),
        date(2026, 4, 30),
        date(2026, 7, 31),
        date(2027, 1, 31),
        date(2028, 1, 31),
        date(2029, 1, 31),
    ]


def test_a_case_is_gone_through_before_the_child_turns_18() -> None:
    since, born = date(2026, 1, 1), date(2008, 12, 1)
    assert next_review(since, last=date(2026, 7, 1), born=born) == date(2026, 11, 17)
    assert next_review(since, last=date(2026, 11, 17), born=born) == date(2027, 1, 1)


def test_a_child_who_goes_missing_days_before_turning_18_is_reviewed_the_day_before() -> None:
    assert next_review(date(2026, 11, 28), last=None, born=date(2008, 12, 1)) == date(2026, 11, 30)


def test_a_child_born_on_29_february_turns_18_on_the_last_of_that_month() -> None:
    assert months_after(date(2008, 2, 29), 216) == date(2026, 2, 28)


@given(days, st.none() | st.timedeltas(timedelta(0), timedelta(days=9000)), days)
def test_there_is_always_a_next_review_within_the_year(since: date, after: timedelta | None, born: date) -> None:
    last = None if after is None else since + after
    found = next_review(since, last=last, born=born)
    assert (last or since) < found <= (last or since) + timedelta(days=366)
