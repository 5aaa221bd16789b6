"""Read every value of every ledger again: hashes, order, seals, content and heads. Names each damaged record."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from operator import attrgetter
from uuid import UUID

from django.db import connection, transaction

from savnet.cases.chain import Place, first_link, link
from savnet.cases.errors import DamagedLedger
from savnet.cases.keys import unwrapped
from savnet.cases.reading import opened
from savnet.rules.events import CircumstancesNoted, Event
from savnet.sealing import UnknownKey, Wrapped

ALL = """
    SELECT coalesce(c.id, r.case_id), c.resident_id, c.opened_at, c.opened_by_id, c.head_sequence, c.head_hash,
           k.wrapping_key, k.sealed,
           r.sequence, r.recorded_at, r.recorded_by_id, r.sealed, r.previous, r.hash
    FROM cases_case c
    FULL JOIN cases_record r ON r.case_id = c.id
    LEFT JOIN cases_casekey k ON k.case_id = coalesce(c.id, r.case_id)
    ORDER BY 1, r.sequence
"""
"""One statement sees one instant of the database, so that those who record meanwhile do not look like damage."""


@dataclass(frozen=True, slots=True)
class Damage:
    """A record that is not as it was recorded, or (without sequence) a case whose own row or key is not.

    With `message_id` it is about that message: what the ledger says of it, and what is kept, are not the same.
    """

    case_id: UUID
    sequence: int | None
    what: str
    message_id: UUID | None = None

    def __str__(self) -> str:
        record = "" if self.sequence is None else f", record {self.sequence}"
        message = "" if self.message_id is None else f", message {self.message_id}"
        return f"case {self.case_id}{record}{message}: {self.what}"


@dataclass(slots=True)
class Verified:
    """How much was read, and how much of it was damaged."""

    cases: int = 0
    records: int = 0
    bytes: int = 0
    damaged: int = 0


@dataclass(frozen=True, slots=True)
class _Line:
    case_id: UUID
    resident_id: UUID | None
    opened_at: datetime | None
    opened_by_id: UUID | None
    head_sequence: int | None
    head_hash: bytes | None
    wrapping_key: str | None
    key_sealed: bytes | None
    sequence: int | None
    recorded_at: datetime
    recorded_by_id: UUID
    sealed: bytes
    previous: bytes
    hash: bytes

    @property
    def place(self) -> Place:
        return Place(self.case_id, self.sequence or 0, self.recorded_at, self.recorded_by_id)

    @property
    def computed(self) -> bytes:
        return link(self.place, self.sealed, self.previous)


Beside = Callable[[UUID, list[Event]], Iterable[Damage]]
"""What else must agree with a case's ledger: gets each case whose key opens, with the events that could be read."""


def _nothing_else(case_id: UUID, events: list[Event]) -> Iterable[Damage]:
    return ()


def verify(report: Callable[[Damage], None], *, beside: Beside = _nothing_else) -> Verified:
    """Read it all and tell `report` of each damage as it is found."""
    count = Verified()
    for _, group in groupby(_lines(), key=attrgetter("case_id")):
        lines = list(group)
        records = [line for line in lines if line.sequence is not None]
        count.cases += 1
        count.records += len(records)
        count.bytes += sum(len(line.sealed) for line in records)
        for damage in _case_damages(lines[0], records, beside):
            count.damaged += 1
            report(damage)
    return count


def _lines() -> Iterator[_Line]:
    with transaction.atomic(), connection.chunked_cursor() as cursor:
        cursor.execute(ALL)
        for row in cursor:
            yield _Line(*row)


def _case_damages(case: _Line, records: list[_Line], beside: Beside) -> Iterator[Damage]:
    case_id = case.case_id
    if case.resident_id is None or case.opened_at is None or case.opened_by_id is None:
        yield from (Damage(case_id, record.sequence, "belongs to no case") for record in records)
        return
    begin = first_link(
        case_id=case_id, resident_id=case.resident_id, opened_at=case.opened_at, opened_by=case.opened_by_id
    )
    yield from _chain_damages(begin, records)
    yield from _head_damages(case, records)
    yield from _content_damages(case, records, beside)


def _chain_damages(begin: bytes, records: list[_Line]) -> Iterator[Damage]:
    expected, before = 1, {begin}
    for record in records:
        sequence = record.sequence or 0
        if sequence > expected:
            yield Damage(record.case_id, expected, _gone(expected, sequence - 1))
        elif record.previous not in before:
            yield Damage(record.case_id, sequence, "does not follow the record before it")
        if record.computed != record.hash:
            yield Damage(record.case_id, sequence, "is not what its hash says")
        # A record whose stored hash was changed is named above; the next one still follows what it was.
        expected, before = sequence + 1, {record.hash, record.computed}


def _gone(first: int, last: int) -> str:
    return "is gone" if first == last else f"is gone, and so are all up to record {last}"


def _head_damages(case: _Line, records: list[_Line]) -> Iterator[Damage]:
    last = records[-1].sequence or 0 if records else 0
    head = case.head_sequence or 0
    if head == 0:
        yield Damage(case.case_id, None, "has no records, though every case opens with one")
    elif last < head:
        yield Damage(case.case_id, last + 1, _gone(last + 1, head))
    elif last > head:
        yield Damage(case.case_id, head + 1, "lies beyond the last record that the case knows of")
    elif case.head_hash not in {records[-1].hash, records[-1].computed}:
        yield Damage(case.case_id, None, "the case's last hash is not that of its last record")


def _content_damages(case: _Line, records: list[_Line], beside: Beside) -> Iterator[Damage]:
    try:
        key = unwrapped(case.case_id, Wrapped(case.wrapping_key or "(none)", case.key_sealed or b""))
    except DamagedLedger as damage:
        yield Damage(case.case_id, None, damage.what)
        return
    except UnknownKey as missing:
        yield Damage(case.case_id, None, str(missing))
        return
    events: list[Event] = []
    for record in records:
        try:
            events.append(_event(key, record))
        except DamagedLedger as damage:
            yield Damage(record.case_id, record.sequence, damage.what)
    yield from beside(case.case_id, events)


def _event(key: bytes, record: _Line) -> Event:
    event = opened(key, record.place, record.sealed).event
    if record.sequence == 1 and not isinstance(event, CircumstancesNoted):
        raise DamagedLedger(record.case_id, 1, "does not hold the circumstances that a case opens with")
    return event
