"""The timeline of a case: every event in the order it happened, with who wrote it down and what was corrected since."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import groupby
from uuid import UUID

from django.utils.translation import gettext

from savnet.access.models import Person
from savnet.cases.reading import Entry
from savnet.rules.events import CircumstancesNoted, Corrected, Event, FactRecorded, LetterComposed, Received
from savnet.web.correction import may_be_struck
from savnet.web.sight import WHY, Hidden, Sight, hidden_fields
from savnet.web.wording.happened import ANSWERED, DETAILS, HEADLINE, TURNS, details, sentence
from savnet.web.wording.text import Text

LATE = timedelta(minutes=10)
"""From then on the timeline says that something was written down later than it happened."""
QUIET = (CircumstancesNoted, LetterComposed)
"""Kept in the ledger, but telling a reader nothing that another line does not."""


@dataclass(frozen=True, slots=True)
class Line:
    """One event as the timeline shows it; or several of one kind, that lie `inside`."""

    event: Event
    text: str
    details: tuple[str, ...]
    recorded_at: datetime
    by: str
    struck: bool
    counts: bool = True
    inside: tuple["Line", ...] = ()
    hidden: tuple[Hidden, ...] = ()

    @property
    def why_hidden(self) -> tuple[Text, ...]:
        """Why something that was written is not shown, said once for each reason."""
        every = {*self.hidden, *(why for one in self.inside for why in one.hidden)}
        return tuple(WHY[one] for one in Hidden if one in every)

    @property
    def ask_again(self) -> bool:
        """Whether it is shown as soon as she has said once more who she is."""
        return Hidden.ASK_AGAIN in self.hidden or any(one.ask_again for one in self.inside)

    @property
    def turn(self) -> bool:
        return isinstance(self.event, TURNS)

    @property
    def may_be_struck(self) -> bool:
        return not self.inside and not self.struck and (may_be_struck(self.event) or not self.counts)

    @property
    def late(self) -> bool:
        return self.recorded_at - self.event.at > LATE


def timeline(known: Sequence[Entry], *, seen: Sight, unmatched: Collection[int] = ()) -> list[Line]:
    """Newest first; the answers of one report together. `unmatched` are the acts that met no duty."""
    names = _names(entry.recorded_by_id for entry in known)
    struck = _struck(known)
    lines = [_line(entry, names, struck, seen) for entry in known if not _is_quiet(entry.event)]
    lines = [replace(line, counts=line.event.number not in unmatched) for line in lines]
    lines.sort(key=lambda line: (line.event.at, line.event.number), reverse=True)
    return list(_gathered(lines))


def _is_quiet(event: Event) -> bool:
    """A call is its own receipt: whoever was spoken with has been told."""
    return isinstance(event, QUIET) or (isinstance(event, Received) and event.obligation == "c-1")


def _struck(known: Iterable[Entry]) -> frozenset[int]:
    corrections = [entry.event for entry in known if isinstance(entry.event, Corrected)]
    return frozenset(one.event for one in corrections if one.fields.get("withdrawn") is True)


def _line(entry: Entry, names: dict[UUID, str], struck: frozenset[int], seen: Sight) -> Line:
    event, hidden = entry.event, hidden_fields(entry, seen)
    return Line(
        event,
        sentence(event, hidden),
        details(event, hidden),
        entry.recorded_at,
        names.get(entry.recorded_by_id, gettext("ukjent")),
        event.number in struck,
        hidden=tuple(hidden[field] for field in (*DETAILS, *HEADLINE.get(type(event), ())) if field in hidden),
    )


def _gathered(lines: Iterable[Line]) -> Iterator[Line]:
    for is_answer, together in groupby(lines, key=lambda line: (isinstance(line.event, FactRecorded), line.event.at)):
        group = list(together)
        if not is_answer[0] or len(group) == 1:
            yield from group
            continue
        newest = group[0]
        oldest_first = tuple(reversed(group))
        yield Line(newest.event, str(ANSWERED), (), newest.recorded_at, newest.by, struck=False, inside=oldest_first)


def _names(people: Iterable[UUID]) -> dict[UUID, str]:
    return dict(Person.objects.filter(id__in=set(people)).values_list("id", "name"))
