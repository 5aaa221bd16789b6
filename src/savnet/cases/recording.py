"""Record what happened: one transaction, the case locked, numbered, sealed, chained, and the rows made to follow."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from uuid import UUID

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import InterfaceError, OperationalError, connection, transaction

from savnet.cases.chain import Place, link
from savnet.cases.errors import InTheFuture, NoSuchCase, NoSuchEvent, NothingRecorded, NothingToRecord, RecordedOrNot
from savnet.cases.keys import key_of
from savnet.cases.models import Case, Record
from savnet.cases.payload import Payload, read_payload, write_payload
from savnet.cases.reading import Entry, entries
from savnet.cases.rows import DERIVED, follow
from savnet.rules.events import CircumstancesNoted, Corrected, Event
from savnet.rules.facts import Centre, Resident
from savnet.rules.obligation import Derivation
from savnet.rules.reading import read_instant
from savnet.sealing import seal

CLOCK_SKEW = timedelta(minutes=2)
"""How far the clocks of two hosts may lie apart before an event counts as being in the future."""

PAST_ONLY = ("at", "last_observed")
"""Fields that tell when something was: they can't lie ahead, also when a correction gives them."""


def record(case_id: UUID, *events: Event, by: AbstractBaseUser, now: datetime) -> Derivation:
    """Record events in a case and return what is owed after them. All of them are recorded, or none."""
    if not events:
        raise NothingToRecord(f"There is no event to record in case {case_id}.")
    return _record(case_id, [Payload(event) for event in events], by=by, now=now)


def note_circumstances(
    case_id: UUID,
    *,
    centre: Centre,
    resident: Resident,
    by: AbstractBaseUser,
    now: datetime,
    centre_id: UUID | None = None,
) -> Derivation:
    """Record the register's facts as they now stand; with `centre_id`, also that this centre has the child now."""
    noted = CircumstancesNoted(at=now, centre=centre, resident=resident)
    return _record(case_id, [Payload(noted, centre_id)], by=by, now=now)


def _record(case_id: UUID, payloads: Sequence[Payload], *, by: AbstractBaseUser, now: datetime) -> Derivation:
    for payload in payloads:
        refuse_future(payload.event, now)
    with one_transaction(case_id):
        case = locked(case_id)
        known = entries(case_id)
        return append(case, known, payloads, key=key_of(case_id), by=by, now=now)


@contextmanager
def hold(case_id: UUID) -> Iterator[None]:
    """Keep the case to oneself, so that what was read in it still holds when something is recorded because of it.

    One transaction: where the block fails, nothing in it was done.
    """
    with one_transaction(case_id):
        locked(case_id)
        yield


def locked(case_id: UUID) -> Case:
    """The case, which nobody else may record in until the transaction ends."""
    case = Case.objects.select_for_update(of=("self",)).filter(id=case_id).first()
    if case is None:
        raise NoSuchCase(case_id)
    return case


def append(
    case: Case,
    known: Sequence[Entry],
    payloads: Sequence[Payload],
    *,
    key: bytes,
    by: AbstractBaseUser,
    now: datetime,
) -> Derivation:
    """Add records to a locked case and make its rows follow."""
    recorded_at = max(now, known[-1].recorded_at) if known else now
    added: list[Entry] = []
    records: list[Record] = []
    for payload in payloads:
        _refuse_blind_correction(payload.event, [*known, *added])
        entry, made = _next(case, payload, key=key, by=by, recorded_at=recorded_at)
        added.append(entry)
        records.append(made)
    Record.objects.bulk_create(records)
    derivation, _ = follow(case, (*known, *added))
    case.save(update_fields=["head_sequence", "head_hash", *DERIVED])
    return derivation


def _next(
    case: Case, payload: Payload, *, key: bytes, by: AbstractBaseUser, recorded_at: datetime
) -> tuple[Entry, Record]:
    """The next record of the case, and what will be read from it. Moves the case's head."""
    place = Place(case.id, case.head_sequence + 1, recorded_at, by.pk)
    written = write_payload(payload)
    kept = read_payload(written, place.sequence, recorded_at)  # what can't be read back must not be recorded
    sealed, previous = seal(key, written, place.bound()), bytes(case.head_hash)
    case.head_sequence, case.head_hash = place.sequence, link(place, sealed, previous)
    made = Record(
        case=case,
        sequence=place.sequence,
        recorded_at=recorded_at,
        recorded_by_id=by.pk,
        sealed=sealed,
        previous=previous,
        hash=case.head_hash,
    )
    return Entry(kept.event, recorded_at, by.pk, kept.centre_id), made


def refuse_future(event: Event, now: datetime) -> None:
    """Raise InTheFuture where the event, or what a correction makes of one, lies ahead of the clock."""
    given = [(name, getattr(event, name, None)) for name in PAST_ONLY]
    if isinstance(event, Corrected):
        given += [(name, read_instant(event.fields[name])) for name in PAST_ONLY if event.fields.get(name)]
    for name, instant in given:
        if instant is not None and read_instant(instant) > now + CLOCK_SKEW:
            raise InTheFuture(name, instant, now)


def _refuse_blind_correction(event: Event, known: Sequence[Entry]) -> None:
    if not isinstance(event, Corrected):
        return
    numbers = {entry.event.number for entry in known if not isinstance(entry.event, CircumstancesNoted)}
    if event.event not in numbers:
        raise NoSuchEvent(event.event)


@contextmanager
def one_transaction(case_id: UUID | None) -> Iterator[None]:
    """All or nothing; and whoever recorded is told which, also when the database goes away."""
    confirming = False
    try:
        with transaction.atomic():
            yield
            confirming = True
    except (OperationalError, InterfaceError) as gone:
        # Within another's transaction nothing was to be confirmed yet, and with it all of this is undone.
        unsure = confirming and not connection.in_atomic_block
        raise (RecordedOrNot(case_id) if unsure else NothingRecorded(case_id)) from gone
