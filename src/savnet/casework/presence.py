"""Roll call: which one is being taken now, who is on it, and every tap."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from savnet.access.models import Person
from savnet.cases.models import Case
from savnet.casework import absence
from savnet.casework.errors import NotNow
from savnet.policy.presence import EARLY, GRACE, STOP_WAITING, occurrences
from savnet.register.models import (
    Centre,
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
from savnet.rules.words import CaseState, NoticedHow

AWAY = (CaseState.ABSENT.value, CaseState.MISSING.value)
OWN_CALL_LASTS = timedelta(hours=1)
"""A roll call that staff began themselves goes on this long; a tap after that begins another."""


@dataclass(frozen=True, slots=True)
class Counted:
    """One child in a roll call: what was tapped last, and what is known that explains that the child isn't here."""

    resident: Resident
    mark: RollMark | None
    leave: Leave | None
    transfer: Transfer | None
    state: str

    @property
    def expected(self) -> bool:
        """Whether the child should be here now."""
        return not self.leave and not self.transfer and self.state not in AWAY

    @property
    def said(self) -> bool:
        """Whether nothing more needs to be said of the child in this roll call."""
        return self.mark is not None or not self.expected


@dataclass(frozen=True, slots=True)
class Roll:
    """The roll call that is being taken now, and everyone on it."""

    name: str
    due_at: datetime | None
    counted: tuple[Counted, ...]

    @property
    def left(self) -> int:
        """How many nobody has said anything of."""
        return sum(not one.said for one in self.counted)


def grace(centre: Centre) -> timedelta:
    """How long after an agreed time the house asks, at this centre."""
    return GRACE if centre.grace_minutes is None else timedelta(minutes=centre.grace_minutes)


def residents_of(centre_id: UUID) -> QuerySet[Resident]:
    """Those who live at the centre, in the order people look for them."""
    living = Resident.objects.filter(centre_id=centre_id, left__isnull=True).select_related("case")
    return living.order_by("given_name", "family_name", "original_name")


def in_force(at: datetime) -> Q:
    """The condition that a leave holds at that instant and has not been ended or changed."""
    return Q(from_at__lte=at, return_at__gte=at, ended_at=None)


def roll(centre: Centre, now: datetime) -> Roll:
    """The roll call as it stands."""
    call, name, due_at = _current(centre, now)
    marks = {one.resident_id: one for one in call.marks.select_related("by").order_by("at")} if call else {}
    everyone = list(residents_of(centre.id))
    leaves = {one.resident_id: one for one in Leave.objects.filter(in_force(now), resident__in=everyone)}
    under_way = {one.resident_id: one for one in _under_way(everyone)}
    return Roll(name, due_at, tuple(_counted(one, marks, leaves, under_way) for one in everyone))


def _counted(
    resident: Resident,
    marks: Mapping[UUID, RollMark],
    leaves: Mapping[UUID, Leave],
    under_way: Mapping[UUID, Transfer],
) -> Counted:
    case = getattr(resident, "case", None)
    state = case.state if case else CaseState.NONE.value
    key = resident.id
    return Counted(resident, marks.get(key), leaves.get(key), under_way.get(key), state)


def _under_way(residents: list[Resident]) -> QuerySet[Transfer]:
    moving = Transfer.objects.filter(state=TransferState.UNDER_WAY, resident__in=residents)
    return moving.select_related("to_centre")


def _current(centre: Centre, now: datetime) -> tuple[RollCall | None, str, datetime | None]:
    """The roll call of the nearest fixed time, or else the one that staff began themselves; with name and time."""
    if found := _fixed(centre, now):
        due_at, daily = found
        return RollCall.objects.filter(daily_time=daily, due_at=due_at).first(), daily.name, due_at
    own = RollCall.objects.filter(centre=centre, daily_time=None, due_at__gt=now - OWN_CALL_LASTS, due_at__lte=now)
    return own.first(), _("Opptelling"), None


def _fixed(centre: Centre, now: datetime) -> tuple[datetime, DailyTime] | None:
    """The last fixed time that counting may have begun for, if it is not too long ago."""
    running = DailyTime.objects.filter(centre=centre, ended_at=None)
    found = [
        (due, one)
        for one in running
        for due in occurrences(one.clock, one.weekdays, since=now - STOP_WAITING, until=now + EARLY)
        if due >= one.from_instant
    ]
    return max(found, key=lambda one: one[0], default=None)


def mark(resident: Resident, marked_as: MarkedAs, *, by: Person, now: datetime) -> RollMark:
    """One tap. The same tap twice is one; «not here» notes the absence, «here» accounts for it.

    Raises NotNow for a child who is missing or under way: that is told in the case, or of the transfer.
    """
    with transaction.atomic():
        held = Resident.objects.select_for_update(of=("self",), no_key=True).select_related("centre").get(
            id=resident.id
        )  # fmt: skip
        _refuse_where_it_does_not_belong(held)
        leave = Leave.objects.filter(in_force(now), resident=held).first()
        marked_as = _meant(marked_as, leave)
        call = _taken(held.centre, now)
        last = call.marks.filter(resident=held).last()
        made = last if last and last.marked_as == marked_as else _tap(call, held, marked_as, by=by, now=now)
        _follow(held, marked_as, leave, by=by, now=now)
        return made


def _meant(marked_as: MarkedAs, leave: Leave | None) -> MarkedAs:
    """A child who is out by agreement is not here, and that is no absence."""
    if leave is None and marked_as is MarkedAs.ON_LEAVE:
        raise NotNow(_("Det er ikke avtalt noe fravær nå. Legg inn avtalen først."))
    return MarkedAs.ON_LEAVE if leave and marked_as is MarkedAs.NOT_HERE else marked_as


def _refuse_where_it_does_not_belong(resident: Resident) -> None:
    case = Case.objects.filter(resident=resident).first()
    if case and case.state == CaseState.MISSING:
        raise NotNow(_("Barnet er meldt savnet. Er det tilbake, noterer du det i saken."))
    if Transfer.objects.filter(resident=resident, state=TransferState.UNDER_WAY).exists():
        raise NotNow(_("Barnet er på vei til et annet mottak. Er det her likevel, avlyser du flyttingen."))


def _taken(centre: Centre, now: datetime) -> RollCall:
    """The roll call of this moment, begun now if nobody has tapped in it yet."""
    call, name, due_at = _current(centre, now)
    if call:
        return call
    daily = (_fixed(centre, now) or (None, None))[1]
    known = {"daily_time": daily, "due_at": due_at or now}
    if daily is None:
        return RollCall.objects.create(centre=centre, name=name, looked_at=now, **known)
    made, _new = RollCall.objects.get_or_create(**known, defaults={"centre": centre, "name": name})
    return made


def _tap(call: RollCall | None, resident: Resident, marked_as: MarkedAs, *, by: Person, now: datetime) -> RollMark:
    return RollMark.objects.create(roll_call=call, resident=resident, marked_as=marked_as, at=now, by=by)


def _follow(resident: Resident, marked_as: MarkedAs, leave: Leave | None, *, by: Person, now: datetime) -> None:
    """What a tap means for the agreement, for the house's question and for the case."""
    if marked_as is MarkedAs.ON_LEAVE:
        return
    here = marked_as is MarkedAs.HERE
    if here and leave:
        Leave.objects.filter(id=leave.id).update(ended_at=now, ended_by=by)
    asked = PresenceQuestion.objects.filter(resident=resident, answered_at=None)
    asked.update(answered_at=now, answered_by=by, was_here=here)
    case = Case.objects.filter(resident=resident).first()
    absent = case is not None and case.state == CaseState.ABSENT
    if here and case and absent:
        absence.explain(case.id, by=by, now=now, why="Barnet er her.")
    elif not here and not absent:
        seen = last_seen(resident)
        absence.notice(resident, by=by, now=now, how=NoticedHow.NOT_AT_DAILY_ACTIVITY, last_observed=seen)


def seen_here(resident: Resident, *, by: Person, now: datetime) -> None:
    """Somebody says outside a roll call that the child is here."""
    mark(resident, MarkedAs.HERE, by=by, now=now)


def last_seen(resident: Resident) -> datetime | None:
    """When somebody last counted the child as here."""
    here = RollMark.objects.filter(resident=resident, marked_as=MarkedAs.HERE)
    return here.order_by("-at").values_list("at", flat=True).first()
