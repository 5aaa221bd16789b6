"""Read a case from its ledger: every seal is opened, every gap is noticed, nothing is taken from derived rows."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from savnet.cases.chain import Place
from savnet.cases.errors import DamagedLedger, NoSuchCase
from savnet.cases.keys import keys_of
from savnet.cases.models import Case, Record
from savnet.cases.payload import Payload, read_payload
from savnet.rules import derive
from savnet.rules.case_file import CaseFile
from savnet.rules.events import CircumstancesNoted, Event
from savnet.rules.obligation import Derivation
from savnet.sealing import Tampered, open_sealed


@dataclass(frozen=True, slots=True)
class Entry:
    """One record, opened: the event, who recorded it, and the centre it names as the child's where it does."""

    event: Event
    recorded_at: datetime
    recorded_by_id: UUID
    centre_id: UUID | None = None


def entries(case_id: UUID) -> tuple[Entry, ...]:
    """All records of the case in the order they were recorded, circumstances included."""
    return entries_of([case_id])[case_id]


def entries_of(case_ids: Collection[UUID]) -> dict[UUID, tuple[Entry, ...]]:
    """The same of several cases, asked of the database at once. Raises for the first that is gone or damaged."""
    heads = dict(Case.objects.filter(id__in=case_ids).values_list("id", "head_sequence"))
    if gone := [one for one in case_ids if one not in heads]:
        raise NoSuchCase(gone[0])
    keys, records = keys_of(case_ids), defaultdict[UUID, list[Record]](list)
    for record in Record.objects.filter(case_id__in=case_ids).order_by("case_id", "sequence"):
        records[record.case_id].append(record)
    return {one: _opened(one, heads[one], keys[one], records[one]) for one in case_ids}


def _opened(case_id: UUID, head: int, key: bytes, records: list[Record]) -> tuple[Entry, ...]:
    known = tuple(opened_record(key, record) for record in _in_order(case_id, records))
    if len(known) < head:
        raise DamagedLedger(case_id, len(known) + 1, "the record is gone")
    return known


def _in_order(case_id: UUID, records: list[Record]) -> Iterable[Record]:
    for expected, record in enumerate(records, start=1):
        if record.sequence != expected:
            raise DamagedLedger(case_id, expected, "the record is gone")
        yield record


def opened_record(key: bytes, record: Record) -> Entry:
    """What the record holds. Raises DamagedLedger, naming it, if it does not open or cannot be read."""
    place = place_of(record)
    payload = opened(key, place, bytes(record.sealed))
    return Entry(payload.event, record.recorded_at, record.recorded_by_id, payload.centre_id)


def place_of(record: Record) -> Place:
    """Where the record says that it belongs."""
    return Place(record.case_id, record.sequence, record.recorded_at, record.recorded_by_id)


def opened(key: bytes, place: Place, sealed: bytes) -> Payload:
    """The payload under the seal."""
    try:
        written = open_sealed(key, sealed, place.bound())
    except Tampered as broken:
        raise DamagedLedger(place.case_id, place.sequence, "the seal is broken") from broken
    try:
        return read_payload(written, place.sequence, place.recorded_at)
    except ValueError as unreadable:
        raise DamagedLedger(place.case_id, place.sequence, "the content is no event") from unreadable


def case_file(case_id: UUID, known: Iterable[Entry]) -> CaseFile:
    """The case as the rules read it: the circumstances it was opened with, and all events since."""
    first, *rest = known
    if not isinstance(first.event, CircumstancesNoted):
        raise DamagedLedger(case_id, 1, "the first record does not hold the circumstances")
    return CaseFile(
        centre=first.event.centre,
        resident=first.event.resident,
        events=tuple(entry.event for entry in rest),
    )


def centre_of(known: Iterable[Entry]) -> UUID | None:
    """The centre that has the child now: the last that a record named."""
    return next((entry.centre_id for entry in reversed(tuple(known)) if entry.centre_id), None)


def read(case_id: UUID) -> CaseFile:
    """The case as the rules read it. Raises NoSuchCase or DamagedLedger."""
    return case_file(case_id, entries(case_id))


def derive_case(case_id: UUID, at: datetime | None = None, known_at: datetime | None = None) -> Derivation:
    """What is owed in the case at an instant, going by what was known at another; by default all that is recorded."""
    known = entries(case_id)
    return derive(case_file(case_id, known), at or last_instant(known), known_at=known_at)


def last_instant(known: Iterable[Entry]) -> datetime:
    """The instant that the rows of a case are derived for: set by the ledger alone, so that a rebuild gives the same.

    An event may lie a moment after the clock of the host that recorded it; it counts all the same.
    """
    return max(max(entry.recorded_at, entry.event.at) for entry in known)
