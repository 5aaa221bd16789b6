"""Simulated cases on a virtual clock, in memory by the thousand and in the whole house by the dozen.

In memory the real rules, policy and delivery's decisions run on a ledger that is a list. In the whole house it is the
real services on PostgreSQL, with receivers that do what they like. One case, by its seed, tells its story.

Run: python -m soak.simulation [cases] [seed] [house]
"""

import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from os import cpu_count
from random import SystemRandom
from time import perf_counter

from soak.saying import say
from soak.simulation import in_memory_running

AT_A_TIME = 50
CASES, IN_THE_HOUSE = 20_000, 40
MOST_SHOWN = 10
Verdict = tuple[int, str, int]
"""The seed, what was wrong, and how many checks were made."""


def some(seeds: range) -> list[Verdict]:
    """These cases, in memory."""
    return [(seed, wrong, checks) for seed in seeds for wrong, _, checks in [in_memory_running.run(seed)]]


def in_memory(cases: int, seed: int) -> Iterator[Verdict]:
    """So many cases from this seed on, on all processors."""
    parts = [range(first, min(first + AT_A_TIME, seed + cases)) for first in range(seed, seed + cases, AT_A_TIME)]
    with ProcessPoolExecutor(cpu_count()) as pool:
        for verdicts in pool.map(some, parts):
            yield from verdicts


def in_the_house(cases: int, seed: int) -> Iterator[Verdict]:
    """The same in the whole house, one after the other."""
    import soak.ground  # noqa: F401 - only who asks for the house needs Django

    # isort: split

    from soak.simulation.running import run
    from soak.simulation.world import world

    with world() as there:
        for number in range(seed, seed + cases):
            outcome = run(number, there)
            if cases == 1:
                _tell(outcome.story)
            yield number, outcome.wrong, outcome.checks


def _tell(story: Iterable[str]) -> None:
    for line in story:
        say(f"  {line}")


def main(*arguments: str) -> int:
    """Run them and tell; 1 where anything was wrong."""
    house = "house" in arguments
    numbers = [int(one) for one in arguments if one.isdigit()]
    cases = numbers[0] if numbers else IN_THE_HOUSE if house else CASES
    seed = numbers[1] if len(numbers) > 1 else SystemRandom().randrange(2**31)
    say(f"simulation {'in the whole house' if house else 'in memory'}: seed {seed}")
    if cases == 1 and not house:
        _tell(in_memory_running.run(seed)[1].story)
    return _told(in_the_house(cases, seed) if house else in_memory(cases, seed))


def _told(verdicts: Iterable[Verdict]) -> int:
    began, count, checks, wrong = perf_counter(), 0, 0, Counter[str]()
    for seed, said, made in verdicts:
        count, checks = count + 1, checks + made
        if said:
            wrong[said[:40]] += 1
            say(f"  seed {seed}: {said}") if wrong.total() <= MOST_SHOWN else None
        if count % AT_A_TIME == 0:
            say(f"  … {count:,} cases, {checks:,} checks, wrong {wrong.total()}, {_pace(count, began)}")
    say(f"  {count:,} cases, {checks:,} checks, {_pace(count, began)}; wrong: {wrong.total()}")
    return 1 if wrong else 0


def _pace(count: int, began: float) -> str:
    took = perf_counter() - began
    return f"{took:.0f} s, {60 * count / took:,.0f} cases a minute"


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
