"""The scenarios, each at every instant it asks about; and that every duty has scenarios on all its sides."""

from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest

from law.expectation import deviations
from savnet.rules import read_instant
from savnet.rules.rs_2015_009.versions import VERSIONS
from savnet.rules.scenario import Scenario
from savnet.running.follow import answer
from savnet.running.scenario_file import load

FOLDER = Path(__file__).parent
SCENARIOS = {file: load(file) for file in sorted(FOLDER.glob("*/*.yaml"))}
SIDES = ("arises", "inside", "outside", "not_reached")
"""It arises; just inside its limit; just outside it; and where nothing calls for it."""

DUTIES = sorted({duty.id for version in VERSIONS for duty in version.duties})


def name(file: Path) -> str:
    """A scenario's name: its folder and file."""
    return str(file.relative_to(FOLDER).with_suffix(""))


def asked() -> list[Any]:
    """Every scenario at every instant it asks about."""
    return [
        pytest.param(scenario, expected, id=f"{name(file)}-{number}")
        for file, scenario in SCENARIOS.items()
        for number, expected in enumerate(scenario.expect, start=1)
    ]


@pytest.mark.parametrize(("scenario", "expected"), asked())
def test_what_is_owed_is_what_the_scenario_says(scenario: Scenario, expected: dict[str, Any]) -> None:
    at = read_instant(expected["at"]) if "at" in expected else None
    assert list(deviations(expected, answer(scenario, at))) == []


@pytest.mark.parametrize("scenario", SCENARIOS.values(), ids=map(name, SCENARIOS))
def test_a_scenario_has_a_title_a_reason_and_says_what_it_shows(scenario: Scenario) -> None:
    assert scenario.title
    assert scenario.why.endswith(".")
    assert scenario.expect
    assert set(scenario.shows) <= set(DUTIES) | {"scope", "order"}
    assert all(set(sides) <= set(SIDES) for sides in scenario.shows.values())


@pytest.mark.parametrize("duty", DUTIES)
def test_every_duty_is_shown_from_all_its_sides(duty: str) -> None:
    shown = defaultdict(list)
    for file, scenario in SCENARIOS.items():
        for side in scenario.shows.get(duty, []):
            shown[side].append(name(file))
    assert [side for side in SIDES if not shown[side]] == [], f"{duty} has scenarios only for {dict(shown)}"


def test_each_scenario_that_follows_from_the_text_is_here() -> None:
    numbers = {int(file.stem[:2]) for file in FOLDER.glob("the_text/*.yaml")}
    assert numbers == set(range(1, 14))
