"""Tell a person that something waits: a row before anything leaves the house, one message in a while, every way tried.

A worker that dies in between leaves the row without an outcome, and it is taken up again: twice told is better than
never.
"""

import logging
from datetime import datetime
from time import monotonic
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q, QuerySet, Value
from django.db.models.functions import Greatest

from savnet.access.models import Person
from savnet.followup.models import Alarm, StaffNotice
from savnet.followup.texts import Kind, words
from savnet.followup.ways import NotReached, Way, any_way, ways_to
from savnet.policy.turns import AGAIN, ROUND_LASTS, TRIED_FOR, may_tell

logger = logging.getLogger(__name__)


def tell(person: Person, kind: Kind, *, now: datetime) -> StaffNotice:
    """Let a person be told at once, whatever she was told before: for what is rare and cannot wait.

    Only a row, in the caller's transaction; the worker's next round, within a minute, carries it out of the house. It
    is hers alone, and no ladder hands it on: where she can't be reached, she is tried again for a day.
    """
    return StaffNotice.objects.create(person=person, kind=kind.value, at=now)


def tell_together(person: Person, kind: Kind, *, now: datetime) -> StaffNotice:
    """As `tell`; but what comes while a message of the same kind still waits to leave the house is one word with it."""
    waiting = StaffNotice.objects.filter(person=person, kind=kind.value, told=None, ended_at=None)
    return waiting.select_for_update(skip_locked=True, of=("self",)).first() or tell(person, kind, now=now)


def gather(*, now: datetime) -> list[UUID]:
    """One message for each person with alarms that she has not been told of, unless she was told a moment ago."""
    people = Alarm.objects.filter(notice=None, person__isnull=False).values_list("person_id", flat=True)
    made = [_gathered(person, now) for person in set(people.order_by())]
    return [one.id for one in made if one]


def _gathered(person_id: UUID, now: datetime) -> StaffNotice | None:
    """The message that tells of all that waits for this person; another worker that is at it is left to it."""
    with transaction.atomic():
        person = Person.objects.select_for_update(skip_locked=True, no_key=True, of=("self",)).filter(pk=person_id)
        if not person.first() or not may_tell(_last_told(person_id), now):
            return None
        alarms = Alarm.objects.filter(person_id=person_id, notice=None)
        late = alarms.filter(late=True).exists()
        notice = StaffNotice.objects.create(
            person_id=person_id, kind=(Kind.LATE if late else Kind.WAITING).value, at=now
        )
        return notice if alarms.update(notice=notice) else None


def _last_told(person_id: UUID) -> datetime | None:
    """When this person was last told of alarms, or is being told."""
    before = StaffNotice.objects.filter(person_id=person_id, kind__in=[Kind.LATE, Kind.WAITING])
    return before.exclude(told=False).order_by("-at").values_list("at", flat=True).first()


def carry_out(*, now: datetime) -> None:
    """Carry every message that is due out of the house. One that falls over keeps no other waiting behind it.

    Those that were never tried come first, the oldest first; then those for whose last try it is longest ago. What is
    left when the round's time is up is the next round's: a way that hangs must not take every hand the worker has.
    """
    until = monotonic() + ROUND_LASTS.total_seconds()
    in_order = _due(now).order_by(F("ended_at").asc(nulls_first=True), "at")
    waiting = list(in_order.values_list("id", flat=True))
    for place, notice in enumerate(waiting):
        if monotonic() >= until:
            logger.warning("messages to staff are left for the next round", extra={"count": len(waiting) - place})
            return
        _end(notice, now)


def _due(now: datetime) -> QuerySet[StaffNotice]:
    """Messages that have no outcome; and those that reached nobody, and that no ladder hands on to the next."""
    again = Q(told=False, ended_at__lte=now - AGAIN, at__gt=now - TRIED_FOR) & ~Q(kind__in=[Kind.LATE, Kind.WAITING])
    return StaffNotice.objects.filter(Q(told=None, ended_at=None) | again)


def _end(notice_id: UUID, now: datetime) -> None:
    """Carry one message out; one that falls over has reached nobody."""
    try:
        _carry(notice_id, now)
    except Exception as fault:
        logger.exception("a message to staff fell over")
        fell = StaffNotice.objects.filter(id=notice_id).exclude(told=True)
        fell.update(told=False, ended_at=Greatest("at", Value(now)), ways=[_fault("", fault)])


def _carry(notice_id: UUID, now: datetime) -> None:
    """One message, by every way that leads to its person; one that another worker is at is left to it."""
    with transaction.atomic():
        found = _due(now).select_for_update(skip_locked=True, of=("self",)).select_related("person")
        notice = found.filter(id=notice_id).first()
        if notice is None:
            return
        notice.ways = [_by(way, notice) for way in ways_to(notice.person)]
        # Where no way leads out of the house at all, nobody was told, nor missed: the screen is what there is.
        notice.told = any(one["told"] for one in notice.ways) if any_way() else None
        notice.ended_at = max(now, notice.at)
        notice.save(update_fields=["ways", "told", "ended_at"])


def _by(way: Way, notice: StaffNotice) -> dict[str, object]:
    try:
        way.tell(notice.person, words(notice.kind, notice.person.language))
    except NotReached as problem:
        return {"way": way.name, "told": False, "answer": str(problem)[:200]}
    except Exception as fault:
        # A way that falls over is no reason not to try the others; the log and the doctor tell of it.
        logger.exception("a way to staff fell over", extra={"person": str(notice.person.pk)})
        return _fault(way.name, fault)
    return {"way": way.name, "told": True}


def _fault(way: str, fault: Exception) -> dict[str, object]:
    """A fault of our own, by its kind alone: what it says may hold anything."""
    return {"way": way, "told": False, "answer": type(fault).__name__, "fault": True}
