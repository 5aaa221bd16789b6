"""From plain mappings (YAML, JSON, the ledger) to events and facts, and back without loss.

Everything is checked by name and kind; what cannot be read raises `Unreadable`, which says where and what.
"""

from typing import Any

from savnet.rules.events import (
    TYPES,
    AbsenceNoticed,
    Act,
    ConsentGiven,
    ConsentRefused,
    Event,
    InformationReceived,
    Received,
)
from savnet.rules.facts import Centre, Resident
from savnet.rules.shaping import Unreadable, mapping, read, read_instant, write_fields, write_instant
from savnet.rules.words import CONCERN_ITEM, ITEMS, About, InformationKind

__all__ = [
    "Unreadable",
    "read_centre",
    "read_event",
    "read_instant",
    "read_resident",
    "write_event",
    "write_facts",
    "write_instant",
]

WHO_CONSENTS = ("resident", "representative", "guardian")
"""Whose consent counts where information may help the asylum case (4-19)."""


def read_event(raw: object, number: int, *, known_ids: frozenset[str] | None = None) -> Event:
    """One event from a mapping with `type`. `number` is its place in the record, from 1.

    Raises Unreadable for an unknown type, field or value, and for an act on an obligation nobody knows.
    """
    given = mapping(raw)
    name = given.pop("type", None)
    if not isinstance(name, str) or name not in TYPES:
        raise Unreadable(("type",), f"{name!r} is no event type. Known: {', '.join(TYPES)}.")
    if TYPES[name] is InformationReceived:
        given.setdefault("about", _about(given.get("kind")))
    event: Event = read(TYPES[name], given, number=number)
    _check(event, known_ids)
    return event


def _about(kind: object) -> str:
    """What information is about where nobody said: a kind of place speaks of whereabouts."""
    return About.OTHER if kind in {None, InformationKind.OTHER} else About.WHEREABOUTS


def _check(event: Event, known_ids: frozenset[str] | None) -> None:
    if isinstance(event, Act | Received) and known_ids is not None and event.obligation not in known_ids:
        raise Unreadable(("obligation",), f"{event.obligation!r} is no obligation of the circular.")
    if isinstance(event, AbsenceNoticed) and event.last_observed and event.last_observed > event.at:
        raise Unreadable(("last_observed",), "lies after the absence was noticed. A child cannot be last seen later.")
    if isinstance(event, ConsentGiven | ConsentRefused) and event.who not in WHO_CONSENTS:
        raise Unreadable(("who",), f"{event.who!r} cannot consent. Known: {', '.join(WHO_CONSENTS)}.")
    item = getattr(event, "item", None)
    if item is not None and item not in (*ITEMS, CONCERN_ITEM):
        raise Unreadable(("item",), f"{item!r} is none of the nine items ({', '.join(ITEMS)}).")


def read_centre(raw: object) -> Centre:
    """The centre's facts from a mapping."""
    centre: Centre = read(Centre, mapping(raw))
    return centre


def read_resident(raw: object) -> Resident:
    """The resident's facts from a mapping."""
    resident: Resident = read(Resident, mapping(raw))
    return resident


def write_event(event: Event) -> dict[str, Any]:
    """The event as a JSON-ready mapping; `read_event` gives the same event back. Defaults of None are left out."""
    return {"type": event.type, **write_fields(event, leave_out=frozenset({"number"}))}


def write_facts(facts: Centre | Resident) -> dict[str, Any]:
    """The centre's or resident's facts as a JSON-ready mapping."""
    return write_fields(facts)
