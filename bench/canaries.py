"""Every field its own word, and every page, letter and file searched for it as each role in each standing.

What is a leak, `tests/access/matrix_canaries.py` says. Run: python -m bench.canaries
[1 for every pair of role and standing, 5 for every fifth]
"""

import logging
import sys
from functools import partial
from itertools import product
from pathlib import Path

from bench.matrix import say, world  # first: it sets Django up

# isort: split
from django.conf import settings

from access.canaries_outside import search_outside
from access.matrix_canaries import Searched, search  # found by what bench.matrix puts on the path
from access.matrix_world import STANDINGS, Standing
from bench.copies import made_apart, share_out
from savnet.access.rights import Role


def main(leap: int = 1) -> int:
    """Search, say each leak at once, and the counts at the end. 1 where anything leaks."""
    logging.disable(logging.CRITICAL)
    people, every = [*product(Role, STANDINGS, (False, True))][::leap], []
    with world() as here:

        def searched(one: tuple[Role, Standing, bool]) -> Searched:
            return search(here, one[0], one[1], asked_lately=one[2])

        for one in share_out(searched, people):
            every.append(one)
            for line in one.leaks:
                say(line)
        outside = made_apart(partial(search_outside, here, Path(settings.KEY_FILE).parent / "post-room"))
        for line in outside.leaks:
            say(line)
        fields = len(here.canaries.fields)
    found = set[str]().union(*(one.found for one in every))
    people_met, leaks = sum(bool(one.pages) for one in every), sum(len(one.leaks) for one in every)
    lines = sum(one.lines for one in every)
    pages, texts = sum(one.pages for one in every), sum(one.texts for one in every)
    say(
        f"canaries: {fields} fields, {people_met} persons, {pages} answers searched, of which {texts} pages and files; "
        f"{lines} lines of the log; {len(found)} fields found where they may be, {leaks} leaks"
    )
    say(
        f"canaries, beside the pages: {outside.texts} letters, mails, calendars, rows and figures searched; "
        f"{len(outside.found)} fields found where they may be, {len(outside.leaks)} leaks"
    )
    return int(bool(leaks or outside.leaks))


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:2])))
