"""Every field its own word, and every page, letter and file searched for it as each role in each standing.

What is a leak, `tests/access/matrix_canaries.py` says. Run: python -m bench.canaries
[1 for every pair of role and standing, 5 for every fifth]
"""

import logging
import sys

from bench.matrix import Role, say, world  # first: it sets Django up

# isort: split
from access.matrix_canaries import search  # found by what bench.matrix puts on the path
from access.matrix_world import STANDINGS


def main(leap: int = 1) -> int:
    """Search, say each leak at once, and the counts at the end. 1 where anything leaks."""
    logging.disable(logging.CRITICAL)
    every = []
    with world() as here:
        for role, standing in [(role, standing) for role in Role for standing in STANDINGS][::leap]:
            for lately in (False, True):
                every.append(search(here, role, standing, asked_lately=lately))
                for line in every[-1].leaks:
                    say(line)
        fields = len(here.canaries.fields)
    found = set[str]().union(*(one.found for one in every))
    people, leaks = sum(bool(one.pages) for one in every), sum(len(one.leaks) for one in every)
    pages, texts = sum(one.pages for one in every), sum(one.texts for one in every)
    say(
        f"canaries: {fields} fields, {people} persons, {pages} answers searched, of which {texts} pages and files; "
        f"{len(found)} fields found where they may be, {leaks} leaks"
    )
    return int(any(one.leaks for one in every))


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:2])))
