"""What a stranger can tell of a child of another centre from one that does not exist: bytes, headers, and time.

Foreign and absent ids are asked for by turns, in random order within each pair, over all addresses of a child or a
case.
Run: python -m bench.oracle [how many requests, at least 20000 for a figure that counts]
"""

import logging
import random
import re
import sys
from itertools import cycle, islice
from time import perf_counter
from uuid import uuid4

from bench.matrix import say, world  # first: it sets Django up
from bench.telling_apart import told_of_time

# isort: split
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from access.matrix_expected import NAMES, action_of, address, wanted  # found by what bench.matrix puts on the path
from access.matrix_world import STANDINGS, person_in
from savnet.access.rights import Role

Heard = tuple[int, bytes, tuple[tuple[str, str], ...]]
VALUE = re.compile(r"'[^']*'(?:::\w+)?|\b\d+\b|\bs\d+_x\d+\b")
"""Values, and the names of savepoints: they are others each time."""
EVERY_SO_OFTEN = 'UPDATE "sign_in_signin"'
"""That a session is used is noted every twentieth second, whatever was asked for."""
STRANGER = next(one for one in STANDINGS if one.name == "another centre")


def hear(client: Client, where: str) -> tuple[float, Heard]:
    """How long the answer took, and all of it."""
    begun = perf_counter()
    response = client.get(where)
    took = perf_counter() - begun
    return took, (response.status_code, response.content, tuple(sorted(response.headers.items())))


def questions(client: Client, where: str) -> list[str]:
    """What is asked of the database, in order, whatever the values in it."""
    with CaptureQueriesContext(connection) as asked:
        client.get(where)
    told = [VALUE.sub("?", one["sql"]) for one in asked.captured_queries]
    return [one for one in told if not one.startswith(EVERY_SO_OFTEN)]


def main(requests: int = 20_000) -> int:
    """Ask by turns. 1 where any two answers differed."""
    logging.disable(logging.CRITICAL)
    times: dict[bool, list[float]] = {True: [], False: []}
    differed: set[str] = set()
    with world() as here:
        who, client = person_in(here, Role.SHIFT_STAFF, STRANGER)
        ids = here.ids(STRANGER, who)
        names = [name for name in NAMES if action_of(name) and {"case_id", "resident_id"} & wanted(name)]
        for name in islice(cycle(names), requests // 2):
            known = {True: ids, False: {**ids, "case_id": uuid4(), "resident_id": uuid4()}}
            answers: dict[bool, Heard] = {}
            for foreign in random.sample([True, False], 2):
                took, answers[foreign] = hear(client, address(name, known[foreign]))
                times[foreign].append(took)
            if answers[True] != answers[False]:
                differed.add(name)
        asked = {
            name for name in names if len({tuple(questions(client, address(name, one))) for one in known.values()}) > 1
        }
    say(f"oracle: {2 * len(times[True])} requests by turns over {len(names)} addresses")
    say(f"addresses whose answers differed in status, bytes or headers: {sorted(differed) or 'none'}")
    say(f"addresses whose questions to the database differed: {sorted(asked) or 'none'}")
    say(told_of_time(times[True], times[False], "foreign"))
    return int(bool(differed or asked))


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:2])))
