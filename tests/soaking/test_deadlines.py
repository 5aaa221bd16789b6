"""The check of every minute, on the nights the clocks change; and that it finds rules that are wrong."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from soak import deadlines
from soak.calendar import Wall, instants, walls
from soak.deadlines import Count, looked_at

from savnet.rules.rs_2015_009.section_2_3a import report_to_the_police
from savnet.rules.time import OSLO


def around(year: int, month: int, *days: int) -> list[Wall]:
    return [wall for wall in walls(year, month) if wall[2] in days and wall[4] % 10 == 0]


@pytest.mark.parametrize(
    ("year", "month", "day", "starts", "skipped"),
    [
        (2026, 3, 29, 426, 6),
        (2026, 10, 25, 438, 0),
        (2036, 3, 30, 426, 6),
        (2036, 10, 26, 438, 0),
        (2028, 2, 29, 432, 0),
    ],
)
def test_no_second_is_wrong_when_the_clocks_change(year: int, month: int, day: int, starts: int, skipped: int) -> None:
    count = looked_at(around(year, month, day - 2, day - 1, day), year)
    assert count == Count(minutes=starts, skipped=skipped, derived=count.derived)
    assert count.derived > 100


def test_a_limit_counted_by_the_clock_on_the_wall_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    def by_the_wall(moment: Any) -> Any:
        for one in report_to_the_police(moment):
            latest = moment.event.at.astimezone(OSLO) + timedelta(days=1)
            yield replace(one, obligation=replace(one.obligation, latest=latest))

    monkeypatch.setattr(deadlines, "RULES", (by_the_wall,))
    by_the_wall.id = "a-1"  # type: ignore[attr-defined]
    count = looked_at([(2026, 3, 28, 20, 0), (2026, 4, 2, 20, 0)], 2026)
    assert count.seconds_wrong == 3600


def test_a_time_that_comes_twice_is_two_starts_and_one_that_never_was_none() -> None:
    earlier, later = instants((2026, 10, 25, 2, 30))
    assert later - earlier == 3600
    assert instants((2026, 3, 29, 2, 30)) == ()
