"""A case in memory: the real rules, policy and delivery's decisions on a ledger that is a list.

It is much faster than the whole house, and proves less: that the pieces put together are right is `running`'s to show.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from savnet.rules import Appointment, CaseFile, Centre, Derivation, Resident, derive
from savnet.rules.events import Event
from savnet.rules.words import AppointmentKind, Operator
from soak.simulation import facts as true
from soak.simulation.beginnings import beginning
from soak.simulation.facts import Fact
from soak.simulation.whiles import DAY, HOUR, MINUTE

BY_EVENTS = frozenset({"2.2-1", "2.2-4", "4-15", "4-13"})


@dataclass(slots=True)
class Memory:
    """One case, its clock, and what is true of it."""

    seed: int
    random: Random
    now: datetime
    resident: Resident
    centre: Centre
    events: list[Event] = field(default_factory=list)
    facts: dict[int, Fact] = field(default_factory=dict)
    story: list[str] = field(default_factory=list)
    moving_to: str | None = None
    alarms: dict[Any, list[Any]] = field(default_factory=dict)
    letters: dict[Any, Any] = field(default_factory=dict)

    @property
    def file(self) -> CaseFile:
        return CaseFile(centre=self.centre, resident=self.resident, events=tuple(self.events))

    @property
    def derived(self) -> Derivation:
        return derive(self.file, self.now)

    @property
    def gone(self) -> list[true.Gone]:
        """The disappearances so far, by what is true."""
        return true.course(self.facts, self.born, str(self.centre.municipality), self.now)

    @property
    def born(self) -> date:
        return self.resident.born or date(2000, 1, 1)

    @property
    def missing(self) -> true.Gone | None:
        last = next(iter(self.gone[-1:]), None)
        return last if last and not last.returns else None

    def chance(self, share: float) -> bool:
        return self.random.random() < share

    def record(self, kind: type[Event], at: datetime | None = None, /, *, fact: str = "", **says: Any) -> int:
        """Write it down, number it, and remember what is true."""
        number = len(self.events) + 1
        event = kind(at=at or self.now, number=number, recorded_at=self.now, **says)
        self.events.append(event)
        if fact:
            told = {name: None if value is None else getattr(value, "value", value) for name, value in says.items()}
            self.facts[number] = Fact(number, fact, event.at, told)
        self.story.append(f"{self.now:%d.%m.%Y %H.%M.%S}  no. {number} {kind.type} {at or ''} {says or ''}")
        return number

    def passes(self) -> None:
        """A while, often short, sometimes long; never to the same instant twice."""
        wait = self.random.choice((5 * MINUTE, HOUR, HOUR, 6 * HOUR, DAY, 9 * DAY))
        self.now += timedelta(microseconds=self.random.randrange(1, round(wait / timedelta(microseconds=1))))


def begun(seed: int) -> Memory:
    """A child and a centre; the year is one of the twelve ahead, a third of all begin near a change of the clocks."""
    random = Random(seed)  # noqa: S311 - a course of events, and no secret
    now = beginning(random)
    year = now.year - random.choice((15, 16, 17, 17, 18))
    born = date(year, now.month, min(now.day, 28)) + timedelta(days=random.randrange(-9, 300))
    born = date(year - year % 4, 2, 29) if random.random() < 0.1 else born
    ahead = tuple(
        Appointment(kind=kind, for_=now + timedelta(days=random.randrange(1, 30)))
        for kind in AppointmentKind
        if random.random() < 0.4
    )
    child = Resident(born=born, lawyer=random.random() < 0.7, guardian=random.random() < 0.2, appointments=ahead)
    return Memory(seed, random, now, child, Centre(operator=Operator.MUNICIPAL, municipality="9901"))
