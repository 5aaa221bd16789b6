"""Every receiver's system at once: what it takes, refuses or loses, and what it says of it afterwards.

It keeps a ledger of its own, by which the house is judged: which bytes came under which message id, when, and whether
they were marked as a repeat.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from savnet.delivery.channel import CannotSend, Envelope, Refused, Silent, Status, Taken, Unclear
from savnet.delivery.words import Hindrance, Meaning
from savnet.rules.words import Channel
from soak.simulation.whiles import HOUR, MINUTE

FOLLOWED = frozenset({Channel.EFORMIDLING, Channel.FIKS, Channel.SVARUT, Channel.ALTINN})
E_MAIL = ("accept",) * 6 + ("busy", "busy", "refuse", "never", "unclear", "bounce", "bounce", "die")
PORTAL = ("delivered",) * 5 + (
    "doubled",
    "opened first",
    "failed",
    "expired",
    "nothing",
    "late",
    "failed after all",
    "delivered after all",
    "busy",
    "refuse",
    "cannot",
    "unclear",
    "die",
)


class Died(BaseException):
    """The worker's process is killed while its letter is on the way."""


@dataclass(frozen=True, slots=True)
class Came:
    """One try that reached the receiver's side. `arrived` is whether the receiver may hold the letter after it."""

    message_id: UUID
    channel: Channel
    at: datetime
    digest: str
    repeat: int
    arrived: bool
    accepted: bool


@dataclass(slots=True)
class Fate:
    """What becomes of one message by one channel."""

    kind: str
    busy: int
    after: timedelta
    tries: int = 0
    taken_at: datetime | None = None
    silent: int = 0


@dataclass(slots=True)
class Wire:
    """All channels of all receivers, as the seed has them."""

    random: Random
    tell: Callable[[str], None]
    came: list[Came] = field(default_factory=list)
    fates: dict[tuple[UUID, Channel], Fate] = field(default_factory=dict)
    told: dict[tuple[UUID, Channel], list[Status]] = field(default_factory=dict)
    bounced: set[UUID] = field(default_factory=set)
    to_bounce: list[tuple[UUID, str, datetime]] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def channel(self, name: str) -> "Line":
        """What carries letters by that channel."""
        if name in FOLLOWED:
            return FollowedLine(self, Channel(name))
        if name == Channel.ENCRYPTED_EMAIL:
            return Line(self, Channel(name))
        raise CannotSend(Hindrance.BY_HAND, "Denne meldingen må overbringes av en person.")

    def fate(self, message_id: UUID, channel: Channel) -> Fate:
        """Drawn when it is first asked for."""
        if (message_id, channel) not in self.fates:
            kind = self.random.choice(PORTAL if channel in FOLLOWED else E_MAIL)
            after = self.random.choice((2 * MINUTE, 20 * MINUTE, HOUR, 5 * HOUR)) + self.random.randrange(50) * MINUTE
            drawn = Fate(kind, self.random.randrange(1, 5), after, silent=self.random.choice((0, 0, 0, 2)))
            self.fates[message_id, channel] = drawn
        return self.fates[message_id, channel]

    def arrived(self, message_id: UUID) -> bool:
        """Whether the house may call this message sent: accepted and not come back, or told to be delivered."""
        accepted = any(one.message_id == message_id and one.accepted for one in self.came)
        delivered = {Meaning.DELIVERED, Meaning.OPENED}
        said = any(one.meaning in delivered for (of, _), told in self.told.items() if of == message_id for one in told)
        return said or (accepted and message_id not in self.bounced)

    def tried(self) -> set[UUID]:
        """Every message that was brought to a receiver's system, whatever came of it."""
        return {message_id for message_id, _ in self.fates}


@dataclass(frozen=True, slots=True)
class Line:
    """One channel. E-mail tells at once whether it was accepted, and perhaps later that it came back."""

    wire: Wire
    name: Channel

    def check(self, envelope: Envelope) -> None:
        """Every address can be used."""

    def send(self, envelope: Envelope, letter: bytes) -> "str | Taken":
        fate = self.wire.fate(envelope.message_id, self.name)
        fate.tries += 1
        self.wire.tell(f"{self.name} {envelope.short_id}, try {fate.tries}: {fate.kind}")
        match fate.kind:
            case "refuse":
                raise Refused("550 No such mailbox", permanent=True)
            case "cannot":
                raise CannotSend(Hindrance.RECEIVER_NOT_THERE, "Mottakeren finnes ikke der.")
            case "busy" | "never" if fate.kind == "never" or fate.tries <= fate.busy:
                raise Refused("451 Try again later", permanent=False)
            case "unclear" if fate.tries <= fate.busy:
                self._note(envelope, letter, arrived=True)
                raise Unclear("The line broke after the last byte.")
            case "die" if fate.tries == 1:
                self._note(envelope, letter, arrived=True)
                raise Died
        return self._take(fate, envelope, letter)

    def _take(self, fate: Fate, envelope: Envelope, letter: bytes) -> "str | Taken":
        self._note(envelope, letter, arrived=True, accepted=True)
        if fate.kind == "bounce":
            self.wire.to_bounce.append((envelope.message_id, envelope.address, envelope.at + fate.after))
        return "250 2.0.0 Ok"

    def _note(self, envelope: Envelope, letter: bytes, *, arrived: bool, accepted: bool = False) -> None:
        before = [one for one in self.wire.came if one.message_id == envelope.message_id and one.arrived]
        if bool(before) is not (envelope.repeat > 1):
            said = f"says repeat {envelope.repeat}"
            self.wire.wrong.append(f"{envelope.short_id} came {len(before)} times before, and {said}")
        digest = hashlib.sha256(letter).hexdigest()
        came = Came(envelope.message_id, self.name, envelope.at, digest, envelope.repeat, arrived, accepted)
        self.wire.came.append(came)


class FollowedLine(Line):
    """A portal: it takes the letter, and tells later what became of it, in whatever order it likes."""

    def _take(self, fate: Fate, envelope: Envelope, letter: bytes) -> "str | Taken":
        self._note(envelope, letter, arrived=True)
        fate.taken_at = fate.taken_at or envelope.at
        return Taken("taken")

    def statuses(self, envelope: Envelope) -> tuple[Status, ...]:
        """All that it says by now. Raises Silent for a portal that is down."""
        fate = self.wire.fate(envelope.message_id, self.name)
        if fate.silent > 0:
            fate.silent -= 1
            raise Silent("503 Service unavailable")
        said = tuple(status for status, shown in course(fate) if shown <= envelope.at) if fate.taken_at else ()
        self.wire.told[envelope.message_id, self.name] = list(said)
        return said


def course(fate: Fate) -> list[tuple[Status, datetime]]:
    """All that a portal will ever say, and when it shows each: early, late, doubled, in the wrong order."""
    if fate.taken_at is None:
        return []
    begun, then = fate.taken_at, fate.taken_at + fate.after
    on_its_way = (Status(name="SENDT", at=begun, meaning=Meaning.ON_ITS_WAY), begun)
    delivered = Status(name="LEVERT", at=then, meaning=Meaning.DELIVERED)
    failed = Status(name="FEIL", at=then, meaning=Meaning.FAILED)
    match fate.kind:
        case "doubled":
            again = Status(name="LEVERT", at=then + 3 * MINUTE, meaning=Meaning.DELIVERED)
            return [on_its_way, (delivered, then), (delivered, then), (again, then + 3 * MINUTE)]
        case "opened first":
            opened = Status(name="LEST", at=then + MINUTE, meaning=Meaning.OPENED)
            return [(opened, then + MINUTE), (delivered, then + 9 * MINUTE), on_its_way]
        case "failed":
            return [on_its_way, (failed, then)]
        case "expired":
            return [on_its_way, (Status(name="LEVETID_UTLOPT", at=then, meaning=Meaning.EXPIRED), then)]
        case "nothing":
            return [on_its_way]
        case "late":
            return [on_its_way, (delivered, then + 6 * HOUR)]
        case "failed after all":
            return [(delivered, then), (Status(name="FEIL", at=then + HOUR, meaning=Meaning.FAILED), then + HOUR)]
        case "delivered after all":
            after = Status(name="LEVERT", at=then + HOUR, meaning=Meaning.DELIVERED)
            return [on_its_way, (failed, then), (after, then + HOUR)]
        case _:
            return [on_its_way, (delivered, then)]
