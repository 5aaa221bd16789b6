"""Notices per second through the outbox, one by one with two workers; beside the queue alone, and beside bare SQL.

Three ways by turns on one PostgreSQL, two processes each: letters carried by the house's own worker to a mail server
that keeps them; jobs that do nothing, through the same queue; and a row taken at a time with FOR UPDATE SKIP LOCKED.
What a letter costs beyond its job is the case's ledger, the attempt's own commits, opening, encrypting and sending it.
Run: python -m bench.outbox [letters in each turn] [turns]
"""

import soak.ground  # noqa: F401 - Django has to be set up before what follows can be read

# isort: split

import sys
from collections.abc import Callable
from functools import partial
from statistics import median
from time import perf_counter

import psycopg
from django.db import connection, connections
from procrastinate.contrib.django import app
from soak.crashes import carry_on
from soak.forks import ended, fork
from soak.house import House, house, missing_child, where
from soak.receiving.apart import apart
from soak.saying import say

from savnet.casework import sending
from savnet.casework.queue import CARRY
from savnet.delivery.models import Attempt, Message

WORKERS = 2
EVERY_TURN = 40
"""A letter is slow to write, and a job that does nothing is quick to do: so many of these for each letter."""


@app.task(name="bench.outbox.nothing", queue="letters")
def nothing() -> None:
    """A job without work."""


def letters(home: House, many: int) -> int:
    """Put as many letters in the outbox; no worker is up yet."""
    queued = 0
    while queued < many:
        sending.send(missing_child(home, queued), by=home.guard, now=home.clock.now())
        queued = count("SELECT count(*) FROM procrastinate_jobs WHERE task_name = %s AND status = 'todo'", CARRY)
    return queued


def jobs(many: int) -> int:
    """Put as many jobs without work in the same queue."""
    nothing.batch_defer(*({} for _ in range(many)))
    return many


def rows(many: int) -> int:
    """As many rows to be taken one by one."""
    count("CREATE TABLE IF NOT EXISTS bare_outbox (id bigserial PRIMARY KEY, sent boolean NOT NULL DEFAULT false)")
    count("INSERT INTO bare_outbox (sent) SELECT false FROM generate_series(1, %s)", many)
    return many


def take_rows() -> None:
    """Take a row, mark it, commit; until none is left."""
    one = (
        "UPDATE bare_outbox SET sent = true WHERE id = (SELECT id FROM bare_outbox WHERE NOT sent ORDER BY id LIMIT 1"
        " FOR UPDATE SKIP LOCKED)"
    )
    with psycopg.connect(**where(), autocommit=True) as line:
        while line.execute(one).rowcount:
            pass


def count(query: str, *given: str | int) -> int:
    """Run it; the number that it gives, if it gives one."""
    with connection.cursor() as cursor:
        cursor.execute(query, given or None)
        return int(cursor.fetchone()[0]) if cursor.description else 0


def per_second(many: int, work: Callable[[], None]) -> float:
    """How many of what waits two processes do in a second, from their start to the end of the last."""
    connections.close_all()
    begun = perf_counter()
    running = {fork(work) for _ in range(WORKERS)}
    while running:
        for child in list(running):
            code = ended(child)
            if code:
                raise RuntimeError("A worker failed; the figure would mean nothing.")
            if code == 0:
                running.discard(child)
    return many / (perf_counter() - begun)


def turn(home: House, many: int) -> dict[str, float]:
    """Each of the three once."""
    found = {}
    queued = apart(partial(letters, home, many)).result()  # whoever renders can't be copied afterwards
    before = count("SELECT count(*) FROM delivery_attempt WHERE outcome = 'accepted'")
    found["letters"] = per_second(queued, carry_on)
    carried = count("SELECT count(*) FROM delivery_attempt WHERE outcome = 'accepted'") - before
    if carried < queued:
        raise RuntimeError(f"{carried} of {queued} letters were carried; the figure would mean nothing.")
    found["letters"] *= carried / queued  # the copies that followed were carried, too
    found["jobs"] = per_second(jobs(many * EVERY_TURN), carry_on)
    found["rows"] = per_second(rows(many * EVERY_TURN), take_rows)
    return found


def main(many: int = 30, turns: int = 3) -> None:
    """Measure by turns and write the medians, and the ratios within each turn."""
    say(f"outbox: two workers, one at a time, {turns} turns of {many} letters and {many * EVERY_TURN} jobs and rows")
    with house() as home:
        found = [turn(home, many) for _ in range(turns)]
        say(f"  {Attempt.objects.count()} attempts, {Message.objects.count()} letters in all")
    for name, what in (("letters", "notices, sent"), ("jobs", "jobs that do nothing"), ("rows", "bare rows")):
        rates = [one[name] for one in found]
        slower = median(one[name] / one["letters"] for one in found)
        say(f"  {what}: median {median(rates):.1f} a second ({min(rates):.1f} to {max(rates):.1f}), x {slower:.1f}")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:3]))
