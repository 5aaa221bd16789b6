"""What the ledger is told of a message: composed, done, attempted, received. Each names the obligation it is about."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from savnet.access.models import Person
from savnet.casework.answering import sender_of
from savnet.casework.ways import ledger_channel
from savnet.delivery.models import Attempt, Message
from savnet.delivery.words import AttemptOutcome, Meaning
from savnet.rules import write_event
from savnet.rules.events import Attempted, Done, Event, LetterComposed, Received
from savnet.rules.words import Channel, Outcome, Recipient


def composed(message: Message, *, at: datetime, by: Person, said: str = "") -> LetterComposed:
    """The letter's bytes are fixed, and the data beside them; their hashes stand in the ledger from here on (I3), with
    what `by` wrote for it.
    """
    fixed = {**_letter(message), "data": message.data_sha256}
    return LetterComposed(at=at, by=by.name, note=said or None, **_about(message), **fixed)


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


_OUTCOME = {
    AttemptOutcome.REFUSED: Outcome.REFUSED,
    AttemptOutcome.REFUSED_FOR_NOW: Outcome.FAILED,
    AttemptOutcome.NOT_REACHED: Outcome.NOT_REACHED,
    AttemptOutcome.UNKNOWN: Outcome.UNKNOWN,
    AttemptOutcome.TAKEN: Outcome.UNKNOWN,  # on its way in another's hands: it may arrive, and is not yet sent
}


def of_attempt(message: Message, tried: Attempt) -> Done | Attempted:
    """What an attempt over the wire that has ended says to the ledger. Who sent the letter is who did it."""
    by = sender_of(message)
    channel = ledger_channel(message, tried.channel)
    if tried.outcome == AttemptOutcome.ACCEPTED:
        return done(message, at=tried.ended_at or tried.started_at, by=by, channel=channel)
    outcome = _OUTCOME[AttemptOutcome(str(tried.outcome))]
    return attempted(message, at=tried.started_at, by=by, channel=channel, outcome=outcome)


def delivered(message: Message, *, at: datetime, channel: str) -> Done:
    """Its channel tells that what it took is delivered: from that instant it is sent, and no sooner."""
    return done(message, at=at, by=sender_of(message), channel=ledger_channel(message, channel))


def lost(message: Message, *, at: datetime, channel: str, failure: Meaning | None) -> Attempted:
    """Its channel tells that it did not get through."""
    outcome = Outcome.REFUSED if failure is Meaning.FAILED else Outcome.FAILED
    return attempted(message, at=at, by=sender_of(message), channel=ledger_channel(message, channel), outcome=outcome)


def is_recorded(event: Done | Attempted, events: Iterable[Event]) -> bool:
    """Whether this attempt stands in the ledger, also where somebody has struck it out since."""
    acts = (one for one in events if isinstance(one, Done | Attempted) and one.message == event.message)
    return any((one.at, _came_to(one)) == (event.at, _came_to(event)) for one in acts)


def _came_to(act: Done | Attempted) -> Outcome | None:
    return act.outcome if isinstance(act, Attempted) else None


def new_to(happened: Iterable[Event], event: Event) -> bool:
    """Whether the ledger doesn't hold this very event already: a second tap on a button tells nothing new."""
    return not any(type(one) is type(event) and told(one) == told(event) for one in happened)


def told(event: Event) -> dict[str, Any]:
    """What an event tells, apart from its place in the record and who typed it."""
    return {name: value for name, value in write_event(event).items() if name not in {"recorded_at"}}


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
