"""Milliseconds per search among so many children, by name and by number, the names already fetched.

Names are put together of syllables, a third of them in Arabic script too, so that few are alike: the hardest case.
Run: python -m bench.search [how many children]
"""

import random
import sys
from collections.abc import Iterator
from statistics import median, quantiles
from time import perf_counter
from uuid import UUID

from savnet.register.finding import Name, NameKind, find

SYLLABLES = [a + b for a in "bmhrstfdnklz" for b in ("a", "i", "u", "am", "ir")]
LOOKED_FOR = ("Selam Tesfay", "mohammed", "محمد", "samir nurkalil", "202012345678", "2020")


def names(children: int) -> Iterator[Name]:
    """A name and a number for each, and for a third the name in another script."""
    drawn = random.Random(20151)  # noqa: S311 - the same children each time
    for number in range(children):
        child = UUID(int=number)
        given, family = ("".join(drawn.choices(SYLLABLES, k=drawn.choice((2, 3, 4)))).title() for _ in "ab")
        yield Name(child, NameKind.REGISTERED, f"{given} {family}")
        yield Name(child, NameKind.DUF, f"20{drawn.randrange(10**10):010}")
        if drawn.random() < 1 / 3:
            yield Name(child, NameKind.ORIGINAL, f"محمد {family}")


def main(children: int) -> None:
    """Ten times each."""
    known, taken = list(names(children)), []
    for _ in range(10):
        for wanted in LOOKED_FOR:
            began = perf_counter()
            find(wanted, known)
            taken.append((perf_counter() - began) * 1000)
    p95 = quantiles(taken, n=20)[-1]
    sys.stdout.write(f"Search among {children} children: p50 {median(taken):.0f} ms, p95 {p95:.0f} ms\n")


if __name__ == "__main__":
    for many in [int(one) for one in sys.argv[1:]] or [200, 50_000]:
        main(many)
