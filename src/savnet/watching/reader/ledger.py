"""Read every ledger without the house's help: chains checked, seals opened, duties derived, all from the records."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

import psycopg

from savnet.cases.chain import Place, first_link, link
from savnet.cases.payload import Payload, read_payload
from savnet.rules import CaseFile, derive
from savnet.rules.events import CircumstancesNoted
from savnet.rules.obligation import Obligation
from savnet.rules.words import ObligationState
from savnet.sealing import KeyService, Tampered, UnknownKey, Wrapped, binding, open_sealed
from savnet.watching.limits import UNTOLD_AFTER

Key = tuple[str, str, str, int]
"""What tells an open obligation from the others of its case: id, recipient, what it is a copy of, causing event."""

REAL = "NOT EXISTS (SELECT 1 FROM register_centre z WHERE z.id = c.centre_id AND z.exercise_of_id IS NOT NULL)"
"""In an exercise nothing is owed to anybody, and what was forgotten in one must not alarm for ever."""

CASES = f"""
    SELECT c.id, c.resident_id, c.opened_at, c.opened_by_id, c.head_sequence, c.head_hash, k.wrapping_key, k.sealed
    FROM cases_case c LEFT JOIN cases_casekey k ON k.case_id = c.id WHERE {REAL} ORDER BY c.id
"""  # noqa: S608 - our own words alone
RECORDS = """
    SELECT sequence, recorded_at, recorded_by_id, sealed, previous FROM cases_record
    WHERE case_id = %s ORDER BY sequence
"""
ROWS = f"""
    SELECT case_id, obligation, recipient, copy_of, because, latest FROM cases_obligationrow c
    WHERE state = 'open' AND {REAL}
"""  # noqa: S608 - our own words alone


class Damaged(Exception):
    """A ledger can't be read to its end."""


@dataclass(slots=True)
class Readings:
    """What the ledgers say, beside what the house's rows say. Numbers, case ids and what duties are called only."""

    cases: int = 0
    records: int = 0
    open: int = 0
    overdue: int = 0
    late: list[tuple[UUID, Key]] = field(default_factory=list)
    """Overdue for so long, and with nothing new in the case since, that somebody must have been told."""

    damaged: list[UUID] = field(default_factory=list)
    differing: list[UUID] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Case:
    id: UUID
    resident_id: UUID
    opened_at: datetime
    opened_by: UUID
    head: int
    head_hash: bytes
    wrapping_key: str | None
    sealed_key: bytes | None


def read_all(connection: psycopg.Connection, keys: KeyService, now: datetime) -> Readings:
    """Go through every case at one instant of the database, and set what is owed beside the house's rows."""
    found = Readings()
    with connection.transaction():
        connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        rows = _rows(connection)
        for case in [_Case(*row) for row in connection.execute(CASES)]:
            _read(connection, case, keys, now=now, kept=rows.pop(case.id, {}), found=found)
        found.differing += rows  # rows of cases that are not there
    return found


def _rows(connection: psycopg.Connection) -> dict[UUID, dict[Key, datetime | None]]:
    rows: dict[UUID, dict[Key, datetime | None]] = {}
    for case_id, obligation, recipient, copy_of, because, latest in connection.execute(ROWS):
        rows.setdefault(case_id, {})[(obligation, recipient, copy_of, because)] = latest
    return rows


def _read(
    connection: psycopg.Connection,
    case: _Case,
    keys: KeyService,
    *,
    now: datetime,
    kept: dict[Key, datetime | None],
    found: Readings,
) -> None:
    found.cases += 1
    try:
        payloads, last = _payloads(connection, case, keys)
        owed = list(_owed(payloads, max(now, last)))
    except (Damaged, ValueError):  # ValueError: what the rules can't read
        found.damaged.append(case.id)
        return
    found.records += case.head
    found.open += len(owed)
    found.overdue += sum(one.latest is not None and one.latest < now for one in owed)
    long_ago = now - UNTOLD_AFTER
    if max(one.event.recorded_at or case.opened_at for one in payloads) < long_ago:
        found.late += [(case.id, _key(one)) for one in owed if one.latest and one.latest < long_ago]
    if {_key(one): one.latest for one in owed} != kept:
        found.differing.append(case.id)


def _key(one: Obligation) -> Key:
    return (one.id, one.recipient.value if one.recipient else "", one.copy_of or "", one.because)


def _payloads(connection: psycopg.Connection, case: _Case, keys: KeyService) -> tuple[list[Payload], datetime]:
    """Every record, opened; and the last instant that any of them tells of."""
    try:
        key = keys.unwrap(Wrapped(case.wrapping_key or "", case.sealed_key or b""), binding("cases.case_key", case.id))
        payloads = [read_payload(open_sealed(key, sealed, place.bound()), place.sequence, place.recorded_at)
                    for place, sealed in _chain(connection, case)]  # fmt: skip
    except (Tampered, UnknownKey) as problem:
        raise Damaged(type(problem).__name__) from problem
    instants = [instant for one in payloads for instant in (one.event.at, one.event.recorded_at) if instant]
    return payloads, max(instants, default=case.opened_at)


def _chain(connection: psycopg.Connection, case: _Case) -> Iterator[tuple[Place, bytes]]:
    """Every record in its place. Raises Damaged where one is gone, moved, changed or beyond the head."""
    previous = first_link(
        case_id=case.id, resident_id=case.resident_id, opened_at=case.opened_at, opened_by=case.opened_by
    )
    number = 0
    for number, row in enumerate(connection.execute(RECORDS, [case.id]), start=1):
        sequence, recorded_at, recorded_by, sealed, before = row
        place = Place(case.id, sequence, recorded_at, recorded_by)
        if sequence != number or bytes(before) != previous:
            raise Damaged(f"record {number}")
        previous = link(place, bytes(sealed), previous)
        yield place, bytes(sealed)
    if (number, previous) != (case.head, bytes(case.head_hash)) or number == 0:
        raise Damaged("the head")


def _owed(payloads: list[Payload], at: datetime) -> Iterator[Obligation]:
    """What stands open by the circular, derived anew."""
    first, *rest = (one.event for one in payloads)
    if not isinstance(first, CircumstancesNoted):
        raise Damaged("the first record")
    file = CaseFile(centre=first.centre, resident=first.resident, events=tuple(rest))
    derived = derive(file, at)
    yield from (one for one in derived.obligations if one.state is ObligationState.OPEN)
