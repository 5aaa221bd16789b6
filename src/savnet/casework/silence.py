"""Nobody has acted: fire the rung that is due, tell the next person, and stand still for a while for whoever answers.

Any number of workers may do this at once and at any time: a rung is a row, and the database lets each stand once.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Max
from django.utils.translation import gettext

from savnet.access.models import Person
from savnet.casework.errors import NothingOwed
from savnet.casework.loose_ends import LooseEnd, loose_ends
from savnet.casework.roster import candidates
from savnet.followup.models import Acknowledgement, Alarm, StaffNotice
from savnet.followup.telling import carry_out, gather
from savnet.policy.ladder import Rung
from savnet.policy.turns import next_in_turn, pause_until
from savnet.register.models import Centre
from savnet.rules.words import Actor

Matter = tuple[UUID, str]
"""A case and a subject in it."""

GRACE = timedelta(minutes=2)
"""So long a rung may be due before it counts as forgotten: the worker comes by once a minute."""


@dataclass(frozen=True, slots=True)
class Heard:
    """How far a matter's alarms have come: the newest rung that was fired, and the latest that any was due."""

    rung: int
    due_at: datetime


def sound(*, now: datetime) -> int:
    """One round: fire every rung that is due, and tell whoever it falls to. Returns how many rungs were due."""
    due = list(_unfired(list(loose_ends(now)), now))
    _fire(due, now=now)
    gather(now=now)
    for notice in carry_out(now=now):
        _pass_on(notice, now=now)
    return len(due)


def _unfired(ends: list[LooseEnd], now: datetime) -> Iterator[tuple[LooseEnd, Rung]]:
    """What is due and neither fired nor paused."""
    cases = {end.case_id for end in ends}
    heard = _heard(cases)
    paused = set(Acknowledgement.objects.filter(case_id__in=cases, until__gt=now).values_list("case_id", "subject"))
    for end in ends:
        matter, rung = (end.case_id, end.subject), end.due(now)
        unheard = _unheard(rung, heard.get(matter)) if rung and matter not in paused else None
        if unheard:
            yield end, unheard


def _unheard(rung: Rung, heard: Heard | None) -> Rung | None:
    """The rung, if nobody has been told of it.

    What came back and was sent anew begins its ladder anew: its rungs are then numbered on from those that were fired.
    """
    if heard is None or rung.number > heard.rung:
        return rung
    return replace(rung, number=heard.rung + 1) if rung.at > heard.due_at else None


def _heard(cases: Collection[UUID]) -> dict[Matter, Heard]:
    """How far each matter has been told of."""
    fired = Alarm.objects.filter(case_id__in=cases).order_by().values_list("case_id", "subject")
    newest = fired.annotate(newest=Max("rung"), latest=Max("due_at"))
    return {(case_id, subject): Heard(rung, due_at) for case_id, subject, rung, due_at in newest}


def _fire(due: list[tuple[LooseEnd, Rung]], *, now: datetime) -> None:
    """Make each rung a row with whoever it falls to; one that another worker has made stands as it is."""
    told = _told_of(end for end, _ in due)
    centres = Centre.objects.in_bulk({end.centre_id for end, _ in due})
    people: dict[tuple[UUID, Actor], list[Person]] = {}
    alarms = []
    for end, rung in due:
        office = (end.centre_id, end.actor)
        if office not in people:
            people[office] = candidates(centres[end.centre_id], end.actor, now)
        person = next_in_turn(people[office], told[end.case_id, end.subject])
        alarms.append(_alarm(end, rung, person, now=now))
    Alarm.objects.bulk_create(alarms, ignore_conflicts=True, batch_size=500)


def _alarm(end: LooseEnd, rung: Rung, person: Person | None, *, now: datetime) -> Alarm:
    return Alarm(
        case_id=end.case_id,
        centre_id=end.centre_id,
        kind=end.kind.value,
        subject=end.subject,
        actor=end.actor.value,
        rung=rung.number,
        late=rung.late,
        due_at=rung.at,
        fired_at=now,
        person=person,
    )


def _told_of(ends: Iterable[LooseEnd]) -> dict[Matter, list[Person]]:
    """Who was told of each of these, the first first."""
    told: dict[Matter, list[Person]] = defaultdict(list)
    alarms = Alarm.objects.filter(case_id__in={end.case_id for end in ends}, person__isnull=False)
    for alarm in alarms.select_related("person").order_by("rung", "turn"):
        if alarm.person:
            told[alarm.case_id, alarm.subject].append(alarm.person)
    return told


def _pass_on(notice: StaffNotice, *, now: datetime) -> None:
    """Nobody was reached by this message: what it told of goes to the next in turn, once for each there is."""
    for alarm in Alarm.objects.filter(notice=notice).select_related("centre"):
        told = [one.person_id for one in Alarm.objects.filter(case_id=alarm.case_id, subject=alarm.subject)]
        people = candidates(alarm.centre, Actor(alarm.actor), now)
        person = next((one for one in people if one.pk not in told), None)
        if person:
            Alarm.objects.bulk_create(
                [
                    Alarm(
                        case_id=alarm.case_id,
                        centre=alarm.centre,
                        kind=alarm.kind,
                        subject=alarm.subject,
                        actor=alarm.actor,
                        rung=alarm.rung,
                        turn=alarm.turn + 1,
                        late=alarm.late,
                        due_at=alarm.due_at,
                        fired_at=now,
                        person=person,
                    )
                ],
                ignore_conflicts=True,
            )


def acknowledge(case_id: UUID, subject: str, *, pause: timedelta, by: Person, now: datetime) -> Acknowledgement:
    """Somebody takes it on: no more is said of it for a while. The limit runs on, and is never paused past.

    Raises NothingOwed where nothing of the kind waits any more.
    """
    end = next((one for one in loose_ends(now, case_id=case_id) if one.subject == subject), None)
    if end is None:
        raise NothingOwed(gettext("Dette venter ikke lenger: noen har gjort det."))
    until = pause_until(pause, now, limit=end.limit)
    return Acknowledgement.objects.create(
        case_id=case_id, centre_id=end.centre_id, subject=subject, person=by, at=now, until=until
    )


def forgotten(now: datetime) -> list[LooseEnd]:
    """What waits and has neither a future alarm nor an alarm that was fired for what is due (I1). Must be empty.

    Every ladder has a next rung at any instant; so what can fail is only that a rung was due and nobody fired it.
    """
    return [end for end, rung in _unfired(list(loose_ends(now)), now) if now - rung.at > GRACE]


def alarms_of(case_id: UUID) -> dict[str, list[Alarm]]:
    """What has been told of in a case, by subject, the newest first."""
    found: dict[str, list[Alarm]] = defaultdict(list)
    for alarm in Alarm.objects.filter(case_id=case_id).select_related("person", "notice").order_by("-fired_at", "-id"):
        found[alarm.subject].append(alarm)
    return dict(found)
