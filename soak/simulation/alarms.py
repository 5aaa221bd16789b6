"""Silence: whatever waits has alarmed or will (I1), each time to somebody else, and no answer stops the clock."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q

from savnet.access.models import Person
from savnet.access.rights import Role
from savnet.casework.loose_ends import loose_ends
from savnet.followup.models import Acknowledgement, Alarm, OnDuty, StaffNotice
from soak.simulation.ladders import matters
from soak.simulation.life import Life
from soak.simulation.rows import Rows
from soak.simulation.wrong import Broken

QUIET = timedelta(minutes=15)
AGAIN = timedelta(minutes=5)


def everything_open_alarms(life: Life, rows: Rows) -> None:
    """I1: of everything that waits the newest rung was fired, or somebody keeps it still for a while."""
    if life.exercise:
        return
    paused = Acknowledgement.objects.filter(case_id=life.case, until__gt=life.now).values_list("subject", flat=True)
    for matter in matters(life, rows.owed, rows.case.state):
        due = matter.due(life.now)
        mine = [one for one in rows.alarms if one.kind == matter.kind and one.subject.startswith(matter.begins_with)]
        if due is None or any(one.due_at >= due for one in mine):
            continue
        if not any(subject.startswith(matter.begins_with) for subject in paused):
            told = max((one.due_at for one in mine), default=None)
            since = f"waits since {matter.arisen}, last told of at {told}"
            raise Broken(f"I1: nobody was told at {due} that {matter.begins_with} {since}")


def each_time_somebody_else(life: Life, rows: Rows) -> None:
    """A rung goes to somebody who has not heard of it while there is anybody; first of all to whoever is on duty."""
    before: dict[str, list[Any]] = {}
    for alarm in rows.alarms:
        told = before.setdefault(alarm.subject, [])
        if alarm.fired_at == life.now:
            _judge(life, alarm, told)
        told.append(alarm.person_id)


def _judge(life: Life, alarm: Alarm, told: list[Any]) -> None:
    people = _people(life, alarm.actor)
    if alarm.person_id is None or alarm.person_id not in people:
        raise Broken(f"{alarm.subject} was told to nobody who can do anything about it")
    if alarm.person_id in told and set(people) - set(told):
        raise Broken(f"{alarm.subject} was told twice to one person, and others have not heard of it")
    on_duty = OnDuty.objects.filter(person__in=people, begins__lte=life.now, ends__gt=life.now)
    awake = set(on_duty.values_list("person_id", flat=True))
    if not told and awake and alarm.person_id not in awake:
        raise Broken(f"{alarm.subject} was first told to somebody off duty")


def _people(life: Life, actor: str) -> list[UUID]:
    at_centre = Q(centre=life.centre, role__in=[Role.SHIFT_STAFF, Role.CENTRE_LEADER])
    mine = {"centre": at_centre, "region": Q(role=Role.REGIONAL_OFFICER), "asa": Q(role=Role.ASA_OFFICER)}[actor]
    people = Person.objects.filter(mine | Q(role=Role.NATIONAL_OVERSEER), is_active=True)
    return list(people.values_list("pk", flat=True))


def alarms_reach_people(life: Life, rows: Rows) -> None:
    """Whoever is to be told is told within a quarter; what reaches nobody goes on, until it has reached somebody."""
    for alarm in rows.alarms:
        waits = alarm.notice is None and alarm.fired_at < life.now
        if waits and alarm.person_id and not _told_lately(alarm.person_id, life.now):
            raise Broken(f"{alarm.subject} was to be told to somebody, and she has not been")
    for tries in _in_vain(life, rows):
        one, newest = tries[-1], max(filter(None, (one.notice.ended_at for one in tries if one.notice)), default=None)
        there = set(_people(life, one.actor))
        left = life.now - newest >= AGAIN if newest else True
        if there and newest != life.now and (there - {one.person_id for one in tries} or left):
            raise Broken(f"{one.subject} reached nobody at {newest}, and nobody was tried since")


def _in_vain(life: Life, rows: Rows) -> Iterator[list[Alarm]]:
    """Every try of the newest rung of what waits and nobody keeps still, where none has reached anybody."""
    paused = Acknowledgement.objects.filter(case_id=life.case, until__gt=life.now).values_list("subject", flat=True)
    waiting = {one.subject for one in loose_ends(life.now, case_id=life.case)} - set(paused)
    for subject in sorted(waiting):
        same = [one for one in rows.alarms if one.subject == subject]
        tries = [one for one in same if one.rung == same[-1].rung]
        if tries and all(one.person_id is None or (one.notice and one.notice.told is False) for one in tries):
            yield tries


def _told_lately(person: UUID, now: datetime) -> bool:
    notices = StaffNotice.objects.filter(person_id=person, kind__in=["waiting", "late"], at__gt=now - QUIET)
    return notices.exclude(told=False).exists()


def a_pause_is_short(life: Life, rows: Rows) -> None:
    """An answer buys four hours at most, one when it is late, and never goes past the limit."""
    for pause in Acknowledgement.objects.filter(case_id=life.case, at=life.now):
        limits = [row.latest for row in rows.owed if row.latest and pause.subject.startswith(_name(row))]
        latest, length = min(limits, default=None), pause.until - pause.at
        if length > timedelta(hours=4) or (latest and latest <= pause.at and length > timedelta(hours=1)):
            raise Broken(f"{pause.subject} was kept still for {length}")
        if latest and pause.at < latest < pause.until:
            raise Broken(f"{pause.subject} was kept still past its limit")


def _name(row: Any) -> str:
    return f"{row.obligation}|{row.recipient}|{row.copy_of}|{row.because}|"


def an_exercise_alarms_nobody(life: Life, rows: Rows) -> None:
    """Nobody is called in the night for a child who does not exist."""
    if life.exercise and rows.alarms:
        raise Broken("an exercise alarmed somebody")
