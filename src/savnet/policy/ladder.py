"""When somebody is told that nothing has happened: the house's ladders, one per standard. Never shown as law.

The rungs of one obligation follow from when it arose and its limit, and from nothing else, so that any worker at any
time finds the same. They never end: what stands open is told of until somebody has acted.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count

from savnet.rules.words import Standard

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ladder:
    """Rungs as waits from when it arose; `limit` is the house's own where the law has no number; then `every`."""

    name: str
    steps: tuple[timedelta, ...]
    limit: timedelta
    every: timedelta

    def __post_init__(self) -> None:
        rising = all(one < other for one, other in zip(self.steps, self.steps[1:], strict=False))
        if not rising or self.steps[:1] < (timedelta(0),) or self.limit <= timedelta(0) or self.every <= timedelta(0):
            raise ValueError(f"The ladder {self.name} needs rising steps, and a limit and a repetition above nothing.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rung:
    """One telling. `late` from the limit on: what should have been done is not."""

    number: int
    at: datetime
    late: bool


def rungs(ladder: Ladder, arisen_at: datetime, latest: datetime | None = None) -> Iterator[Rung]:
    """Every rung in order, without end. `latest` is the law's numeric limit, where there is one.

    What arose after its limit begins late: the first rung is when it arose.
    """
    limit = latest or arisen_at + ladder.limit
    before = [arisen_at + step for step in ladder.steps if arisen_at + step < limit]
    first_late = max(limit, arisen_at)
    yield from (Rung(number=number, at=at, late=False) for number, at in enumerate(before))
    for number in count():
        yield Rung(number=len(before) + number, at=first_late + number * ladder.every, late=True)


def due(ladder: Ladder, arisen_at: datetime, now: datetime, *, latest: datetime | None = None) -> Rung | None:
    """The newest rung whose time has come; None before the first. Of rungs missed while nobody watched, only that."""
    newest = None
    for rung in _near(ladder, arisen_at, now, latest):
        if rung.at > now:
            break
        newest = rung
    return newest


def following(ladder: Ladder, arisen_at: datetime, now: datetime, *, latest: datetime | None = None) -> Rung:
    """The next rung after this instant. There is always one (I1)."""
    return next(rung for rung in _near(ladder, arisen_at, now, latest) if rung.at > now)


def _near(ladder: Ladder, arisen_at: datetime, now: datetime, latest: datetime | None) -> Iterator[Rung]:
    """The rungs from shortly before `now`: what has been late for years has thousands behind it."""
    limit = max(latest or arisen_at + ladder.limit, arisen_at)
    if now < limit + ladder.every:
        yield from rungs(ladder, arisen_at, latest)
        return
    before = next(rung.number for rung in rungs(ladder, arisen_at, latest) if rung.late)
    for number in count((now - limit) // ladder.every):
        yield Rung(number=before + number, at=limit + number * ladder.every, late=True)


BY_NUMBER = Ladder(
    name="by_number",
    steps=(timedelta(0), HOUR, 4 * HOUR, 12 * HOUR, 20 * HOUR, 23 * HOUR),
    limit=DAY,
    every=HOUR,
)
"""For what has a limit in hours: then the breach, then hourly."""

BY_STANDARD: dict[Standard, Ladder] = {
    Standard.AT_ONCE: Ladder(
        name="at_once",
        steps=(timedelta(0), HOUR, 4 * HOUR, 12 * HOUR, 20 * HOUR, 23 * HOUR),
        limit=DAY,
        every=4 * HOUR,
    ),
    Standard.IMMEDIATELY: Ladder(
        name="immediately",
        steps=(timedelta(0), HOUR, 4 * HOUR, 12 * HOUR, 20 * HOUR, 23 * HOUR),
        limit=DAY,
        every=4 * HOUR,
    ),
    Standard.AS_SOON_AS_POSSIBLE: Ladder(
        name="as_soon_as_possible", steps=(HOUR, 4 * HOUR, 12 * HOUR, DAY), limit=2 * DAY, every=12 * HOUR
    ),
    Standard.WITHOUT_UNDUE_DELAY: Ladder(
        name="without_undue_delay", steps=(HOUR, 4 * HOUR, 12 * HOUR, 20 * HOUR), limit=DAY, every=12 * HOUR
    ),
    Standard.NONE: Ladder(name="none", steps=(DAY, 3 * DAY, 7 * DAY), limit=14 * DAY, every=7 * DAY),
}
"""For what the circular wants done in words and not in hours. The house's own limit stands in for a number."""

RECEIPT = Ladder(name="receipt", steps=(2 * HOUR / 3, 4 * HOUR, 12 * HOUR), limit=DAY, every=2 * DAY)
"""For a notice that has gone, and that nobody at the receiver has confirmed. A person is told within the hour: forty
minutes, the worker's round, and the quarter in which she may just have been told of something else."""

NOT_THEIRS = Ladder(name="not_theirs", steps=(timedelta(0), HOUR, 4 * HOUR), limit=12 * HOUR, every=4 * HOUR)
"""For a notice that its receiver says is not theirs, until somebody has found who is to have it."""

QUESTION = Ladder(name="question", steps=(timedelta(0), DAY, 3 * DAY), limit=7 * DAY, every=7 * DAY)
"""For a question to a receiver, from the day the answer was due."""

UNOWNED = Ladder(name="unowned", steps=(timedelta(0), HOUR, 4 * HOUR), limit=DAY, every=DAY)
"""For an open case that nobody answers for."""

UNREVIEWED = Ladder(name="unreviewed", steps=(timedelta(0), DAY, 3 * DAY), limit=7 * DAY, every=DAY)
"""For an open case whose review is due."""

BREACH = Ladder(
    name="breach", steps=(timedelta(0), 4 * HOUR, DAY, 2 * DAY, 66 * HOUR), limit=72 * HOUR, every=12 * HOUR
)
"""For an error that nobody has yet decided whether to report. The 72 hours are the General Data Protection
Regulation's (article 33), not the circular's."""


def ladder_for(standard: Standard, *, latest: datetime | None) -> Ladder:
    """The ladder of an open obligation."""
    return BY_NUMBER if latest else BY_STANDARD[standard]
