"""Lines that break and databases that fail, one at a time and two at a time, while letters about a child go out.

Each case has its own fault or pair of faults, at moments drawn from the seed: on the line to the mail server, at its
other end, between Savnet and its database, or in it; then the same for each other channel, with a peer at its far end.
The receiver's own ledger is the judge, as it is of the kills. And no letter may lie with nobody at it after a minute in
which nothing failed.

Run: python -m soak.faults [how many seeds] [the first seed] [how many faults and pairs of each line, all if left out]
     and the name of a line, as `svarut`, where only this one is to be run
"""

import soak.ground  # noqa: F401 - Django has to be set up before what follows can be read

# isort: split

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import combinations
from random import Random, SystemRandom
from time import monotonic

from savnet.rules.words import Channel
from soak.far_ends import DELIVERED
from soak.faulty import database as failing
from soak.faulty.channels import far_ends
from soak.faulty.faults import Fault, channel_faults, database_faults, mail_faults
from soak.faulty.house import Ground, faulty
from soak.faulty.one_case import Outcome, one_case, quiet
from soak.house import house
from soak.judging import Verdict, damaged
from soak.plans import cores
from soak.receiving.channels_tell import cast_for_years
from soak.saying import say
from soak.warming import warm

Together = tuple[Fault, ...]
TELL_EVERY = 25
LINES = {str(Channel.ENCRYPTED_EMAIL), *map(str, DELIVERED)}


@contextmanager
def ground() -> Iterator[Ground]:
    """The house, warm, between its proxies."""
    with house() as home, warm(home), faulty(home, cast_for_years().authority, DELIVERED) as standing:
        quiet()
        yield standing


def singles_and_pairs(of_the_line: tuple[Fault, ...]) -> list[Together]:
    """Each fault of a line and of the database by itself, and each two of them."""
    faults = (*of_the_line, *database_faults(dies=failing.ours()))
    return [*((one,) for one in faults), *combinations(faults, 2)]


def tried(standing: Ground, name: str, together: list[Together], seed: int) -> tuple[Verdict, list[Outcome]]:
    """Each of them in a case of its own; every one that is not good is told at once."""
    began, total, outcomes = monotonic(), Verdict(), list[Outcome]()
    for number, faults in enumerate(together):
        random = Random(f"{seed} {name} {' + '.join(map(str, faults))}")  # noqa: S311 - a plan, and no secret
        outcome = one_case(standing, number, faults, random)
        total += outcome.verdict
        outcomes.append(outcome)
        if not outcome.good:
            say(f"  seed {seed}, {name}: {' + '.join(map(str, faults))}: {outcome}")
        if len(outcomes) % TELL_EVERY == 0:
            say(f"  {name}: {len(outcomes)} of {len(together)} after {monotonic() - began:.0f} s, {total.short}")
    return total, outcomes


def lines(standing: Ground) -> Iterator[tuple[str, Ground, tuple[Fault, ...]]]:
    """Each line over which letters go, and what can happen to it: first to the mail server, then to every channel."""
    ports = standing.servers.ports
    yield Channel.ENCRYPTED_EMAIL, standing, mail_faults(ports)
    with far_ends(standing.house, standing.others) as ends:
        for channel, end in ends.items():
            yield channel, replace(standing, mail=standing.others[channel], far=end), channel_faults(ports)


def tell(name: str, total: Verdict, outcomes: list[Outcome], took: float) -> None:
    """The figures of one line."""
    struck = sum(one.struck > 0 for one in outcomes)
    say(f"  {name}: {len(outcomes)} cases, {struck} of them struck, {took:.0f} s, {cores()}")
    say(f"  letters that came by it {sum(one.by_the_line for one in outcomes)}")
    say(f"  pressed {max(one.presses for one in outcomes)} times at most, before the page said that it was done")
    say(f"  a minute with nobody at a letter {sum(one.unguarded for one in outcomes)}")
    say(f"  letters given to an impostor or in clear {sum(one.betrayed for one in outcomes)}")
    total.tell()


def main(*arguments: str) -> int:
    """Every fault and every pair with so many seeds; 1 where anything was lost, done twice, stuck or betrayed,
    or no letter came by a line."""
    only = {one for one in arguments if not one.isdigit()}
    if strange := only - LINES:
        say(f"faults: no such line: {', '.join(strange)}. There are: {', '.join(sorted(LINES))}")
        return 2
    seeds, first, most = _numbers([int(one) for one in arguments if one.isdigit()])
    say(f"faults: seed {first}, and the {seeds - 1} after it")
    good = True
    with ground() as standing:
        for name, here, faults in lines(standing):
            if only and name not in only:
                continue
            began, total, outcomes = monotonic(), Verdict(), list[Outcome]()
            together = singles_and_pairs(faults)
            for one in range(first, first + seeds):
                chosen = together if most is None else Random(one).sample(together, most)  # noqa: S311
                verdict, found = tried(here, name, chosen, one)
                total, outcomes = total + verdict, outcomes + found
            total.damaged += damaged()
            tell(name, total, outcomes, monotonic() - began)
            # Where all letters went another way, nothing has been tried.
            came = any(one.by_the_line for one in outcomes)
            good = good and came and total.clean and all(one.good for one in outcomes)
    return 0 if good else 1


def _numbers(given: list[int]) -> tuple[int, int, int | None]:
    """How many seeds, the first one, and how many faults and pairs: what was not given is one, any and all."""
    seeds = given[0] if given else 1
    first = given[1] if len(given) > 1 else SystemRandom().randrange(2**32)
    return seeds, first, given[2] if len(given) > 2 else None


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
