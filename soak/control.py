"""The same kills on an outbox as many have it: it marks a letter as sent, and then sends it. It has to lose.

It sends by the same code over the same line to the same receiver, and dies at the same points of it. If it lost
nothing, the kills would prove nothing about ours.

Run: python -m soak.control [how many kills] [seed]
"""

import soak.ground  # noqa: F401 - Django has to be set up before what follows can be read

# isort: split

import sys
from random import Random, SystemRandom
from time import monotonic
from uuid import uuid4

import psycopg
from django.db import connections

from soak.crashes import Plan, drawn, see_to_the_end
from soak.forks import fork
from soak.house import House, house, where
from soak.outbox import Line, send_all
from soak.points import AFTER, BEFORE, LINE, Point, plant
from soak.saying import say
from soak.sink import arrivals

POINTS = (*LINE, Point(BEFORE, "soak.outbox:mark"), Point(AFTER, "soak.outbox:mark"))
WORKERS, AT_ONCE = 3, 30


def start(plan: Plan) -> int:
    """A worker that dies as planned."""

    def live() -> None:
        if plan.point:
            plant(plan.point, plan.nth)
        send_all()

    return fork(live)


def tried(home: House, kills: int, random: Random) -> tuple[int, int, int]:
    """Letters, kills and what was lost: marked as sent, and not at the receiver."""
    with psycopg.connect(**where(), autocommit=True) as database:
        database.execute("CREATE TABLE outbox (id text PRIMARY KEY, sent boolean NOT NULL DEFAULT false)")
        died = 0
        while died < kills:
            fill(database)
            died += a_round([drawn(random, POINTS, 0.1) for _ in range(WORKERS)])
        a_round([Plan()])
        marked = {row[0] for row in database.execute("SELECT id FROM outbox WHERE sent").fetchall()}
    came = {one.message_id.strip("<>").partition("@")[0] for one in arrivals(home.ledger)}
    return len(marked), died, len(marked - came)


def fill(database: Line) -> None:
    """Enough letters that no worker runs out of them before it dies."""
    with database.cursor() as cursor:
        waiting = len(database.execute("SELECT FROM outbox WHERE NOT sent").fetchall())
        cursor.executemany("INSERT INTO outbox (id) VALUES (%s)", [[str(uuid4())] for _ in range(AT_ONCE - waiting)])


def a_round(plans: list[Plan]) -> int:
    """Some workers at once until each is dead or done; how many were killed."""
    connections.close_all()
    died, failed = see_to_the_end({start(plan): plan for plan in plans})
    if failed:
        raise RuntimeError(f"{failed} workers of the control failed by themselves; its figure would mean nothing.")
    return died.total()


def main(kills: int = 20_000, seed: int | None = None) -> int:
    """As many kills; 1 where nothing was lost, for then the kills come at harmless moments."""
    seed = SystemRandom().randrange(2**32) if seed is None else seed
    say(f"control, an outbox that marks before it sends: seed {seed}")
    began = monotonic()
    with house() as home:
        letters, died, lost = tried(home, kills, Random(seed))  # noqa: S311 - a plan, and no secret
    say(f"  {died:,} kills in {monotonic() - began:.0f} s, {letters:,} letters, lost {lost:,}")
    return 0 if lost else 1


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:3])))
