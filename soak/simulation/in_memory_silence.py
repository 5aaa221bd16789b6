"""Who is told when nobody acts, in memory: the house's ladders, turns, pauses and reviews, against whole numbers."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from savnet.policy import ladder, reviews, turns
from savnet.rules import Derivation, Obligation
from savnet.rules.words import CaseState, ObligationState
from soak.simulation import hours
from soak.simulation.facts import Key
from soak.simulation.wrong import Broken

STAFF = ("Anne", "Berit", "Cato", "Dagny", "Even")
NORWAY = ZoneInfo("Europe/Oslo")
LONGEST, LONGEST_WHEN_LATE = timedelta(hours=4), timedelta(hours=1)


@dataclass(slots=True)
class Told:
    """What has been told of one matter, to whom, and until when somebody keeps it still."""

    arisen_at: datetime
    due_at: list[datetime] = field(default_factory=list)
    people: list[str] = field(default_factory=list)
    until: datetime | None = None


@dataclass(slots=True)
class Silence:
    """The alarms and reviews of one case."""

    random: Random
    matters: dict[Key, Told] = field(default_factory=dict)
    reviewed: date | None = None
    since: date | None = None

    def a_round(self, derived: Derivation, now: datetime, born: date) -> int:
        """What a worker does, and whether it was right. Returns how many checks were made."""
        checks = 0
        for one in _waiting(derived):
            self._tell(one, now)
            self._judge(one, now)
            self._perhaps_take_on(one, now)
            checks += 3
        return checks + self._review(derived, now, born)

    def _tell(self, one: Obligation, now: datetime) -> None:
        """Fire the rung that is due, to whoever of those who are there is next in turn."""
        stairs, told = ladder.ladder_for(one.standard, latest=one.latest), self._told(one)
        rung = ladder.due(stairs, one.arisen_at, now, latest=one.latest)
        paused = told.until is not None and told.until > now
        if rung is None or paused or (told.due_at and rung.at <= told.due_at[-1]):
            return
        there = self.random.sample(STAFF, self.random.randrange(1, len(STAFF) + 1))
        person = turns.next_in_turn(there, told.people)
        if person is None or (person in told.people and set(there) - set(told.people)):
            raise Broken(f"{one.id}: {person} is told again, and {set(there) - set(told.people)} never was")
        told.people.append(person)
        told.due_at.append(rung.at)

    def _told(self, one: Obligation) -> Told:
        """A limit that has been moved begins its ladder anew."""
        told = self.matters.setdefault(one.key, Told(one.arisen_at))
        if told.arisen_at != one.arisen_at:
            told.arisen_at, told.due_at = one.arisen_at, []
        return told

    def _judge(self, one: Obligation, now: datetime) -> None:
        """I1: the newest rung was fired, or is kept still for a while; and another is to come."""
        told, name = self.matters[one.key], "numbered" if one.latest else str(one.standard)
        due = hours.newest(name, one.arisen_at, one.latest, now)
        paused = told.until is not None and told.until > now
        if due and not paused and (not told.due_at or told.due_at[-1] != due):
            raise Broken(f"I1: {one.id} waits, and nobody was told at {due}; last at {told.due_at[-1:]}")
        following = ladder.following(
            ladder.ladder_for(one.standard, latest=one.latest), one.arisen_at, now, latest=one.latest
        )
        if following.at != hours.coming(name, one.arisen_at, one.latest, now):
            raise Broken(f"I1: {one.id} has its next alarm at {following.at}")

    def _perhaps_take_on(self, one: Obligation, now: datetime) -> None:
        """Somebody answers: that buys a while, and never goes past the limit."""
        if self.random.random() > 0.05:
            return
        asked = self.random.choice(turns.PAUSES)
        until = turns.pause_until(asked, now, limit=one.latest)
        longest = LONGEST_WHEN_LATE if one.latest and one.latest <= now else LONGEST
        if until - now > longest or (one.latest and now < one.latest < until):
            raise Broken(f"{one.id} is kept still until {until}, and its limit is {one.latest}")
        self.matters[one.key].until = until

    def _review(self, derived: Derivation, now: datetime, born: date) -> int:
        """The day on which the case is gone through next; now and then it is."""
        if derived.state is not CaseState.MISSING or derived.missing_since is None:
            return 0
        since = derived.missing_since.astimezone(NORWAY).date()
        if since != self.since:
            self.since, self.reviewed = since, None
        planned = reviews.next_review(since, last=self.reviewed, born=born)
        if planned != (due := hours.review_after(since, last=self.reviewed, born=born)):
            raise Broken(f"the next review is on {planned}, and should be on {due}")
        if self.random.random() < 0.15:
            self.reviewed = now.astimezone(NORWAY).date()
        return 1


def _waiting(derived: Derivation) -> Iterator[Obligation]:
    yield from (one for one in derived.obligations if one.state is ObligationState.OPEN)
