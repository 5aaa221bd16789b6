"""A scenario: a case written down for reading, with the instant asked about. Plain mappings in, a case file out."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from savnet.rules.case_file import CaseFile
from savnet.rules.events import Event
from savnet.rules.reading import Unreadable, read_centre, read_event, read_instant, read_resident
from savnet.rules.rs_2015_009.provisions import KNOWN_IDS

FIELDS = ("title", "why", "shows", "centre", "resident", "events", "ask", "expect")
"""The parts of a scenario. `why` names the provision; `shows` which side of which duty it stands for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """A case, the instant it asks about (None: that of its last event), and what it expects."""

    title: str
    case: CaseFile
    ask: datetime | None
    why: str = ""
    shows: Any = None
    expect: Any = None

    @property
    def last_instant(self) -> datetime:
        """When the last of its events happened. Raises Unreadable where there is none."""
        if not self.case.events:
            raise Unreadable(("events",), "is empty, and no instant is asked about. Add events, or `ask`.")
        return max(one.at for one in self.case.events)


def read_scenario(raw: object) -> Scenario:
    """A scenario from its mapping. Raises Unreadable with the path to what cannot be read."""
    if not isinstance(raw, Mapping):
        raise Unreadable((), "a scenario is a mapping with centre, resident and events.")
    for name in raw:
        if name not in FIELDS:
            raise Unreadable((str(name),), f"is no part of a scenario. Known: {', '.join(FIELDS)}.")
    case = CaseFile(
        centre=_part(raw, "centre", read_centre),
        resident=_part(raw, "resident", read_resident),
        events=_events(raw.get("events") or []),
    )
    ask = _part(raw, "ask", read_instant) if raw.get("ask") is not None else None
    return Scenario(
        title=str(raw.get("title", "")),
        case=case,
        ask=ask,
        why=str(raw.get("why", "")),
        shows=raw.get("shows"),
        expect=raw.get("expect"),
    )


def _part(raw: Mapping[str, Any], name: str, read: Any) -> Any:
    if name not in raw:
        raise Unreadable((name,), "is missing.")
    try:
        return read(raw[name])
    except Unreadable as problem:
        raise Unreadable((name, *problem.where), problem.what) from None


def _events(raw: object) -> tuple[Event, ...]:
    if not isinstance(raw, list):
        raise Unreadable(("events",), "is no list.")
    return tuple(_event(one, number) for number, one in enumerate(raw, start=1))


def _event(raw: object, number: int) -> Event:
    try:
        return read_event(raw, number, known_ids=KNOWN_IDS)
    except Unreadable as problem:
        raise Unreadable(("events", number, *problem.where), problem.what) from None
