"""Moving a child to another centre: planned and sent by the one, confirmed by the other, who answers only from then on.

The child's centre in the register is the one that answers for the child. It changes in one place, `arrive`, in one
transaction with the transfer and the case, so that exactly one centre answers at every instant (I7, reading 5).
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from savnet.access.models import Person
from savnet.cases import ledger
from savnet.cases.models import Case
from savnet.casework import absence, returning
from savnet.casework.case_at_hand import at_hand
from savnet.casework.errors import NotNow, WrongTime
from savnet.casework.presence import AWAY
from savnet.casework.register_keeping import keeping, saved
from savnet.register.models import Centre, MarkedAs, PresenceQuestion, Resident, RollMark, Transfer, TransferState
from savnet.register.models.transfer import OPEN
from savnet.rules.events import TransferArrived, TransferStarted
from savnet.rules.words import CaseState, ReturnedHow


def destinations(centre: Centre) -> list[Centre]:
    """Where a child may be moved to from here. Nobody moves into an exercise, nor out of one."""
    if centre.invented:
        return []
    return list(Centre.objects.filter(exercise_of=None).exclude(id=centre.id))


def plan(resident: Resident, to_centre: Centre, facts: Mapping[str, Any], *, by: Person, now: datetime) -> Transfer:
    """Plan a transfer; the receiver sees it at once. Raises NotNow for a child who is away or already to be moved."""
    _refuse_passed(facts["expected_at"], now)
    with transaction.atomic():
        held = _held(resident)
        _refuse_away(held)
        if to_centre not in destinations(held.centre):
            raise NotNow(_("Barnet kan ikke flyttes dit."), field="to_centre")
        if held.transfers.filter(state__in=OPEN).exists():
            raise NotNow(_("Det er allerede planlagt en flytting. Avlys den først."))
        course = {"from_centre": held.centre, "to_centre": to_centre, "planned_by": by, "planned_at": now}
        return saved(Transfer(resident=held, **course, **facts))


def depart(transfer: Transfer, *, by: Person, now: datetime) -> Transfer:
    """The child has left the sender. Said twice, it is said once."""
    with transaction.atomic():
        resident = _held(transfer.resident)
        held = _locked(transfer)
        if held.state == TransferState.UNDER_WAY:
            return held
        _refuse_closed(held)
        _refuse_away(resident)
        held.state, held.left_at, held.left_by = TransferState.UNDER_WAY, now, by
        _tell_started(held, by=by, now=now)
        return saved(held)


def arrive(transfer: Transfer, *, by: Person, now: datetime) -> Transfer:
    """The receiver confirms that the child is there: from this instant the receiver answers, and the case follows.

    A child who was noted as absent is accounted for; one who was missing is back, and all who were told are owed word.
    """
    with keeping(transfer.resident, by=by, now=now) as resident:
        held = _locked(transfer)
        if held.state == TransferState.ARRIVED:
            return held
        _refuse_closed(held)
        _tell_arrived(held, held.to_centre, by=by, now=now)
        _account_for(resident, held.to_centre, by=by, now=now)
        resident.centre, resident.room, resident.arrived = held.to_centre, "", timezone.localdate(now)
        saved(resident)
        held.state, held.arrived_at, held.arrived_by = TransferState.ARRIVED, now, by
        RollMark.objects.create(resident=resident, marked_as=MarkedAs.HERE, at=now, by=by)
        return saved(held)


def cancel(transfer: Transfer, why: str, *, by: Person, now: datetime) -> Transfer:
    """The child stays with the sender, or has come back there. The sender has answered for the child all along."""
    with transaction.atomic():
        _held(transfer.resident)
        held = _locked(transfer)
        if held.state == TransferState.CANCELLED:
            return held
        _refuse_closed(held)
        _tell_arrived(held, held.from_centre, by=by, now=now)
        held.state, held.cancelled_at, held.cancelled_by, held.cancelled_why = TransferState.CANCELLED, now, by, why
        return saved(held)


def answering_centre(resident: Resident, at: datetime) -> UUID:
    """The one centre that answers for the child at that instant: the last that confirmed arrival, else the sender."""
    return answering(resident)(at)


def answering(resident: Resident) -> Callable[[datetime], UUID]:
    """As `answering_centre`, for who asks about many instants."""
    return answering_for([resident])[resident.id]


def answering_for(residents: Iterable[Resident]) -> dict[UUID, Callable[[datetime], UUID]]:
    """As `answering`, for many children asked of the database at once."""
    moves: dict[UUID, list[Transfer]] = {one.id: [] for one in residents}
    for move in Transfer.objects.filter(resident__in=moves, state=TransferState.ARRIVED).order_by("arrived_at"):
        moves[move.resident_id].append(move)
    return {one.id: partial(_answering, one.centre_id, moves[one.id]) for one in residents}


def _answering(lives_at: UUID, moves: list[Transfer], instant: datetime) -> UUID:
    arrived = [one for one in moves if one.arrived_at and one.arrived_at <= instant]
    if arrived:
        return arrived[-1].to_centre_id
    return moves[0].from_centre_id if moves else lives_at


def _held(resident: Resident) -> Resident:
    rows = Resident.objects.select_for_update(of=("self",), no_key=True).select_related("centre")
    return rows.get(id=resident.id)


def _locked(transfer: Transfer) -> Transfer:
    rows = Transfer.objects.select_for_update(of=("self",))
    return rows.select_related("from_centre", "to_centre", "resident").get(id=transfer.id)


def _refuse_passed(expected_at: datetime, now: datetime) -> None:
    if expected_at <= now:
        raise WrongTime(_("Tidspunktet er passert. Skriv når barnet er ventet fram."), field="expected_at")


def _refuse_closed(transfer: Transfer) -> None:
    if not transfer.open:
        raise NotNow(_("Flyttingen er avsluttet. Gå tilbake og se hva som gjelder nå."))


def _refuse_away(resident: Resident) -> None:
    if Case.objects.filter(resident=resident, state__in=AWAY).exists():
        raise NotNow(_("Barnet er ikke her. Avklar det i saken før barnet flyttes."))


def tell_started(transfer: Transfer, case_id: UUID, *, by: Person, now: datetime) -> None:
    """Let the case know that the child is under way, if it doesn't know."""
    if transfer.left_at and not _in_transit(case_id, now):
        to = transfer.to_centre
        started = TransferStarted(
            at=transfer.left_at, to_centre=to.name, municipality=to.municipality_id, expected=transfer.expected_at,
            by=by.name,
        )  # fmt: skip
        ledger.record(case_id, started, by=by, now=now)


def _tell_started(transfer: Transfer, *, by: Person, now: datetime) -> None:
    case = Case.objects.filter(resident=transfer.resident_id).first()
    if case:
        tell_started(transfer, case.id, by=by, now=now)


def _tell_arrived(transfer: Transfer, where: Centre, *, by: Person, now: datetime) -> None:
    case = Case.objects.filter(resident=transfer.resident_id).first()
    if case and _in_transit(case.id, now):
        arrived = TransferArrived(at=now, to_centre=where.name, municipality=where.municipality_id, by=by.name)
        ledger.record(case.id, arrived, by=by, now=now)


def _in_transit(case_id: UUID, now: datetime) -> bool:
    moved = [one for one in at_hand(case_id, now).happened if isinstance(one, TransferStarted | TransferArrived)]
    return bool(moved) and isinstance(moved[-1], TransferStarted)


def _account_for(resident: Resident, where: Centre, *, by: Person, now: datetime) -> None:
    PresenceQuestion.objects.filter(resident=resident, answered_at=None).update(
        answered_at=now, answered_by=by, was_here=True
    )
    case = Case.objects.filter(resident=resident).first()
    if case is None:
        return
    note = f"Kommet fram til {where.name}."
    if case.state == CaseState.ABSENT:
        absence.explain(case.id, by=by, now=now, why=note)
    elif case.state == CaseState.MISSING:
        returning.note_return(case.id, how=ReturnedHow.TO_CENTRE, by=by, now=now, note=note)
