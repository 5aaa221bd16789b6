"""The short version of the simulation and of the planted bugs: a few cases in memory, and one of the whole house."""

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


def test_nothing_is_wrong_with_some_cases_in_memory() -> None:
    verdicts = {seed: in_memory_running.run(seed) for seed in range(SEED, SEED + 12)}
    assert {seed: wrong for seed, (wrong, _, _) in verdicts.items() if wrong} == {}
    assert sum(checks for _, _, checks in verdicts.values()) > 2_000, "and much was looked at"


@pytest.mark.parametrize("bug", IN_MEMORY, ids=lambda one: one.name)
def test_a_planted_bug_is_found(bug: Planted) -> None:
    cases, wrong = planted.found_in_memory(bug, seed=SEED, most=60)
    assert cases, bug.says
    assert wrong


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
