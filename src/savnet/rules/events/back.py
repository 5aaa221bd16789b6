"""What happens when the child is back or found."""

from dataclasses import dataclass
from typing import ClassVar

from savnet.rules.events.base import Event
from savnet.rules.words import ConcernKind, ConcernLevel, FeelsSafe, ReturnedHow


@dataclass(frozen=True, slots=True, kw_only=True)
class Returned(Event):
    type: ClassVar[str] = "returned"
    how: ReturnedHow = ReturnedHow.TO_CENTRE
    municipality: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DufUpdated(Event):
    type: ClassVar[str] = "duf_updated"


@dataclass(frozen=True, slots=True, kw_only=True)
class TransportRequested(Event):
    type: ClassVar[str] = "transport_requested"
    outside_office_hours: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TransportDone(Event):
    type: ClassVar[str] = "transport_done"
    outside_office_hours: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TalkHeld(Event):
    type: ClassVar[str] = "talk_held"
    why_left: str | None = None
    where_stayed: str | None = None
    what_done: str | None = None
    feels_safe: FeelsSafe | None = None
    asylum_relevant: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ConcernRaised(Event):
    type: ClassVar[str] = "concern_raised"
    kind: ConcernKind
    level: ConcernLevel | None = None
    text: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentGiven(Event):
    type: ClassVar[str] = "consent_given"
    who: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentRefused(Event):
    type: ClassVar[str] = "consent_refused"
    who: str
