"""One letter from its first try to its last, in memory, by delivery's own decisions."""

from dataclasses import dataclass, field
from datetime import datetime
from random import Random
from uuid import UUID

from savnet.delivery import standing
from savnet.delivery.channel import CannotSend, Envelope, Refused, Silent, Taken, Unclear
from savnet.delivery.course import next_look
from savnet.delivery.words import SENT, AttemptOutcome, Meaning, Progress
from savnet.policy import ways
from savnet.policy.house import RETRY
from savnet.rules.words import Channel
from soak.simulation.whiles import HOUR, MINUTE
from soak.simulation.wire import FOLLOWED, Died, Wire
from soak.simulation.wrong import Broken

CUT_OFF = 10 * MINUTE
LONGEST = {Channel.ENCRYPTED_EMAIL: 2 * HOUR}
MOST_STEPS = 200


@dataclass(slots=True)
class Tried:
    """One try."""

    number: int
    channel: str
    started_at: datetime
    ended_at: datetime | None = None
    outcome: str | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """What a channel has told."""

    channel: str
    meaning: str
    at: datetime
    read_at: datetime


@dataclass(slots=True)
class Letter:
    """The letter, the ways it may go, and all that has been tried and told."""

    id: UUID
    wire: Wire
    ways: list[Channel]
    latest: datetime | None
    attempts: list[Tried] = field(default_factory=list)
    statuses: list[Said] = field(default_factory=list)

    @property
    def here(self) -> list[Tried]:
        return [one for one in self.attempts if one.channel == self.ways[0]] if self.ways else []

    @property
    def progress(self) -> Progress:
        return standing.progress(self.attempts, self.statuses)


def fare(random: Random, now: datetime, *, numbered: bool) -> int:
    """Let a letter go, from now until it has arrived or a person has it. Returns how many checks were made."""
    wire, left = Wire(random, lambda line: None), random.sample(sorted({*FOLLOWED, Channel.ENCRYPTED_EMAIL}), 3)
    latest = now + random.randrange(1, 24) * HOUR if numbered else None
    letter = Letter(UUID(int=random.getrandbits(128), version=4), wire, left, latest)
    for step in range(MOST_STEPS):
        _a_step(letter, now)
        _judge(letter, now)
        following = _next(letter, now)
        if following is None:
            return 4 * step
        now = max(following, now + MINUTE)
    raise Broken(f"a letter neither arrives nor comes to a person: {letter.attempts[-3:]}")


def _a_step(letter: Letter, now: datetime) -> None:
    """What a worker does with it: hear, try, or let it go another way."""
    _hear(letter, now)
    _close_cut_off(letter, now)
    while letter.ways and letter.progress not in SENT and not _under_way(letter):
        due = standing.retry_at(letter.attempts, RETRY, statuses=letter.statuses)
        if not letter.here or (due is not None and due <= now):
            _try(letter, now)
        if letter.progress in SENT or _under_way(letter) or not _is_over(letter, now):
            return
        letter.ways.pop(0)


def _under_way(letter: Letter) -> bool:
    return any(one.outcome is None for one in letter.attempts)


def _close_cut_off(letter: Letter, now: datetime) -> None:
    for one in letter.attempts:
        if one.outcome is None and now - one.started_at >= CUT_OFF:
            one.outcome, one.ended_at = AttemptOutcome.UNKNOWN, now


def _hear(letter: Letter, now: datetime) -> None:
    """All that portals and mail servers say by now."""
    for channel in {Channel(one.channel) for one in letter.attempts} & FOLLOWED:
        line = letter.wire.channel(channel)
        try:
            told = line.statuses(_envelope(letter, now))  # type: ignore[attr-defined]
        except Silent:
            continue
        known = {(one.channel, one.meaning, one.at) for one in letter.statuses}
        for one in told:
            if (channel, one.meaning, one.at) not in known:
                letter.statuses.append(Said(channel, one.meaning, one.at, now))
                known.add((channel, one.meaning, one.at))
    for message_id, _, at in list(letter.wire.to_bounce):
        if at <= now:
            letter.wire.to_bounce.clear()
            letter.wire.bounced.add(message_id)
            letter.statuses.append(Said(Channel.ENCRYPTED_EMAIL, Meaning.FAILED, at, now))


def _try(letter: Letter, now: datetime) -> None:
    row = Tried(len(letter.attempts) + 1, letter.ways[0], now)
    envelope = _envelope(letter, now)
    letter.attempts.append(row)
    try:
        answer = letter.wire.channel(letter.ways[0]).send(envelope, b"x")
        row.outcome = AttemptOutcome.TAKEN if isinstance(answer, Taken) else AttemptOutcome.ACCEPTED
    except CannotSend:
        row.outcome = AttemptOutcome.REFUSED
    except Refused as refused:
        row.outcome = AttemptOutcome.REFUSED if refused.permanent else AttemptOutcome.REFUSED_FOR_NOW
    except Unclear:
        row.outcome = AttemptOutcome.UNKNOWN
    except Died:
        return
    row.ended_at = now


def _envelope(letter: Letter, now: datetime) -> Envelope:
    return Envelope(message_id=letter.id, address="x", at=now, repeat=standing.repeat_number(letter.attempts))


def _is_over(letter: Letter, now: datetime) -> bool:
    """Whether this way has been of no use, or has had its time."""
    if not letter.here:
        return False
    lost = standing.progress(letter.here, letter.statuses) in {Progress.FAILED, Progress.EXPIRED}
    return letter.here[-1].outcome == AttemptOutcome.REFUSED or lost or now >= _over(letter)


def _over(letter: Letter) -> datetime:
    begun, left = letter.here[0].started_at, len(letter.ways) - 1
    return ways.give_up_at(letter.ways[0], begun, latest=letter.latest, left=left)


def _next(letter: Letter, now: datetime) -> datetime | None:
    """When to see to it next; None where it has arrived for good, or a person has it."""
    coming = [at for _, _, at in letter.wire.to_bounce]
    if letter.progress in SENT or not letter.ways:
        return min(coming, default=None)
    if _under_way(letter):
        return letter.attempts[-1].started_at + CUT_OFF
    due = standing.retry_at(letter.attempts, RETRY, statuses=letter.statuses)
    if due is None or letter.progress is Progress.TAKEN:
        due = next_look(letter.here[0].started_at, now, ladder=ways.LOOK)
    return min(due, _over(letter), *coming)


def _judge(letter: Letter, now: datetime) -> None:
    """Sent is what went; repeats are marked; each way ends in time; and a person is left the time to carry it."""
    if (letter.progress in SENT) is not letter.wire.arrived(letter.id):
        raise Broken(f"the letter is {letter.progress}, and has arrived: {letter.wire.arrived(letter.id)}")
    if letter.wire.wrong:
        raise Broken(f"I4: {letter.wire.wrong[0]}")
    if letter.progress in SENT or not letter.here:
        return
    begun = letter.here[0].started_at
    last = begun + LONGEST.get(letter.ways[0], 3 * HOUR)
    if letter.latest:
        last = max(begun + 15 * MINUTE, min(last, letter.latest - 6 * HOUR))
    if now > last + CUT_OFF + MINUTE:
        raise Broken(f"the letter has waited by {letter.ways[0]} since {begun}, and ought to go another way")
