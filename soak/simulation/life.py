"""One child's case from beginning to end: what happens when, the worker's rounds between, and the story in words."""

from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from heapq import heappop, heappush
from itertools import count
from random import Random
from typing import Any
from unittest import mock
from uuid import UUID

from savnet.access.check import NotAllowed
from savnet.access.models import Person
from savnet.casework.errors import CaseworkError
from savnet.delivery.mistakes import Mistake
from savnet.register.models import Centre, Resident
from savnet.register.resolution import NoRecipient
from savnet.rules.time import OSLO
from soak.simulation.beginnings import beginning
from soak.simulation.clock import VirtualClock
from soak.simulation.themes import theme_of
from soak.simulation.wire import Wire
from soak.simulation.world import World
from soak.simulation.wrong import Broken

REFUSALS = (CaseworkError, Mistake, NotAllowed, NoRecipient)
"""What the house may answer to whoever asks for something that can't be."""

Deed = Callable[["Life"], None]


@dataclass(slots=True)
class Truth:
    """What the simulation knows because it did it itself, and by which the house is judged."""

    beliefs: dict[int, datetime] = field(default_factory=dict)
    returned: dict[int, list[int]] = field(default_factory=dict)
    receipts: set[UUID] = field(default_factory=set)
    by_hand: set[UUID] = field(default_factory=set)
    told_by_hand: set[UUID] = field(default_factory=set)
    astray: list[tuple[UUID, str, datetime]] = field(default_factory=list)
    astray_while_missing: set[datetime] = field(default_factory=set)
    noted_at: dict[int, datetime] = field(default_factory=dict)
    sent_all_at: datetime | None = None
    asleep_until: datetime | None = None

    @property
    def missing_since(self) -> datetime | None:
        """When the disappearance that lasts began; None while the child is where it should be."""
        last = max(self.beliefs, default=None)
        return None if last is None or last in self.returned else self.beliefs[last]


@dataclass(slots=True)
class Life:
    """The case of one seed."""

    seed: int
    world: World
    random: Random
    clock: VirtualClock
    wire: Wire
    child: Resident
    centre: Centre
    truth: Truth = field(default_factory=Truth)
    case_id: UUID | None = None
    story: list[str] = field(default_factory=list)
    agenda: list[tuple[datetime, int, str, Deed]] = field(default_factory=list)
    order: Any = field(default_factory=count)
    checks: int = 0
    dense: bool = False
    exercise: bool = False
    agreed: bool = False
    seen: dict[str, Any] = field(default_factory=dict)

    @property
    def now(self) -> datetime:
        return self.clock.now()

    @property
    def case(self) -> UUID:
        """The case. Deeds that need one come after it was opened."""
        if self.case_id is None:
            raise Broken("A deed came before there was a case.")
        return self.case_id

    @property
    def someone(self) -> Person:
        """Whoever of the centre's staff happens to be there."""
        return self.random.choice(self.at_work())

    def at_work(self) -> list[Person]:
        """Those of the centre who still work there, guards before the leader."""
        people = Person.objects.filter(centre=self.centre.exercise_of or self.centre, is_active=True)
        return list(people.order_by("-role", "username"))

    def chance(self, share: float, theme: str = "") -> bool:
        """Whether it comes to pass; in a case with this theme it always does."""
        return theme == theme_of(self.seed) or self.random.random() < share

    def later(self, least: timedelta, most: timedelta, deed: Deed) -> None:
        """Let somebody do this after a while of at least and at most so long."""
        minutes = int((most - least).total_seconds() // 60)
        wait = least + timedelta(minutes=self.random.randrange(minutes + 1), seconds=self.random.randrange(60))
        heappush(self.agenda, (self.now + wait, next(self.order), deed.__name__, deed))

    def tell(self, line: str) -> None:
        """Add to the story."""
        local = self.now.astimezone(OSLO)
        self.story.append(f"{local:%a %d.%m.%Y %H.%M.%S %Z}  {line}")

    def do(self, name: str, deed: Deed) -> None:
        """Do it, or be refused."""
        try:
            deed(self)
            self.tell(name.replace("_", " "))
        except REFUSALS as refusal:
            self.tell(f"{name.replace('_', ' ')}: refused, «{refusal}»")

    def next_deed(self) -> tuple[datetime, str, Deed]:
        """What happens next, taken off the agenda, which must hold something."""
        at, _, name, deed = heappop(self.agenda)
        return at, name, deed


def begin(seed: int, world: World, kept: ExitStack) -> Life:
    """A life whose every chance follows from the seed; Savnet goes by its clock until `kept` ends."""
    random = Random(seed)  # noqa: S311 - a course of events, and no secret
    clock = VirtualClock(beginning(random))
    kept.enter_context(clock.ruling(Random(seed + 1)))  # noqa: S311
    story: list[str] = []
    wire = Wire(random, lambda line: None)
    kept.enter_context(_connected(wire))
    centre = random.choice(world.centres)
    child = Resident(centre=centre, given_name="Selam", family_name=f"Simulert {seed}")
    life = Life(seed, world, random, clock, wire, child, centre, story=story)
    wire.tell = life.tell
    return life


def _connected(wire: Wire) -> AbstractContextManager[Any]:
    return mock.patch("savnet.delivery.registry.channel", wire.channel)
