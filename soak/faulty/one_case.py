"""One case under its faults: somebody presses until it is done, the worker works, and the minutes pass."""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from django.db import DatabaseError, InterfaceError, connections
from procrastinate.exceptions import ConnectorException
from psycopg_pool import PoolTimeout

from savnet.cases.errors import NothingRecorded, RecordedOrNot
from savnet.casework import carrying, sending
from savnet.casework.queue import CARRY
from soak.crashes import carry_on, pass_by
from soak.faulty.faults import Fault
from soak.faulty.house import Ground, Struck, given_to_impostors
from soak.house import missing_child
from soak.judging import Verdict, judge
from soak.sink import arrivals

MINUTE = timedelta(minutes=1)
MOST_PRESSES, MOST_MINUTES = 12, 400
TOLD = (DatabaseError, InterfaceError, NothingRecorded, RecordedOrNot)
"""What she is told of on the page: then she presses again."""


@dataclass(slots=True)
class Outcome:
    """What became of one case. `by_the_line` is how many letters came by the line that was to fail."""

    verdict: Verdict
    by_the_line: int = 0
    struck: int = 0
    presses: int = 0
    minutes: int = 0
    unguarded: int = 0
    betrayed: int = 0

    @property
    def good(self) -> bool:
        """Whether all that was owed was done or is with a person, once, and never lay without anybody at it."""
        return self.verdict.clean and not self.unguarded and not self.betrayed


def one_case(ground: Ground, number: int, faults: tuple[Fault, ...], random: Random) -> Outcome:
    """A child goes missing while these go wrong, at moments drawn from the seed; then all is well, and it is judged."""
    if ground.far:
        ground.far.begin()
    case, outcome = missing_child(ground.house, number), Outcome(Verdict())
    drawn = tuple((fault, fault.drawn(random)) for fault in faults)
    ground.begin(drawn)
    outcome.presses = _press(ground, case)
    _minutes(ground, outcome, drawn)
    outcome.struck = ground.struck(drawn)
    ground.end()
    _minutes(ground, outcome, ())
    outcome.by_the_line = len(arrivals(ground.house.ledger))
    if ground.far:
        had = ground.far.end()
        outcome.by_the_line = len(had)
        with ground.house.ledger.open("a", encoding="utf-8") as ledger:
            ledger.writelines(had)
    outcome.verdict = judge(ground.house, [case], ledgers=False)
    outcome.betrayed = given_to_impostors(ground)
    ground.house.ledger.write_text("", encoding="utf-8")
    return outcome


def _press(ground: Ground, case: UUID) -> int:
    """How many times she had to press before the page said that it was done."""
    for times in range(1, MOST_PRESSES + 1):
        try:
            sending.send(case, by=ground.house.guard, now=ground.house.clock.now())
        except TOLD:
            ground.mend()
            ground.house.clock.pass_by(timedelta(seconds=20))
        else:
            connections.close_all()
            return times
    raise RuntimeError(f"She pressed {MOST_PRESSES} times, and was never told that it was done.")


def _minutes(ground: Ground, outcome: Outcome, drawn: Struck) -> None:
    """Minute after minute until nothing waits. A worker that fails is started again the next minute.

    What nobody is at after a minute counts, if nothing struck in it and the worker lived.
    """
    alone: set[UUID] = set()
    for _ in range(MOST_MINUTES):
        before = ground.struck(drawn)
        well = _work() and ground.struck(drawn) == before
        ground.mend()
        if ground.far:
            ground.far.a_minute()
        outcome.minutes += 1
        now_alone, waits_until = _nobody_at(ground)
        outcome.unguarded += len(alone & now_alone) if well else 0
        alone = now_alone
        if not now_alone and waits_until is None:
            return
        _pass(ground, waits_until)


def _work() -> bool:
    """A worker until nothing is due. Whether it came to its end by itself; else heartbeats would fail, and be seen."""
    try:
        carry_on()
    except (ConnectorException, PoolTimeout):
        return False  # it dies where its queue can't be reached; whoever watches over it starts it again
    return True


def _nobody_at(ground: Ground) -> tuple[set[UUID], datetime | None]:
    """Letters that ought to go and that no job is about; and when the next job is due, if there is one."""
    with ground.ask() as database:
        query = "SELECT args->>'message_id', scheduled_at FROM procrastinate_jobs WHERE task_name = %s"
        jobs = database.execute(f"{query} AND status = 'todo'".encode(), [CARRY]).fetchall()
        doing = database.execute(f"{query} AND status = 'doing'".encode(), [CARRY]).fetchall()
    looked_after = {UUID(message) for message, _ in jobs}
    now = ground.house.clock.now()
    due = [at or now for _, at in jobs] + [now for _ in doing]
    with ground.apart():
        unfinished = {one.id for one in carrying.unfinished()}
    return unfinished - looked_after, min(due, default=None)


def _pass(ground: Ground, due: datetime | None) -> None:
    now = ground.house.clock.now()
    with ground.ask() as database:
        pass_by(ground.house, database, max(MINUTE, (due or now) - now))


def quiet() -> None:
    """Faults are expected here: what the house writes into its log of them is no news."""
    logging.disable(logging.CRITICAL)
