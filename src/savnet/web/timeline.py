"""The timeline of a case: every event in the order it happened, with who wrote it down and what was corrected since."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from savnet.access.models import Person
from savnet.cases.reading import Entry
from savnet.rules.events import CircumstancesNoted, Corrected, Event, LetterComposed
from savnet.web.correction import may_be_struck
from savnet.web.wording.happened import TURNS, details, sentence

LATE = timedelta(minutes=10)
"""From then on the timeline says that something was written down later than it happened."""
QUIET = (CircumstancesNoted, LetterComposed)
"""Kept in the ledger, but telling a reader nothing that another line does not."""


@dataclass(frozen=True, slots=True)
class Line:
    """One event as the timeline shows it."""

    event: Event
    text: str
    details: tuple[str, ...]
    recorded_at: datetime
    by: str
    struck: bool

    @property
    def turn(self) -> bool:
        return isinstance(self.event, TURNS)

    @property
    def may_be_struck(self) -> bool:
        return not self.struck and may_be_struck(self.event)

    @property
    def late(self) -> bool:
        return self.recorded_at - self.event.at > LATE


def timeline(known: Sequence[Entry]) -> list[Line]:
    """Newest first."""
    names = _names(entry.recorded_by_id for entry in known)
    struck = {
        entry.event.event
        for entry in known
        if isinstance(entry.event, Corrected) and entry.event.fields.get("withdrawn") is True
    }
    lines = [
        Line(
            entry.event,
            sentence(entry.event),
            details(entry.event),
            entry.recorded_at,
            names.get(entry.recorded_by_id, "ukjent"),
            entry.event.number in struck,
        )
        for entry in known
        if not isinstance(entry.event, QUIET)
    ]
    return sorted(lines, key=lambda line: (line.event.at, line.event.number), reverse=True)


def _names(people: Iterable[UUID]) -> dict[UUID, str]:
    return dict(Person.objects.filter(id__in=set(people)).values_list("id", "name"))
