"""The short version of the simulation and of the planted bugs: a few cases in memory, and one of the whole house.

Three of the whole house's bugs are looked for too, each by another judge, so that it shows if those go blind.
"""

import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from soak import planted
from soak.simulation import hours, in_memory_running
from soak.simulation.planted import Planted
from soak.simulation.planted_in_memory import IN_MEMORY
from soak.simulation.planted_in_the_house import IN_THE_HOUSE

ROOT = Path(__file__).parents[2]
SEED = 20261122
FOUND_AT_ONCE = ("an_automatic_answer_is_a_receipt", "a_weaker_way_is_taken", "an_exercise_leaves_the_house")
"""Bugs that the first fitting case shows within seconds. The first two are found in the case that is clean without."""


def test_nothing_is_wrong_with_some_cases_in_memory() -> None:
    verdicts = {seed: in_memory_running.run(seed) for seed in range(SEED, SEED + 12)}
    assert {seed: wrong for seed, (wrong, _, _) in verdicts.items() if wrong} == {}
    assert sum(checks for _, _, checks in verdicts.values()) > 2_000, "and much was looked at"


@pytest.mark.parametrize("bug", IN_MEMORY, ids=lambda one: one.name)
def test_a_planted_bug_is_found(bug: Planted) -> None:
    cases, wrong = planted.found_in_memory(bug, seed=SEED, most=60)
    assert cases, bug.says
    assert wrong


@pytest.mark.parametrize("bug", IN_THE_HOUSE, ids=lambda one: one.name)
def test_a_bug_of_the_whole_house_can_still_be_planted(bug: Planted) -> None:
    with bug.plant():
        pass


def test_there_are_twenty_planted_bugs_each_with_its_words() -> None:
    everyone = [*IN_MEMORY, *IN_THE_HOUSE]
    assert len(everyone) == len({one.name for one in everyone}) == 20
    assert all(one.says.endswith(".") for one in everyone)


def test_the_same_seed_tells_the_same_story() -> None:
    first, second = in_memory_running.run(SEED)[1], in_memory_running.run(SEED)[1]
    assert first.story == second.story


def test_the_last_review_of_a_child_is_a_fortnight_before_the_birthday() -> None:
    due = hours.review_after(date(2026, 1, 20), last=None, born=date(2008, 2, 12))
    assert due == date(2026, 1, 27)
    assert hours.review_after(date(2026, 1, 20), last=due, born=date(2008, 2, 12)) == date(2026, 1, 29)


@pytest.mark.slow
def test_one_case_of_the_whole_house_holds_all_that_it_must() -> None:
    command = [sys.executable, "-m", "soak.simulation", "1", str(SEED), "house"]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=550)
    assert run.returncode == 0, run.stdout[-4000:] + run.stderr[-2000:]
    assert "believed to have disappeared" in run.stdout


@pytest.mark.slow
def test_planted_bugs_of_the_whole_house_are_found() -> None:
    command = [sys.executable, "-m", "soak.planted", str(SEED), "2", *FOUND_AT_ONCE]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=550)
    assert run.returncode == 0, run.stdout[-4000:] + run.stderr[-2000:]
    assert f"found {len(FOUND_AT_ONCE)} of {len(FOUND_AT_ONCE)}" in run.stdout


def test_a_bug_by_a_name_that_is_none_is_not_found(capsys: pytest.CaptureFixture[str]) -> None:
    assert planted.main(str(SEED), "memory", "no_such_bug") == 1
    assert "found 0 of 1" in capsys.readouterr().out
