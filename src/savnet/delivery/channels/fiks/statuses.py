"""What the portal tells of a message: its six published words, and what each means here."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from savnet.delivery.channel import Status
from savnet.delivery.channels.fiks.concern_message import OSLO
from savnet.delivery.words import Meaning

KEPT = timedelta(days=30)
"""How long the portal keeps a message. After that the municipality can no longer be asked to open it there."""


class State(StrEnum):
    """The portal's own words, in the order in which they may come."""

    ACCEPTED = "AKSEPTERT"
    SENT_TO_SYSTEM = "SENDT_FAGSYSTEM"
    REFUSED_BY_SYSTEM = "AVVIST_FAGSYSTEM"
    SENT_TO_PRINT = "SENDT_PRINT"
    REFUSED_BY_PRINT = "AVVIST_PRINT"
    DELIVERED = "LEVERT"


MEANS = {
    State.ACCEPTED: Meaning.ON_ITS_WAY,
    State.SENT_TO_SYSTEM: Meaning.ON_ITS_WAY,
    # The portal goes on by letter post, which takes days that a missing child does not have: somebody must call.
    State.REFUSED_BY_SYSTEM: Meaning.FAILED,
    State.SENT_TO_PRINT: Meaning.ON_ITS_WAY,
    State.REFUSED_BY_PRINT: Meaning.FAILED,
    State.DELIVERED: Meaning.DELIVERED,
}

KNOWN = frozenset(state.value for state in State)

IN_WORDS = {
    State.ACCEPTED: "Portalen har tatt imot meldingen.",
    State.SENT_TO_SYSTEM: "Sendt videre til fagsystemet til barnevernstjenesten.",
    State.REFUSED_BY_SYSTEM: "Fagsystemet tok ikke imot. Portalen sender meldingen som brev.",
    State.SENT_TO_PRINT: "Skrives ut for å sendes som brev.",
    State.REFUSED_BY_PRINT: "Brevet kunne ikke skrives ut. KS følger det opp for hånd.",
    State.DELIVERED: "Levert til fagsystemet til barnevernstjenesten.",
}
DELIVERED_TO_THE_POST = "Levert til posten som brev."


class NoStatus(ValueError):
    """The portal's answer holds something that is no status. Nothing of it is used; ask again later."""


@dataclass(frozen=True, slots=True, order=True)
class Entry:
    """One line of the portal's history: when, and its word for what happened."""

    at: datetime
    name: str


def read(rows: object) -> tuple[Entry, ...]:
    """The lines of the portal's history as they came; raises NoStatus."""
    if not isinstance(rows, list):
        raise NoStatus("Portalen svarte med noe som ikke er en historikk.")
    return tuple(_entry(row) for row in rows)


def _entry(row: object) -> Entry:
    try:
        at = datetime.fromisoformat(row["tidspunkt"])  # type: ignore[index]
        name = str(row["tilstand"])  # type: ignore[index]
    except (KeyError, TypeError, ValueError) as error:
        raise NoStatus("Portalen svarte med en historikk vi ikke kan lese.") from error
    return Entry((at if at.tzinfo else at.replace(tzinfo=OSLO)).astimezone(UTC), name)


def told(entries: Iterable[Entry]) -> tuple[Status, ...]:
    """What the history says, each thing once and the oldest first, however it was told."""
    history = sorted(set(entries))
    return tuple(_status(entry, history) for entry in history)


def _status(entry: Entry, history: Sequence[Entry]) -> Status:
    """A word that the portal has taken into use since this was written is kept, and means nothing here."""
    if entry.name not in KNOWN:
        return Status(name=entry.name[:60], at=entry.at, meaning=Meaning.OTHER)
    state = State(entry.name)
    words = IN_WORDS[state]
    if state is State.DELIVERED and any(one.name == State.SENT_TO_PRINT for one in history):
        words = DELIVERED_TO_THE_POST
    return Status(name=state.value, at=entry.at, meaning=MEANS[state], description=words)


def gone_at(taken_at: datetime) -> datetime:
    """When the portal has deleted a message that it took at this instant."""
    return taken_at + KEPT
