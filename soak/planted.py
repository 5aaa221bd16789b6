"""Twenty bugs planted in Savnet one after the other: the simulation has to find each, and nothing where there is none.

Cases are counted from the seed on until one goes wrong. In the whole house those come first that could show the bug:
an exercise for what is wrong with exercises. Bugs that are named, their words joined by _, are looked for alone.

Run: python -m soak.planted [seed] [most cases of the whole house for each] [memory] [bug …]
"""

import sys
from collections.abc import Collection, Iterable, Iterator
from itertools import islice
from random import SystemRandom
from time import perf_counter

from soak.saying import say
from soak.simulation import in_memory_running
from soak.simulation.planted import Planted
from soak.simulation.planted_in_memory import IN_MEMORY

MEMORY = "memory"
MOST_IN_MEMORY, MOST_IN_THE_HOUSE = 400, 30
UNPATCHED = 50


def found_in_memory(one: Planted, seed: int, most: int = MOST_IN_MEMORY) -> tuple[int, str]:
    """How many cases it took to find the bug, and what was wrong; none where it was not found."""
    with one.plant():
        return _first_wrong(in_memory_running.run(number)[0] for number in range(seed, seed + most))


def _first_wrong(verdicts: Iterable[str]) -> tuple[int, str]:
    return next(((cases, wrong) for cases, wrong in enumerate(verdicts, start=1) if wrong), (0, ""))


def found_in_the_house(
    seed: int, names: Collection[str] = (), *, most: int = MOST_IN_THE_HOUSE
) -> Iterator[tuple[Planted, tuple[int, str]]]:
    """The same for each bug of the whole house, which is set up once."""
    import soak.ground  # noqa: F401 - only who asks for the house needs Django

    # isort: split

    from soak.simulation.planted_in_the_house import IN_THE_HOUSE
    from soak.simulation.running import run
    from soak.simulation.themes import theme_of
    from soak.simulation.world import world

    if not (chosen := _chosen(IN_THE_HOUSE, names)):
        return
    with world() as there:
        for one in chosen:
            fitting = (number for number in range(seed, seed + 100_000) if one.among in {"", theme_of(number)})
            with one.plant():
                yield one, _first_wrong(run(number, there).wrong for number in islice(fitting, most))


def _chosen(bugs: Iterable[Planted], names: Collection[str]) -> list[Planted]:
    return [one for one in bugs if not names or one.name in names]


def main(*arguments: str) -> int:
    """Plant each and tell; 1 where one was not found, or where something was found in the house as it is."""
    numbers = [int(one) for one in arguments if one.isdigit()]
    names = {one.replace("_", " ") for one in arguments if not one.isdigit()} - {MEMORY}
    seed = numbers[0] if numbers else SystemRandom().randrange(2**31)
    most = numbers[1] if len(numbers) > 1 else MOST_IN_THE_HOUSE
    say(f"planted: seed {seed}")
    began = perf_counter()
    verdicts = [_told(one, found_in_memory(one, seed)) for one in _chosen(IN_MEMORY, names)]
    if MEMORY not in arguments:
        verdicts += [_told(one, found) for one, found in found_in_the_house(seed, names, most=most)]
    say(f"  found {sum(verdicts)} of {len(names) or len(verdicts)} in {perf_counter() - began:.0f} s")
    if names:
        return 0 if sum(verdicts) == len(names) else 1
    clean = not any(in_memory_running.run(number)[0] for number in range(seed, seed + UNPATCHED))
    say(f"  without any, {UNPATCHED} cases in memory: {'nothing found' if clean else 'SOMETHING FOUND'}")
    return 0 if clean and all(verdicts) else 1


def _told(one: Planted, found: tuple[int, str]) -> bool:
    cases, wrong = found
    say(f"  {one.name}: {f'found after {cases} cases ({wrong[:90]})' if wrong else 'NOT FOUND'}")
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
