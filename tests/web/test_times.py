"""Oslo times in words, and local times that never were or came twice."""

import re
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

import savnet.web
from savnet.web.times import OSLO, NoSuchTime, age_on, full, instant, left, remaining, since, span, when

NOW = datetime(2026, 11, 21, 19, 15, tzinfo=UTC)


@pytest.mark.parametrize(
    ("at", "words"),
    [
        (NOW, "i dag kl. 20.15"),
        (NOW - timedelta(days=1), "i går kl. 20.15"),
        (NOW + timedelta(hours=5), "i morgen kl. 01.15"),
        (NOW + timedelta(days=2), "i overmorgen kl. 20.15"),
        (NOW + timedelta(days=4), "onsdag 25. november kl. 20.15"),
        (NOW - timedelta(days=40), "12. oktober kl. 21.15"),
        (datetime(2018, 7, 3, 10, 0, tzinfo=UTC), "3. juli 2018 kl. 12.00"),
    ],
)
def test_an_instant_is_said_as_people_say_it(at: datetime, words: str) -> None:
    assert when(at, NOW) == words


@pytest.mark.parametrize(
    ("language", "near", "whole", "ahead", "over"),
    [
        ("nb", "i går kl. 20.15", "lørdag 21. november 2026 kl. 20.15", "om 3 t 12 min", "2 d over fristen"),
        ("nn", "i går kl. 20.15", "laurdag 21. november 2026 kl. 20.15", "om 3 t 12 min", "2 d over fristen"),
        ("en", "yesterday, 20:15", "Saturday 21 November 2026, 20:15", "in 3 h 12 min", "2 d past the deadline"),
    ],
)
def test_each_language_says_dates_and_times_in_its_own_way(
    language: str, near: str, whole: str, ahead: str, over: str
) -> None:
    with translation.override(language):
        assert when(NOW - timedelta(days=1), NOW) == near
        assert full(NOW) == whole
        assert remaining(NOW + timedelta(hours=3, minutes=12), NOW) == ahead
        assert remaining(NOW - timedelta(days=2), NOW) == over


def test_a_limit_on_a_day_near_by_is_said_as_people_say_it() -> None:
    """«senest i overmorgen», never «innen i overmorgen»; in English «by the day after tomorrow»."""
    templates = Path(savnet.web.__file__).with_name("templates").rglob("*.html")
    before_a_day = re.compile(r'\binnen" %}({% endif %})? {% when')
    assert [one.name for one in templates if before_a_day.search(one.read_text())] == []
    with translation.override("en"):
        assert when(NOW + timedelta(days=2), NOW) == "the day after tomorrow, 20:15"


def test_the_two_hours_of_the_night_summer_time_ends_are_told_apart() -> None:
    first = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert when(first, first) == "i dag kl. 02.30 (sommertid)"
    assert when(first + timedelta(hours=1), first) == "i dag kl. 02.30 (normaltid)"


@pytest.mark.parametrize(
    ("left", "words"),
    [
        (timedelta(hours=3, minutes=12), "om 3 t 12 min"),
        (timedelta(seconds=20), "om under ett minutt"),
        (timedelta(hours=-2, minutes=-5), "2 t 5 min over fristen"),
        (timedelta(days=-2), "2 d over fristen"),
    ],
)
def test_what_is_left_of_a_limit_is_said_in_hours_and_minutes(left: timedelta, words: str) -> None:
    assert remaining(NOW + left, NOW) == words


def test_the_big_clock_says_what_is_left_and_of_what() -> None:
    assert left(NOW + timedelta(hours=23, minutes=59), NOW) == "23 t 59 min igjen til fristen"
    assert left(NOW - timedelta(minutes=5), NOW) == "5 min over fristen"


def test_a_time_that_the_clock_skipped_is_no_instant() -> None:
    with pytest.raises(NoSuchTime):
        instant(date(2027, 3, 28), time(2, 30))


def test_a_time_that_came_twice_is_read_as_the_earlier() -> None:
    assert instant(date(2026, 10, 25), time(2, 30)) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


@given(st.datetimes(min_value=datetime(2015, 7, 13), max_value=datetime(2040, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001
def test_what_is_shown_and_typed_back_is_the_same_minute_or_the_hour_before_when_it_came_twice(at: datetime) -> None:
    at = at.replace(second=0, microsecond=0)
    local = at.astimezone(OSLO)
    back = instant(local.date(), local.time())
    assert back == at - (timedelta(hours=1) if local.fold else timedelta(0))


@given(st.timedeltas(min_value=timedelta(0), max_value=timedelta(days=400)))
def test_a_span_is_never_empty_and_never_negative(length: timedelta) -> None:
    assert span(length) == span(-length)
    assert "-" not in span(length)
    assert since(NOW + length, NOW) == "under ett minutt" or length == timedelta(0)


def test_a_child_born_on_29_february_turns_18_on_1_march() -> None:
    assert age_on(date(2008, 2, 29), date(2026, 2, 28)) == 17
    assert age_on(date(2008, 2, 29), date(2026, 3, 1)) == 18
