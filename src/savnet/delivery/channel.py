"""What every channel must be able to do, what it may know of a message, and how it says that it could not.

A channel is handed an `Envelope` and the letter's bytes, never the message's row: it can't put a case fact into a
subject or a header, because it has none.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from savnet.delivery.words import Hindrance


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """All a channel may know: which message, to what address, under which certificate, and whether it is a repeat.

    `repeat` is 1 the first time the receiver can have got it, 2 or more when an earlier attempt may have arrived.
    """

    message_id: UUID
    address: str
    at: datetime
    certificate: str | None = None
    repeat: int = 1

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


class Channel(Protocol):
    """A way to carry letters over the wire."""

    def check(self, envelope: Envelope) -> None:
        """Return if this can be sent at `envelope.at`; raise CannotSend with the reason if not. Touches no network."""

    def send(self, envelope: Envelope, letter: bytes) -> str:
        """Carry the letter and return the other end's answer; raise Refused or Unclear."""
