"""Nobody has acted: fire the rung that is due, tell the next person, and stand still for a while for whoever answers.

Any number of workers may do this at once and at any time: a rung is a row, and the database lets each stand once.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
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


def sound(*, now: datetime) -> int:
    """One round: fire every rung that is due, and tell whoever it falls to. Returns how many rungs were fired."""
    fired = sum(_fire(end, rung, now=now) for end, rung in _unfired(list(loose_ends(now)), now))
    gather(now=now)
    for notice in carry_out(now=now):
        _pass_on(notice, now=now)
    return fired


def _unfired(ends: list[LooseEnd], now: datetime) -> Iterator[tuple[LooseEnd, Rung]]:
    """What is due and neither fired nor paused."""
    cases = {end.case_id for end in ends}
    heard = _heard(cases)
    paused = set(Acknowledgement.objects.filter(case_id__in=cases, until__gt=now).values_list("case_id", "subject"))
    for end in ends:
        matter, rung = (end.case_id, end.subject), end.due(now)
        if rung and rung.number > heard.get(matter, -1) and matter not in paused:
            yield end, rung


def _heard(cases: Iterable[UUID]) -> dict[Matter, int]:
    """The newest rung that was fired, by matter."""
    newest: dict[Matter, int] = {}
    for case_id, subject, rung in Alarm.objects.filter(case_id__in=list(cases)).values_list(
        "case_id", "subject", "rung"
    ):
        newest[case_id, subject] = max(rung, newest.get((case_id, subject), -1))
    return newest


def _fire(end: LooseEnd, rung: Rung, *, now: datetime) -> bool:
    """Fire one rung, unless another worker was first."""
    person = next_in_turn(_candidates(end.centre_id, end.actor, now), _told(end.case_id, end.subject))
    try:
        with transaction.atomic():
            Alarm.objects.create(
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
    except IntegrityError:
        return False
    return True


def _candidates(centre_id: UUID, actor: Actor, now: datetime) -> list[Person]:
    return candidates(Centre.objects.get(id=centre_id), actor, now)


def _told(case_id: UUID, subject: str) -> list[Person]:
    """Who was told of this, the first first."""
    alarms = Alarm.objects.filter(case_id=case_id, subject=subject, person__isnull=False).select_related("person")
    return [one.person for one in alarms.order_by("rung", "turn") if one.person]


def _pass_on(notice: StaffNotice, *, now: datetime) -> None:
    """Nobody was reached by this message: what it told of goes to the next in turn, once for each there is."""
    for alarm in Alarm.objects.filter(notice=notice).select_related("centre"):
        told = _told(alarm.case_id, alarm.subject)
        people = candidates(alarm.centre, Actor(alarm.actor), now)
        person = next((one for one in people if one not in told), None)
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
