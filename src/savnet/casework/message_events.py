"""What the ledger is told of a message: composed, done, attempted, received. Each names the obligation it is about."""

from datetime import datetime
from typing import Any

from savnet.access.models import Person
from savnet.delivery.models import Message
from savnet.rules.events import Attempted, Done, LetterComposed, Received
from savnet.rules.words import Channel, Outcome, Recipient


def composed(message: Message, *, at: datetime, by: Person) -> LetterComposed:
    """The letter's bytes are fixed; their hash stands in the ledger from here on (I3)."""
    return LetterComposed(at=at, by=by.name, **_about(message), **_letter(message))


def done(message: Message, *, at: datetime, by: Person, channel: Channel, reference: str = "", **more: Any) -> Done:
    """The message went, by this channel, and so meets its obligation if the channel does."""
    return Done(
        at=at, by=by.name, channel=channel, reference=reference or None, **_about(message), **_letter(message), **more
    )


def attempted(message: Message, *, at: datetime, by: Person, channel: Channel, outcome: Outcome) -> Attempted:
    """Somebody tried, and it did not get through, or nobody knows whether it did."""
    return Attempted(at=at, by=by.name, channel=channel, outcome=outcome, **_about(message), **_letter(message))


def received(message: Message, *, at: datetime, by_name: str, reference: str = "") -> Received:
    """A named person at the receiver has it."""
    return Received(at=at, by=by_name.strip(), reference=reference.strip() or None, **_about(message))


def _about(message: Message) -> dict[str, Any]:
    return {
        "obligation": message.obligation,
        "recipient": Recipient(message.recipient),
        "municipality": message.municipality,
        "copy_of": message.copy_of,
        "because": message.because,
    }


def _letter(message: Message) -> dict[str, Any]:
    return {"letter": message.letter_sha256, "message": str(message.id)}
