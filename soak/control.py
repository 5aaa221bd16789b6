"""The same kills on an outbox as many have it: it marks a letter as sent, and then sends it. It has to lose.

It sends by the same code over the same line to the same receiver, and dies at the same points of it. If it lost
nothing, the kills would prove nothing about ours.

Run: python -m soak.control [how many kills] [seed]
"""

import soak.ground  # noqa: F401 - Django has to be set up before what follows can be read

# isort: split

import sys
from collections.abc import Callable
from random import Random, SystemRandom
from time import monotonic
from uuid import uuid4

import psycopg
from django.db import connections

from soak.house import House, house, where
from soak.outbox import Line, send_all
from soak.plans import Crew, Plan, cores, drawn
from soak.points import AFTER, BEFORE, LINE, Point
from soak.saying import say
from soak.sink import arrivals

POINTS = (*LINE, Point(BEFORE, "soak.outbox:mark"), Point(AFTER, "soak.outbox:mark"))
WORKERS, A_ROUND, AT_ONCE, LONGEST = 3, 30, 60, 0.1


def tried(home: House, kills: int, plan: Callable[[], Plan], *, at_a_time: int = A_ROUND) -> tuple[int, int, int]:
    """Letters, kills and what was lost: marked as sent, and not at the receiver. `plan`: where the next one dies."""
    with psycopg.connect(**where(), autocommit=True) as database:
        database.execute("CREATE TABLE outbox (id text PRIMARY KEY, sent boolean NOT NULL DEFAULT false)")
        try:
            send_all_once(database)
            died = 0
            while died < kills:
                fill(database, AT_ONCE * at_a_time // A_ROUND)
                died += a_round(at_a_time, plan)
            a_round(1, Plan)
            marked = {row[0] for row in database.execute("SELECT id FROM outbox WHERE sent").fetchall()}
        finally:
            database.execute("DROP TABLE outbox")
    came = {one.message_id.strip("<>").partition("@")[0] for one in arrivals(home.ledger)}
    return len(marked), died, len(marked - came)


def send_all_once(database: Line) -> None:
    """One letter here, so that copies of this process don't each load what it takes."""
    fill(database, 1)
    send_all()


def fill(database: Line, enough: int) -> None:
    """Enough letters that no worker runs out of them before it dies."""
    with database.cursor() as cursor:
        waiting = len(database.execute("SELECT FROM outbox WHERE NOT sent").fetchall())
        cursor.executemany("INSERT INTO outbox (id) VALUES (%s)", [[str(uuid4())] for _ in range(enough - waiting)])


def a_round(processes: int, plan: Callable[[], Plan]) -> int:
    """So many workers, some at once, until each is dead or done; how many were killed."""
    connections.close_all()
    crew, begun = Crew(), 0
    while begun < processes:
        while len(crew.alive) < min(WORKERS, processes - begun):
            crew.start("worker", send_all, plan())
            begun += 1
        crew.rest()
    crew.see_to_the_end()
    if crew.failed:
        raise RuntimeError(f"{crew.failed} workers of the control failed by themselves; its figure would mean nothing.")
    return crew.kills.total()


def main(kills: int = 20_000, seed: int | None = None) -> int:
    """As many kills; 1 where nothing was lost, for then the kills come at harmless moments."""
    seed = SystemRandom().randrange(2**32) if seed is None else seed
    say(f"control, an outbox that marks before it sends: seed {seed}")
    began = monotonic()
    random = Random(seed)  # noqa: S311 - a plan, and no secret
    with house() as home:
        letters, died, lost = tried(home, kills, lambda: drawn(random, POINTS, LONGEST))
    say(f"  {died:,} kills in {monotonic() - began:.0f} s, {letters:,} letters, lost {lost:,}, {cores()}")
    return 0 if lost else 1


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:3])))
