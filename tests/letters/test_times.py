"""Instants as letters write them, on ordinary days and in the hour that comes twice."""

from datetime import UTC, datetime

import pytest

from savnet.letters import times
from savnet.letters.wording import Wording, wording

NB, NN = wording("nb"), wording("nn")


def moment(at: datetime, words: Wording) -> str:
    return times.moment(at, words).replace("\u00a0", " ")


def test_an_instant_is_written_on_oslos_clocks():
    assert moment(datetime(2026, 1, 31, 23, 5, tzinfo=UTC), NB) == "1. februar 2026 kl. 00.05"
    assert moment(datetime(2026, 7, 1, 12, 0, tzinfo=UTC), NN) == "1. juli 2026 kl. 14.00"


def test_in_the_hour_that_comes_twice_the_letter_says_which():
    assert moment(datetime(2026, 10, 25, 0, 30, tzinfo=UTC), NB) == "25. oktober 2026 kl. 02.30 (sommertid)"
    assert moment(datetime(2026, 10, 25, 1, 30, tzinfo=UTC), NN) == "25. oktober 2026 kl. 02.30 (normaltid)"


def test_the_hours_around_it_need_no_such_mark():
    assert moment(datetime(2026, 10, 24, 23, 59, tzinfo=UTC), NB) == "25. oktober 2026 kl. 01.59"
    assert moment(datetime(2026, 10, 25, 2, 0, tzinfo=UTC), NB) == "25. oktober 2026 kl. 03.00"


def test_across_the_missing_hour_in_spring_the_clock_jumps():
    assert moment(datetime(2026, 3, 29, 0, 59, tzinfo=UTC), NB).endswith("kl. 01.59")
    assert moment(datetime(2026, 3, 29, 1, 0, tzinfo=UTC), NB).endswith("kl. 03.00")


def test_a_time_without_a_zone_is_no_instant():
    with pytest.raises(ValueError, match="no time zone"):
        moment(datetime(2026, 3, 2, 20, 0), NB)  # noqa: DTZ001 - that is the point
