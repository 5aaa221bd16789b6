"""What every channel must be able to do, what it may know of a message, and how it says that it could not.

A channel is handed an `Envelope` and the letter's bytes, never the message's row: it can't put a case fact into a
subject or a header, because it has none.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol, runtime_checkable
from uuid import UUID

from savnet.delivery.words import Hindrance, Meaning


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """All a channel may know: which message, to what address, under which certificate, and whether it is a repeat.

    `repeat` is 1 the first time the receiver can have got it, 2 or more when an earlier attempt may have arrived.
    `data` is what the receiver's system needs beside the letter, as secret as the letter itself; it is for the inside
    of what is sent, never for its outside. `until` is when it must have arrived, where the caller has decided that.
    `answers` is what the channel answered each time it took the message: some channels number messages themselves.
    """

    message_id: UUID
    address: str
    at: datetime
    certificate: str | None = None
    repeat: int = 1
    composed_at: datetime | None = None
    until: datetime | None = None
    data: bytes | None = field(default=None, repr=False)
    answers: tuple[str, ...] = ()

    @property
    def short_id(self) -> str:
        """The eight characters that people read to each other; says nothing about the case."""
        return self.message_id.hex[:8].upper()


class CannotSend(Exception):
    """The channel can't take this message. Nothing was sent; it must go another way, and `reason` says why."""

    def __init__(self, hindrance: Hindrance, reason: str) -> None:
        super().__init__(f"{reason} Send it on paper instead, or remove the hindrance.")
        self.hindrance = hindrance
        self.reason = reason


class Refused(Exception):
    """The other end did not take the letter. `permanent` says whether trying again is of any use."""

    def __init__(self, answer: str, *, permanent: bool) -> None:
        super().__init__(answer)
        self.answer = answer
        self.permanent = permanent


class Unclear(Exception):
    """The letter was on its way when the line broke. It may have arrived; try again under the same message id."""

    def __init__(self, answer: str) -> None:
        super().__init__(answer)
        self.answer = answer


@dataclass(frozen=True, slots=True)
class Taken:
    """A channel has taken the letter and carries it further by itself. It is not sent before the channel says so."""

    answer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """What a channel says of a message it has taken: its own word, when it says that it happened, what it means."""

    name: str
    at: datetime
    meaning: Meaning
    description: str = ""


class Silent(Exception):
    """The channel did not say how it went with a message. Nothing is known that was not known before; ask again."""

    def __init__(self, answer: str) -> None:
        super().__init__(answer)
        self.answer = answer


class Channel(Protocol):
    """A way to carry letters over the wire."""

    def check(self, envelope: Envelope) -> None:
        """Return if this can be sent at `envelope.at`; raise CannotSend with the reason if not. Touches no network."""

    def send(self, envelope: Envelope, letter: bytes) -> str | Taken:
        """Carry the letter and return the other end's answer; raise Refused or Unclear.

        CannotSend where only the other end could tell that it can't take it, and has; nothing was sent then either.

        `Taken` where the other end only carries it further: such a channel is a `FollowedChannel` too.
        """


@runtime_checkable
class FollowedChannel(Protocol):
    """A channel that tells, when asked, how it went with what it has taken."""

    def statuses(self, envelope: Envelope) -> tuple[Status, ...]:
        """All that the channel says of this message so far, in any order, doubled or not; raise Silent."""
