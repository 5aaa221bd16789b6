"""Processes killed at named points and at random moments, on the way of a letter from the click to the ledger.

Two processes send as the web does and three real workers carry, all on one database; each is told beforehand where it
dies, and another takes its place. When a score has died eleven minutes pass, which is when the house takes up what they
left. The receiver's own ledger is the judge. The plan follows from the seed; which process comes first, the machine
decides.

Run: python -m soak.crashes [how many kills] [seed] [in how many houses at once]
"""

import soak.ground  # noqa: F401 - Django has to be set up before what follows can be read

# isort: split

import asyncio
import os
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from itertools import cycle
from math import ceil
from random import Random, SystemRandom
from time import monotonic, time
from typing import Any
from uuid import UUID

import psycopg
from django.db import connections
from procrastinate import PsycopgConnector
from procrastinate.contrib.django import app
from procrastinate.contrib.django.utils import connector_params
from procrastinate.periodic import PeriodicDeferrer

from savnet.casework import sending
from savnet.casework.queue import CARRY
from soak.far_ends import ChannelEnd, apart
from soak.forks import side_by_side
from soak.house import House, house, missing_child, where
from soak.judging import Verdict, judge
from soak.plans import Crew, Plan, cores, drawn
from soak.points import WEB, WEB_CALLS, WORKER
from soak.saying import say
from soak.warming import warm

ROLES = {"web": 2, "worker": 3}
A_ROUND = 25
A_CHAPTER = 250
FEW_LETTERS, ENOUGH_CASES = 12, 6
LONGEST = 0.15
BETWEEN_ROUNDS = timedelta(minutes=11)
MOST_ROUNDS_TO_DRAIN = 300
MOST_FAILURES = 10


@dataclass(slots=True)
class Run:
    """What has happened so far. A chapter's cases are judged, and then done with.

    `end` is who takes some of the chapter's letters by another channel than e-mail, where somebody does.
    """

    house: House
    database: "psycopg.Connection[Any]"
    random: Random
    end: ChannelEnd | None = None
    kills: Counter[str] = field(default_factory=Counter)
    unsent: list[UUID] = field(default_factory=list)
    cases: list[UUID] = field(default_factory=list)
    made: int = 0
    failed: int = 0


def carry_on() -> None:
    """The house's own worker, until nothing is due. It holds no more lines to the database than it uses."""
    with app.replace_connector(PsycopgConnector(kwargs=connector_params(), min_size=1, max_size=4)):
        asyncio.run(_work_off())


async def _work_off() -> None:
    async with app.open_async():
        # A worker that doesn't wait would look for work while it still puts in what is due every minute, and go.
        every_minute = PeriodicDeferrer(app.periodic_registry, **app.periodic_defaults)
        await every_minute.defer_jobs(every_minute.get_previous_tasks(time()))
        await app.run_worker_async(
            wait=False, queues=["letters"], concurrency=1, install_signal_handlers=False, listen_notify=False
        )


def a_round(run: Run, *, deadly: bool, processes: int = A_ROUND) -> None:
    """As many processes, five at a time, each until it is done or dead; then time passes."""
    supply(run, deadly=deadly)
    connections.close_all()  # no copy may use our line to the database
    crew, begun = Crew(), 0
    while begun < processes:
        for role, wanted in ROLES.items():
            for _ in range(wanted - crew.at_work(role)):
                crew.start(role, work_of(run, role), plan_of(run, role, deadly=deadly))
                begun += 1
        crew.rest()
    crew.see_to_the_end()
    run.kills += crew.kills
    run.failed += crew.failed
    if run.end:
        run.end.a_minute()
    pass_by(run.house, run.database, BETWEEN_ROUNDS)


def work_of(run: Run, role: str) -> Callable[[], object]:
    """To carry what is due, or to send about a child; now and then two do so at once, as when somebody clicks twice."""
    if role == "worker":
        return carry_on
    forget_sent(run)
    if not run.unsent:
        return lambda: None
    case, home = run.random.choice(run.unsent[: ROLES["web"]]), run.house
    return lambda: sending.send(case, by=home.guard, now=home.clock.now())


def plan_of(run: Run, role: str, *, deadly: bool) -> Plan:
    """Where it dies. Where letters run short, one who sends may live."""
    if not deadly or (role == "web" and waiting(run) < FEW_LETTERS):
        return Plan()
    if role == "web":
        return drawn(run.random, WEB, LONGEST)
    return drawn(run.random, (*WORKER, *WEB_CALLS) if run.end else WORKER, LONGEST)


def supply(run: Run, *, deadly: bool) -> None:
    """Children go missing as fast as the letters about them go out."""
    while deadly and len(run.unsent) < ENOUGH_CASES:
        run.made += 1
        run.cases.append(missing_child(run.house, run.made))
        run.unsent.append(run.cases[-1])


def forget_sent(run: Run) -> None:
    """Cases about which there are letters need no more clicks."""
    query = "SELECT DISTINCT case_id FROM delivery_message WHERE case_id = ANY(%s)"
    sent = {row[0] for row in run.database.execute(query, [run.unsent]).fetchall()}
    run.unsent = [case for case in run.unsent if case not in sent]


def waiting(run: Run) -> int:
    """Letters in the queue, or in the hands of a worker that may be dead."""
    query = "SELECT count(*) FROM procrastinate_jobs WHERE task_name = %s AND status IN ('todo', 'doing')"
    return int(run.database.execute(query, [CARRY]).fetchall()[0][0])


def pass_by(house: House, database: "psycopg.Connection[Any]", time: timedelta) -> None:
    """So long for the house, its queue, and the heartbeats of its dead workers."""
    house.clock.pass_by(time)
    database.execute("UPDATE procrastinate_workers SET last_heartbeat = last_heartbeat - %s", [time])
    database.execute(
        "UPDATE procrastinate_jobs SET scheduled_at = NULL WHERE status = 'todo' AND scheduled_at <= %s",
        [house.clock.now()],
    )


def drain(run: Run) -> None:
    """Let everyone live until nothing waits."""
    for _ in range(MOST_ROUNDS_TO_DRAIN):
        a_round(run, deadly=False, processes=sum(ROLES.values()))
        forget_sent(run)
        if not run.unsent and not waiting(run):
            return


def chapter(run: Run, kills: int, end: ChannelEnd | None) -> Verdict:
    """Round after round until so many are dead; then all live, and what became of each letter is judged."""
    enough, run.end = run.kills.total() + kills, end
    if end:
        end.begin()
    while run.kills.total() < enough and run.failed < MOST_FAILURES:
        a_round(run, deadly=True)
    drain(run)
    if end:
        _take_in(end, run.house)
    failed, run.failed = run.failed, 0
    verdict = judge(run.house, run.cases, failed=failed)
    run.cases = []
    os.truncate(run.house.ledger, 0)
    return verdict


def _take_in(end: ChannelEnd, house: House) -> None:
    """Let the receiver's ledger have what came by this channel. Raises where that is nothing: nothing was tried."""
    had = end.end()
    if not had:
        raise RuntimeError(f"No letter came by {end.rig.name}, so its kills would mean nothing.")
    with house.ledger.open("a", encoding="utf-8") as ledger:
        ledger.writelines(had)


def tried(
    home: House, kills: int, seed: int, each: int = A_CHAPTER, *, ends: Sequence[ChannelEnd | None] = (None,)
) -> tuple[Run, Verdict]:
    """The whole run, chapter after chapter, and what became of every letter. Each of `ends` has a chapter in turn."""
    began, verdict, in_turn = monotonic(), Verdict(), cycle(ends)
    with psycopg.connect(**where(), autocommit=True) as database:
        run = Run(home, database, Random(seed))  # noqa: S311 - a plan, and no secret
        while run.kills.total() < kills and not verdict.failed:
            verdict += chapter(run, min(each, kills - run.kills.total()), next(in_turn))
            say(f"  seed {seed}: {run.kills.total():,} kills after {monotonic() - began:.0f} s, {verdict.short}")
    return run, verdict


def in_a_house(kills: int, seed: int) -> tuple[Counter[str], int, Verdict]:
    """Where so many were killed, in how many cases, and the verdict."""
    with house() as home, apart(home) as ends, warm(home, ends.values()):
        run, verdict = tried(home, kills, seed, ends=(None, *ends.values()))
    return run.kills, run.made, verdict


def main(kills: int = 20_000, seed: int | None = None, houses: int = 1) -> int:
    """Run it in one house, or shared out among several; 1 where anything was lost or done twice."""
    seed = SystemRandom().randrange(2**32) if seed is None else seed
    say(f"crashes: seed {seed}, {houses} houses with the seeds from there on")
    began = monotonic()
    all_told = side_by_side([partial(in_a_house, ceil(kills / houses), seed + number) for number in range(houses)])
    died = sum((one for one, _, _ in all_told), Counter[str]())
    verdict = sum((one for _, _, one in all_told), Verdict())
    cases = sum(made for _, made, _ in all_told)
    say(f"  {died.total():,} kills in {monotonic() - began:.0f} s, {cases:,} cases, {cores()}")
    for point, times in sorted(died.items()):
        say(f"    {times:6,} {point}")
    verdict.tell()
    return 0 if verdict.good else 1


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:4])))
