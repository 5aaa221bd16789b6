"""Who is to die where: drawn from a seed before it begins, and seen to while it runs."""

import os
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from time import clock_gettime, monotonic, sleep

from soak.forks import ended, fork, killed
from soak.points import Point, plant

PATIENCE = 600.0
"""Seconds after which a process that was to live is held to hang; many, for a busy machine may let it wait."""
EVERY = 0.008


@dataclass(frozen=True, slots=True)
class Plan:
    """Where a process dies, and after how many seconds of work it does whatever it came to; neither, and it lives."""

    point: Point | None = None
    nth: int = 1
    after: float | None = None

    def __str__(self) -> str:
        return str(self.point) if self.point else "any moment"


def drawn(random: Random, points: tuple[Point, ...], longest: float) -> Plan:
    """Four of five die at a named point, the others whenever it is. Who doesn't come to its point in time dies too."""
    if random.random() < 0.2:
        return Plan(after=random.uniform(0, longest))
    point = random.choice(points)
    return Plan(point, random.choice((1, 1, 1, random.randint(1, point.times))), after=longest * 2)


@dataclass(slots=True)
class Crew:
    """The processes that are alive, what was planned for each, and what became of those that were."""

    alive: dict[int, tuple[str, Plan, float]] = field(default_factory=dict)
    kills: Counter[str] = field(default_factory=Counter)
    failed: int = 0

    def start(self, role: str, work: Callable[[], object], plan: Plan) -> None:
        """A copy of this process that does the work, and dies as planned."""

        def live() -> None:
            if plan.point:
                plant(plan.point, plan.nth)
            work()

        self.alive[fork(live)] = role, plan, monotonic()

    def at_work(self, role: str) -> int:
        """How many of this role are alive, as far as is known."""
        return sum(one == role for one, _, _ in self.alive.values())

    def look(self) -> None:
        """Kill those whose moment has come, and count who has ended since the last look."""
        for child, (_, plan, began) in list(self.alive.items()):
            code, at_point = ended(child), True
            if code is None and (worked(child) > (plan.after or PATIENCE) or monotonic() - began > PATIENCE):
                self.failed += plan.after is None
                code, at_point = killed(child), False
            if code is not None:
                del self.alive[child]
                self._count(code, str(plan) if at_point else str(Plan()))

    def _count(self, code: int, where: str) -> None:
        if code < 0:
            self.kills[where] += 1
        elif code > 0:
            self.failed += 1

    def see_to_the_end(self) -> None:
        """Wait until each is dead or done."""
        while self.alive:
            self.look()
            sleep(EVERY)

    def end(self) -> None:
        """End all who are alive. They count for nothing: their time is over, and nothing was planned."""
        for child in self.alive:
            killed(child)
        self.alive = {}

    def rest(self) -> None:
        """Wait a little, and look."""
        sleep(EVERY)
        self.look()


def worked(child: int) -> float:
    """Seconds of processor time that it has had: the clock on the wall says little of how far it is."""
    return clock_gettime(~child << 3 | 2)  # the kernel's way to name the clock of another process


def cores() -> str:
    """What it ran on, for the figures."""
    return f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.0f}"
