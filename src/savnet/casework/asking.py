"""The house asks: a child who should have been counted, be back or have arrived, and of whom nobody has said anything.

The worker comes by once a minute. Each row is taken by one worker and looked at once; what it leads to is in the same
transaction. A roll call that nobody took is the staff's lapse and not the children's absence (decision 0018).
"""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any, TypeVar
from uuid import UUID

from django.db import models, transaction
from django.db.models import ExpressionWrapper, F, Max, Q, Value
from django.db.models.functions import Coalesce
from django.db.models.lookups import LessThanOrEqual

from savnet.access.models import Person
from savnet.cases.models import Case
from savnet.casework import absence
from savnet.casework.case_at_hand import at_hand
from savnet.casework.in_norwegian import in_norwegian
from savnet.casework.instants import spoken
from savnet.casework.presence import AWAY, grace, in_force, last_seen, residents_of
from savnet.casework.the_house import the_house
from savnet.casework.transfers import tell_started
from savnet.policy.presence import EARLY, GRACE, STILL_COUNTING, STOP_WAITING, UNSEEN, occurrences
from savnet.register.models import (
    DailyTime,
    Leave,
    MarkedAs,
    PresenceQuestion,
    Resident,
    RollCall,
    RollMark,
    Transfer,
    TransferState,
)
from savnet.register.models.transfer import OPEN
from savnet.rules.events import AbsenceExplained, Returned
from savnet.rules.words import CaseState, NoticedHow

Because = PresenceQuestion.Because
Row = TypeVar("Row", bound=models.Model)
LOOK_BACK = timedelta(hours=36)
"""How far back fixed times are looked for, should no worker have run."""

HOW = {
    Because.ROLL_CALL: NoticedHow.NOT_AT_DAILY_ACTIVITY,
    Because.UNSEEN: NoticedHow.NOT_AT_DAILY_ACTIVITY,
    Because.LEAVE: NoticedHow.NOT_BACK_AT_AGREED_TIME,
    Because.TRANSFER: NoticedHow.NOT_ARRIVED,
}


def ask_about_everyone(*, now: datetime) -> None:
    """Look at everything that has come to its time, and ask about whoever is missed."""
    _add_roll_calls(now)
    waiting = RollCall.objects.filter(_grace_over("due_at", "centre", now), looked_at=None)
    _each(waiting, _look_at_roll_call, now)
    _each(Leave.objects.filter(ended_at=None, looked_at=None, return_at__lte=now), _look_at_leave, now)
    moving = Transfer.objects.filter(state__in=OPEN, looked_at=None, expected_at__lte=now)
    _each(moving, _look_at_transfer, now)


def _grace_over(due: str, centre: str, now: datetime) -> Q:
    """The condition that what was due at that field is longer ago than the centre's grace: asked of the database, so
    that a minute in which nothing is due costs next to nothing."""
    minutes = Coalesce(F(f"{centre}__grace_minutes"), Value(int(GRACE.total_seconds() // 60)))
    until = ExpressionWrapper(F(due) + minutes * Value(timedelta(minutes=1)), output_field=models.DateTimeField())
    return Q(LessThanOrEqual(until, Value(now, output_field=models.DateTimeField())))


def _each(rows: models.QuerySet[Row], look: Callable[[Any, datetime], None], now: datetime) -> None:
    """Take each row for oneself, skipping those that another worker has, and look at it."""
    for key in list(rows.values_list("pk", flat=True)):
        with transaction.atomic():
            row = rows.select_for_update(skip_locked=True, of=("self",)).filter(pk=key).first()
            if row:
                look(row, now)


def _add_roll_calls(now: datetime) -> None:
    """A row for each fixed time that has come, also where nobody has tapped."""
    running = DailyTime.objects.filter(Q(ended_at=None) | Q(ended_at__gte=now - LOOK_BACK))
    due = [(one, at) for one in running for at in _due(one, now)]
    known = RollCall.objects.filter(daily_time__in=[one for one, _ in due], due_at__gte=now - LOOK_BACK)
    there = set(known.values_list("daily_time_id", "due_at"))
    new = [
        RollCall(centre_id=one.centre_id, daily_time=one, name=one.name, due_at=at)
        for one, at in due
        if (one.id, at) not in there
    ]
    RollCall.objects.bulk_create(new, ignore_conflicts=True)


def _due(one: DailyTime, now: datetime) -> Iterable[datetime]:
    until = min(now, one.ended_at) if one.ended_at else now
    return occurrences(one.clock, one.weekdays, since=max(one.from_instant, now - LOOK_BACK), until=until)


def _look_at_roll_call(call: RollCall, now: datetime) -> None:
    """Ask about those whom a roll call left out; wait while it is being taken, or has not been taken at all."""
    waited = now - call.due_at
    if waited < grace(call.centre):
        return
    newest = call.marks.aggregate(at=Max("at"))["at"]
    if newest is None and waited < STOP_WAITING:
        if not call.nobody_took_it:
            RollCall.objects.filter(id=call.id).update(nobody_took_it=True)
            _ask_about_unseen(call, now)
        return
    if newest and now - newest < STILL_COUNTING and waited < STOP_WAITING:
        return
    if newest:
        _ask_about_left_out(call, now)
    _ask_about_unseen(call, now)
    RollCall.objects.filter(id=call.id).update(looked_at=now)


def _ask_about_left_out(call: RollCall, now: datetime) -> None:
    since = call.due_at - EARLY
    said = set(RollMark.objects.filter(resident__centre_id=call.centre_id, at__gte=since).values_list("resident_id"))
    for resident in expected_at(call.centre_id, call.due_at, now):
        if (resident.id,) not in said:
            ask(resident, Because.ROLL_CALL, what=call.name, expected_at=call.due_at, now=now)


def expected_at(centre_id: UUID, at: datetime, now: datetime) -> list[Resident]:
    """Those who should have been at the centre at that instant, and still should be."""
    out = Leave.objects.filter(in_force(at) | in_force(now)).values("resident_id")
    moving = Transfer.objects.filter(state=TransferState.UNDER_WAY).values("resident_id")
    lived = Q(arrived=None) | Q(arrived__lte=at.date())
    here = residents_of(centre_id).filter(lived).exclude(case__state__in=AWAY)
    return list(here.exclude(id__in=out).exclude(id__in=moving))


def _ask_about_unseen(call: RollCall, now: datetime) -> None:
    """Those whom no roll call has found here for a day, though there were some: silence must not hide a child."""
    since = now - UNSEEN
    begun = RollCall.objects.filter(centre_id=call.centre_id, daily_time__isnull=False, due_at__lte=since)
    if not begun.exists():
        return
    marks = RollMark.objects.filter(resident__centre_id=call.centre_id, marked_as=MarkedAs.HERE, at__gte=since)
    here = set(marks.values_list("resident_id", flat=True))
    for resident in expected_at(call.centre_id, since, now):
        if resident.id in here:
            continue
        seen = accounted_for(resident, now)
        if seen is None or seen < since:
            ask(resident, Because.UNSEEN, what="", expected_at=call.due_at, now=now)


def accounted_for(resident: Resident, now: datetime) -> datetime | None:
    """When somebody last said that the child is here, in a roll call or in the case."""
    said = [last_seen(resident)]
    case = Case.objects.filter(resident=resident).first()
    if case:
        events = at_hand(case.id, now).happened
        said += [one.at for one in events if isinstance(one, AbsenceExplained | Returned)]
    arrived = resident.transfers.filter(state=TransferState.ARRIVED).aggregate(at=Max("arrived_at"))["at"]
    return max(filter(None, (*said, arrived)), default=None)


def _look_at_leave(leave: Leave, now: datetime) -> None:
    if now - leave.return_at < grace(leave.resident.centre):
        return
    Leave.objects.filter(id=leave.id).update(looked_at=now)
    ask(leave.resident, Because.LEAVE, what="", expected_at=leave.return_at, now=now)


def _look_at_transfer(transfer: Transfer, now: datetime) -> None:
    if now - transfer.expected_at < grace(transfer.from_centre):
        return
    Transfer.objects.filter(id=transfer.id).update(looked_at=now)
    what = transfer.to_centre.name
    ask(transfer.resident, Because.TRANSFER, what=what, expected_at=transfer.expected_at, now=now)


def ask(resident: Resident, because: Because, *, what: str, expected_at: datetime, now: datetime) -> None:
    """Note the absence in the house's name, and ask the staff on duty whether the child is here.

    A child who is absent or missing already is neither noted nor asked about again.
    """
    with transaction.atomic():
        held = Resident.objects.select_for_update(of=("self",), no_key=True).select_related("centre").get(
            id=resident.id
        )  # fmt: skip
        if held.left or Case.objects.filter(resident=held, state__in=AWAY).exists():
            return
        # A question that nobody answered before the case told the answer is over.
        PresenceQuestion.objects.filter(resident=held, answered_at=None).update(answered_at=now)
        house, seen = the_house(), last_seen(held)
        PresenceQuestion.objects.create(
            resident=held, because=because, says=what, expected_at=expected_at, asked_at=now
        )
        note = in_words(because, what, expected_at, now)
        case = absence.notice(held, by=house, now=now, how=HOW[because], last_observed=seen, note=note)
        moving = held.transfers.filter(state=TransferState.UNDER_WAY).select_related("to_centre").first()
        if moving:
            tell_started(moving, case.id, by=house, now=now)


@in_norwegian
def in_words(because: Because, what: str, expected_at: datetime, now: datetime) -> str:
    """Why the house asks, as it stands in the ledger."""
    when = spoken(expected_at, now)
    match because:
        case Because.ROLL_CALL:
            return f"Ikke krysset av ved «{what}» {when}. Notert av seg selv."
        case Because.UNSEEN:
            return "Ingen har notert at barnet er her det siste døgnet. Notert av seg selv."
        case Because.LEAVE:
            return f"Skulle være tilbake {when} etter avtale. Notert av seg selv."
        case _:
            return f"Skulle være framme ved {what} {when}, og er ikke bekreftet kommet. Notert av seg selv."


def answer(question: PresenceQuestion, here: bool, *, by: Person, now: datetime) -> Case:
    """What staff say to the question. Answered twice, the first answer stands; what is new is told in the case."""
    with transaction.atomic():
        resident = Resident.objects.select_for_update(of=("self",), no_key=True).get(id=question.resident_id)
        case = Case.objects.get(resident=resident)
        open_still = PresenceQuestion.objects.filter(id=question.id, answered_at=None)
        if open_still.update(answered_at=now, answered_by=by, was_here=here):
            _record_answer(resident, case, here, by=by, now=now)
        return case


def _record_answer(resident: Resident, case: Case, here: bool, *, by: Person, now: datetime) -> None:
    marked_as = MarkedAs.HERE if here else MarkedAs.NOT_HERE
    RollMark.objects.create(resident=resident, marked_as=marked_as, at=now, by=by)
    if case.state != CaseState.ABSENT:
        return
    if here:
        absence.explain(case.id, by=by, now=now, why="Barnet er her.")
    else:
        what, found = "Så etter barnet da huset spurte.", "Barnet er ikke her."
        absence.inquire(case.id, by=by, now=now, what=what, finding=found)
