"""The ladders: who waits is never forgotten, what is late is never silent for more than an hour, and nobody floods."""

from datetime import UTC, datetime, timedelta
from itertools import islice, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from savnet.policy.ladder import (
    BREACH,
    BY_NUMBER,
    BY_STANDARD,
    NOT_THEIRS,
    QUESTION,
    RECEIPT,
    UNOWNED,
    UNREVIEWED,
    Ladder,
    due,
    following,
    ladder_for,
    rungs,
)
from savnet.policy.turns import QUIET
from savnet.rules.words import Standard

HOUR = timedelta(hours=1)
ARISEN = datetime(2026, 10, 24, 20, tzinfo=UTC)  # the night the clocks go back
ALL = (BY_NUMBER, *BY_STANDARD.values(), RECEIPT, NOT_THEIRS, QUESTION, UNOWNED, UNREVIEWED, BREACH)

ladders = st.sampled_from(ALL)
instants = st.datetimes(datetime(2024, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
whiles = st.timedeltas(timedelta(0), timedelta(days=800))
limits = st.none() | st.timedeltas(timedelta(days=-3), timedelta(days=3))


def hours(ladder: Ladder, latest: datetime | None, many: int) -> list[float]:
    return [(rung.at - ARISEN) / HOUR for rung in islice(rungs(ladder, ARISEN, latest), many)]


def test_what_has_24_hours_is_told_of_at_once_then_at_1_4_12_20_23_at_the_breach_and_hourly() -> None:
    assert hours(BY_NUMBER, ARISEN + 24 * HOUR, 9) == [0, 1, 4, 12, 20, 23, 24, 25, 26]
    late = [rung.late for rung in islice(rungs(BY_NUMBER, ARISEN, ARISEN + 24 * HOUR), 8)]
    assert late == [False] * 6 + [True] * 2


def test_every_standard_of_the_circular_has_its_ladder() -> None:
    assert set(BY_STANDARD) == set(Standard)
    assert ladder_for(Standard.NONE, latest=ARISEN) is BY_NUMBER


def test_a_notice_that_nobody_confirms_is_told_of_within_the_hour() -> None:
    assert hours(RECEIPT, None, 1)[0] < 1


def test_also_somebody_who_was_just_told_of_something_else_hears_of_it_within_the_hour() -> None:
    a_round = timedelta(minutes=1)
    assert RECEIPT.steps[0] + a_round + QUIET + a_round <= timedelta(hours=1)


def test_what_arose_after_its_limit_is_late_from_the_first() -> None:
    first = next(rungs(BY_NUMBER, ARISEN, ARISEN - HOUR))
    assert (first.number, first.at, first.late) == (0, ARISEN, True)


def test_a_worker_that_was_away_for_a_day_tells_once_and_not_for_every_hour() -> None:
    newest = due(BY_NUMBER, ARISEN, ARISEN + 48 * HOUR, latest=ARISEN + 24 * HOUR)
    assert newest
    assert newest.at == ARISEN + 48 * HOUR


@given(ladders, instants, whiles, limits)
def test_the_rungs_only_rise(ladder: Ladder, arisen: datetime, after: timedelta, limit: timedelta | None) -> None:
    latest = None if limit is None else arisen + limit
    found = list(islice(rungs(ladder, arisen, latest), 40))
    assert [one.number for one in found] == list(range(40))
    assert all(one.at < other.at and one.late <= other.late for one, other in pairwise(found))
    assert found[0].at >= arisen


@given(ladders, instants, whiles, limits)
def test_there_is_always_a_next_rung_and_it_follows_the_one_that_is_due(
    ladder: Ladder, arisen: datetime, after: timedelta, limit: timedelta | None
) -> None:
    now, latest = arisen + after, None if limit is None else arisen + limit
    newest, coming = due(ladder, arisen, now, latest=latest), following(ladder, arisen, now, latest=latest)
    assert coming.at > now
    assert coming.number == (newest.number + 1 if newest else 0)
    if newest:
        assert newest.at <= now


@given(instants, st.timedeltas(timedelta(0), timedelta(days=900)), st.timedeltas(timedelta(0), timedelta(days=3)))
def test_after_the_breach_no_hour_goes_by_in_silence(arisen: datetime, after: timedelta, limit: timedelta) -> None:
    latest = arisen + limit
    now = latest + after
    newest = due(BY_NUMBER, arisen, now, latest=latest)
    assert newest
    assert newest.late
    assert timedelta(0) <= now - newest.at < HOUR


@given(ladders, instants, whiles)
def test_a_day_of_one_obligation_is_at_most_25_rungs(ladder: Ladder, arisen: datetime, after: timedelta) -> None:
    begin = arisen + after
    first = following(ladder, arisen, begin)
    last = due(ladder, arisen, begin + timedelta(days=1))
    assert (last.number - first.number + 1 if last else 0) <= 25


@given(ladders, instants, whiles)
def test_the_quick_way_finds_the_same_rung_as_walking_the_ladder(
    ladder: Ladder, arisen: datetime, after: timedelta
) -> None:
    now = arisen + min(after, timedelta(days=60))
    walked = None
    for rung in rungs(ladder, arisen):
        if rung.at > now:
            break
        walked = rung
    assert due(ladder, arisen, now) == walked


@pytest.mark.parametrize(
    "wrong",
    [
        {"steps": (HOUR, HOUR), "limit": HOUR, "every": HOUR},
        {"steps": (-HOUR,), "limit": HOUR, "every": HOUR},
        {"steps": (), "limit": timedelta(0), "every": HOUR},
        {"steps": (), "limit": HOUR, "every": timedelta(0)},
    ],
)
def test_a_ladder_that_leads_nowhere_is_refused(wrong: dict[str, timedelta]) -> None:
    with pytest.raises(ValueError, match="needs rising steps"):
        Ladder(name="wrong", **wrong)  # type: ignore[arg-type]
