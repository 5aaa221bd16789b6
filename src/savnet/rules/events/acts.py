"""What is done about obligations: met, tried, received at the other end, and the letters whose bytes were fixed."""

from dataclasses import dataclass
from typing import ClassVar

from savnet.rules.events.base import Event
from savnet.rules.words import Channel, Outcome, Recipient


@dataclass(frozen=True, slots=True, kw_only=True)
class Act(Event):
    """What `done` and `attempted` share: an obligation is met, or somebody tried to meet it."""

    obligation: str
    recipient: Recipient | None = None
    municipality: str | None = None
    channel: Channel | None = None
    reference: str | None = None
    copy_of: str | None = None
    knew: str | None = None
    more_information_needed: bool | None = None
    because: int | None = None
    letter: str | None = None
    message: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Done(Act):
    type: ClassVar[str] = "done"


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempted(Act):
    type: ClassVar[str] = "attempted"
    outcome: Outcome = Outcome.UNKNOWN


@dataclass(frozen=True, slots=True, kw_only=True)
class Received(Event):
    """A named person at the receiver has it (`by`), with the receiver's own reference."""

    type: ClassVar[str] = "received"
    obligation: str
    recipient: Recipient | None = None
    municipality: str | None = None
    copy_of: str | None = None
    reference: str | None = None
    because: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterComposed(Event):
    """A letter's bytes were fixed: `letter` is their SHA-256, `message` the id all its attempts carry.

    `data` is the SHA-256 of what goes beside the letter to the receivers' systems, where any does.
    """

    type: ClassVar[str] = "letter_composed"
    obligation: str
    letter: str
    data: str | None = None
    message: str | None = None
    recipient: Recipient | None = None
    municipality: str | None = None
    copy_of: str | None = None
    because: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DelayExplained(Event):
    """Somebody says why a duty was met late, or later than it should have been beside another (b-4 after a-1).

    No rule reads it: what was late stays late. It answers whoever asks why.
    """

    type: ClassVar[str] = "delay_explained"
    obligation: str
    why: str
    recipient: Recipient | None = None
    because: int | None = None
