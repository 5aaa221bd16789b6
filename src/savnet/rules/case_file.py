"""The case as the rules read it: who answers for the child, what is registered, and what has happened."""

from dataclasses import dataclass

from savnet.rules.events import Event
from savnet.rules.facts import Centre, Resident


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFile:
    """One child's case: who answers for the child, what is registered, and what has happened."""

    centre: Centre
    resident: Resident
    events: tuple[Event, ...] = ()
