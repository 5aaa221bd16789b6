"""Processes killed at named points and at random moments, on the way of a letter from the click to the ledger.

Two processes send as the web does and three real workers carry, all on one database; each is told beforehand where it
dies. Between two rounds eleven minutes pass, which is when the house takes up what a dead process left. The receiver's
own ledger is the judge. The plan follows from the seed; which process comes first, the machine decides.

Run: python -m soak.crashes [how many kills] [seed]
"""

import soak.ground  # noqa: F401 - Django has to be set up before what follows can be read

# isort: split

import os
import sys
from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random, SystemRandom
from time import monotonic, sleep
from uuid import UUID

import psycopg
from django.db import connections
from procrastinate.contrib.django import app

from savnet.casework import sending
from savnet.casework.queue import CARRY
from savnet.delivery.models import Message
from soak.forks import ended, fork, killed
from soak.house import House, house, missing_child, where
from soak.judging import Verdict, judge
from soak.points import COMMITS, WEB, WORKER, Point, plant
from soak.saying import say

WEBS, WORKERS = 2, 3
ENOUGH_WORK = 9
BETWEEN_ROUNDS = timedelta(minutes=11)
PATIENCE = 120.0
MOST_ROUNDS_TO_DRAIN = 300
MOST_FAILURES = 10


@dataclass(frozen=True, slots=True)
class Plan:
    """Where or after how many seconds a process dies; neither, and it lives."""

    point: Point | None = None
    nth: int = 1
    after: float | None = None

    def __str__(self) -> str:
        return str(self.point) if self.point else "any moment"


@dataclass(slots=True)
class Run:
    """What has happened so far."""

    house: House
    database: "psycopg.Connection[tuple[int]]"
    random: Random
    kills: Counter[str] = field(default_factory=Counter)
    unsent: list[UUID] = field(default_factory=list)
    cases: list[UUID] = field(default_factory=list)
    failed: int = 0


def drawn(random: Random, points: tuple[Point, ...], longest: float) -> Plan:
    """Four of five die at a named point, the others whenever it is."""
    if random.random() < 0.2:
        return Plan(after=random.uniform(0, longest))
    point = random.choice(points)
    return Plan(point, random.randint(1, 8) if point in COMMITS else random.choice((1, 1, 1, 1, 2, 3)))


def carry_on() -> None:
    """The house's own worker, until nothing is due."""
    with app.replace_connector(app.connector.get_worker_connector()):  # type: ignore[attr-defined]
        app.run_worker(
            wait=False, queues=["letters"], concurrency=1, install_signal_handlers=False, listen_notify=False
        )


def start(work: "tuple[UUID, House] | None", plan: Plan) -> int:
    """A process that sends this case, or a worker."""

    def live() -> None:
        if plan.point:
            plant(plan.point, plan.nth)
        if work:
            case, house = work
            sending.send(case, by=house.guard, now=house.clock.now())
        else:
            carry_on()

    return fork(live)


def a_round(run: Run, *, deadly: bool) -> None:
    """All five at once, each until it is done or dead; then time passes."""
    supply(run, deadly=deadly)
    pressed = run.unsent[:WEBS]
    connections.close_all()  # no copy may use our line to the database
    plans = {}
    for case in (*pressed, *[None] * WORKERS):
        plan = drawn(run.random, WEB if case else WORKER, 0.5) if deadly else Plan()
        plans[start((case, run.house) if case else None, plan)] = plan
    died, failed = see_to_the_end(plans)
    run.kills += died
    run.failed += failed
    sent = set(Message.objects.filter(case_id__in=pressed).values_list("case_id", flat=True))
    run.unsent = [case for case in run.unsent if case not in sent]
    let_time_pass(run)


def see_to_the_end(plans: dict[int, Plan]) -> tuple[Counter[str], int]:
    """Wait for each process, kill those whose moment has come. Where each was killed, and how many failed unkilled."""
    began, died, failed = monotonic(), Counter[str](), 0
    while plans:
        for child, plan in list(plans.items()):
            age, code = monotonic() - began, ended(child)
            if code is None and age > (plan.after or PATIENCE):
                failed += plan.after is None
                code = killed(child)
            if code is not None:
                del plans[child]
                died.update([str(plan)] if code < 0 else [])
                failed += code > 0
        sleep(0.002)
    return died, failed


def supply(run: Run, *, deadly: bool) -> None:
    """Children go missing as fast as the letters about them go out."""
    while deadly and waiting(run) + 3 * len(run.unsent) < ENOUGH_WORK:
        run.cases.append(missing_child(run.house, len(run.cases)))
        run.unsent.append(run.cases[-1])


def waiting(run: Run) -> int:
    """Letters in the queue, or in the hands of a worker that may be dead."""
    query = "SELECT count(*) FROM procrastinate_jobs WHERE task_name = %s AND status IN ('todo', 'doing')"
    rows = run.database.execute(query, [CARRY]).fetchall()
    return rows[0][0]


def let_time_pass(run: Run) -> None:
    """Eleven minutes for the house, its queue, and the heartbeats of its dead workers."""
    run.house.clock.pass_by(BETWEEN_ROUNDS)
    run.database.execute("UPDATE procrastinate_workers SET last_heartbeat = last_heartbeat - %s", [BETWEEN_ROUNDS])
    run.database.execute(
        "UPDATE procrastinate_jobs SET scheduled_at = NULL WHERE status = 'todo' AND scheduled_at <= %s",
        [run.house.clock.now()],
    )


def drain(run: Run) -> None:
    """Let everyone live until nothing waits."""
    for _ in range(MOST_ROUNDS_TO_DRAIN):
        a_round(run, deadly=False)
        if not run.unsent and not waiting(run):
            return


def killing(run: Run, kills: int) -> None:
    """Round after round until so many are dead; too many that fail without being killed end it before."""
    began, told = monotonic(), 0
    while (done := run.kills.total()) < kills and run.failed < MOST_FAILURES:
        if done >= told + 100:
            told = done
            say(f"  … {done:,} kills in {monotonic() - began:.0f} s")
        a_round(run, deadly=True)


def tried(home: House, kills: int, seed: int) -> tuple[Run, Verdict]:
    """Kill as many, let the rest of the work be done, and judge."""
    with psycopg.connect(**where(), autocommit=True) as database:
        run = Run(home, database, Random(seed))  # noqa: S311 - a plan, and no secret
        killing(run, kills)
        drain(run)
        return run, judge(home, run.cases, failed=run.failed)


def main(kills: int = 20_000, seed: int | None = None) -> int:
    """Run it and tell; 1 where anything was lost or done twice."""
    seed = SystemRandom().randrange(2**32) if seed is None else seed
    say(f"crashes: seed {seed}")
    began = monotonic()
    with house() as home:
        run, verdict = tried(home, kills, seed)
    took, how = monotonic() - began, f"{len(run.cases)} cases, {os.cpu_count()} cores"
    say(f"  {run.kills.total():,} kills in {took:.0f} s, {how}")
    for point, times in sorted(run.kills.items()):
        say(f"    {times:6,} {point}")
    verdict.tell()
    return 0 if verdict.good else 1


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:3])))
