"""What people are shown of when the house tells somebody is what the ladders do, number for number."""

import re
from datetime import UTC, datetime, timedelta
from itertools import islice

import pytest
from babel.messages.pofile import read_po

from savnet.policy.house import HOUSE_POLICIES, HousePolicy
from savnet.policy.ladder import BY_NUMBER, BY_STANDARD, Ladder, rungs
from savnet.policy.ladders_shown import LADDERS_SHOWN
from savnet.policy.turns import AGAIN, QUIET
from savnet.policy.waiting import LADDERS
from savnet.running.catalogues import FILE, WRITTEN

NOW = datetime(2026, 10, 24, 20, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
UNITS = {"minutter": MINUTE, "timer": HOUR, "døgn": DAY}
NUMBERED = re.compile(r"etter ([\d, og]+) (minutter|timer|døgn)")
EVERY = re.compile(r"og så (hver(?:t)? [\w ]+)\.$")
AFTERWARDS = {
    "hver time": HOUR,
    "hver fjerde time": 4 * HOUR,
    "hver tolvte time": 12 * HOUR,
    "hvert døgn": DAY,
    "hvert andre døgn": 2 * DAY,
    "hver uke": 7 * DAY,
}
ALL = [BY_NUMBER, *BY_STANDARD.values(), *LADDERS.values()]


def shown(ladder: Ladder) -> HousePolicy:
    (found,) = [one for one in LADDERS_SHOWN if one.name == ladder.name]
    return found


def read(says: str) -> tuple[list[timedelta], timedelta]:
    """The waits that a reader reads out of it, and how often it is repeated after the last."""
    waits = [timedelta(0)] if "med én gang" in says else []
    for numbers, unit in NUMBERED.findall(says):
        waits += [int(one) * UNITS[unit] for one in re.findall(r"\d+", numbers)]
    (every,) = EVERY.findall(says)
    return waits, AFTERWARDS[every]


def test_every_ladder_is_shown_once() -> None:
    assert sorted(one.name for one in LADDERS_SHOWN) == sorted(one.name for one in ALL)


@pytest.mark.parametrize("ladder", [one for one in ALL if one is not BY_NUMBER], ids=lambda one: one.name)
def test_who_goes_by_what_is_shown_is_told_when_it_says(ladder: Ladder) -> None:
    waits, every = read(shown(ladder).says)
    told = [rung.at - NOW for rung in islice(rungs(ladder, NOW), len(waits) + 3)]
    assert told == [*waits, *(waits[-1] + every * number for number in (1, 2, 3))]


@pytest.mark.parametrize("limit", [6 * HOUR, DAY, 3 * DAY])
def test_what_has_a_number_is_told_of_as_shown_before_its_limit_at_it_and_after(limit: timedelta) -> None:
    waits, every = read(shown(BY_NUMBER).says)
    before = [wait for wait in waits if wait < limit]
    told = [rung.at - NOW for rung in islice(rungs(BY_NUMBER, NOW, NOW + limit), len(before) + 3)]
    assert told == [*before, limit, limit + every, limit + 2 * every]


def test_the_quarter_and_the_five_minutes_are_the_ones_that_are_kept() -> None:
    says = {one.name: one.says for one in HOUSE_POLICIES}
    assert ("i kvarteret" in says["ladder"], QUIET) == (True, 15 * MINUTE)
    assert ("etter fem minutter" in says["handed_on"], AGAIN) == (True, 5 * MINUTE)
    assert not re.search(r"\d", says["ladder"]), "hours stand with each ladder, and are made from it"


@pytest.mark.parametrize("language", ["nn", "en"])
def test_the_numbers_are_the_same_in_every_language(language: str) -> None:
    with (WRITTEN / language / FILE).open("rb") as file:
        catalogue = read_po(file)
    for policy in LADDERS_SHOWN:
        translated = catalogue.get(policy.says)
        assert translated, policy.says
        assert re.findall(r"\d+", str(translated.string)) == re.findall(r"\d+", policy.says)
