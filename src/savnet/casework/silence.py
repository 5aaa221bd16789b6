"""Nobody has acted: fire the rung that is due, tell the next person, and stand still for a while for whoever answers.

Any number of workers may do this at once and at any time: a rung is a row, and the database lets each stand once.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from operator import itemgetter
from uuid import UUID

from django.db.models import Exists, Max, OuterRef, Q
from django.utils.translation import gettext

from savnet.access.models import Person
from savnet.casework.contained import each
from savnet.casework.errors import NothingOwed
from savnet.casework.loose_ends import LooseEnd, loose_ends
from savnet.casework.roster import candidates
from savnet.followup.models import Acknowledgement, Alarm
from savnet.followup.telling import carry_out, gather
from savnet.policy.ladder import Rung
from savnet.policy.turns import may_try_again, next_in_turn, pause_until
from savnet.register.models import Centre
from savnet.rules.words import Actor

Matter = tuple[UUID, str]
"""A case and a subject in it."""


@dataclass(frozen=True, slots=True)
class Heard:
    """How far a matter's alarms have come: the newest rung that was fired, and the latest that any was due."""

    rung: int
    due_at: datetime


def sound(*, now: datetime) -> None:
    """One round: fire every rung that is due, hand on what reached nobody, and tell.

    Raises NotAllDone at the end where a step fell over: what had been fired before is told of all the same.
    """
    each((_go_up, gather, carry_out), lambda step: step(now=now))


def _go_up(*, now: datetime) -> None:
    ends = _not_kept_still(now)
    _fire(list(_unfired(ends, now)), now=now)
    _hand_on(ends, now=now)


def _not_kept_still(now: datetime) -> list[LooseEnd]:
    """All that waits, but for what somebody has taken on for a while."""
    ends = list(loose_ends(now))
    taken_on = Acknowledgement.objects.filter(case_id__in={end.case_id for end in ends}, until__gt=now)
    still = set(taken_on.values_list("case_id", "subject"))
    return [end for end in ends if (end.case_id, end.subject) not in still]


def _unfired(ends: list[LooseEnd], now: datetime) -> Iterator[tuple[LooseEnd, Rung]]:
    """What is due and has not been fired."""
    heard = _heard({end.case_id for end in ends})
    for end in ends:
        rung = end.due(now)
        unheard = _unheard(rung, heard.get((end.case_id, end.subject))) if rung else None
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


def _hand_on(ends: list[LooseEnd], *, now: datetime) -> None:
    """What has reached nobody goes to whoever it has not been tried with; when all have been, it is tried again.

    Found from the rows, so that a worker that died halfway has forgotten nothing. Word that nobody was there to get
    goes to whoever has come since.
    """
    tried = _in_vain({end.case_id for end in ends})
    mine = [end for end in ends if (end.case_id, end.subject) in tried]
    told = _told_of(mine)
    for end in mine:
        alarms, told_before = tried[end.case_id, end.subject], told[end.case_id, end.subject]
        people = candidates(alarms[-1].centre, end.actor, now)
        person = next_in_turn([one for one in people if one not in _people(alarms)], told_before)
        if person:
            _to_the_next(alarms[-1], person, now=now)
        else:
            _try_again([one for one in alarms if one.person in people], now=now)


def _in_vain(cases: Collection[UUID]) -> dict[Matter, list[Alarm]]:
    """Every try of each matter's newest rung, where none has reached anybody and none is on its way."""
    same = Alarm.objects.filter(case_id=OuterRef("case_id"), subject=OuterRef("subject"))
    on_its_way = same.filter(rung=OuterRef("rung"), person__isnull=False).exclude(notice__told=False)
    found = Alarm.objects.filter(Q(person=None) | Q(notice__told=False), case_id__in=cases)
    found = found.filter(~Exists(same.filter(rung__gt=OuterRef("rung"))), ~Exists(on_its_way))
    tried: dict[Matter, list[Alarm]] = defaultdict(list)
    for alarm in found.select_related("person", "centre", "notice").order_by("turn"):
        tried[alarm.case_id, alarm.subject].append(alarm)
    return tried


def _people(alarms: list[Alarm]) -> set[Person]:
    return {one.person for one in alarms if one.person}


def _to_the_next(alarm: Alarm, person: Person, *, now: datetime) -> None:
    """The same rung, to another person. One that another worker has handed on stands as it is."""
    alarm.pk, alarm.turn, alarm.person, alarm.notice, alarm.fired_at = None, alarm.turn + 1, person, None, now
    Alarm.objects.bulk_create([alarm], ignore_conflicts=True)


def _try_again(alarms: list[Alarm], *, now: datetime) -> None:
    """Everybody has been tried: whoever it is longest ago for is told of it in her next message, a while after it."""
    ended = [(one.notice.ended_at, one) for one in alarms if one.notice and one.notice.ended_at]
    last, alarm = min(ended, key=itemgetter(0), default=(now, None))
    if alarm and may_try_again(last, now):
        Alarm.objects.filter(pk=alarm.pk, notice=alarm.notice).update(notice=None)


def acknowledge(
    case_id: UUID, subject: str, *, pause: timedelta, by: Person, now: datetime, actor: Actor = Actor.CENTRE
) -> Acknowledgement:
    """Somebody takes on what waits for the centre (or `actor`): no more is said of it for a while. The limit runs on,
    and is never paused past.

    Raises NothingOwed where nothing of the kind waits there any more.
    """
    mine = (one for one in loose_ends(now, case_id=case_id) if one.actor is actor)
    end = next((one for one in mine if one.subject == subject), None)
    if end is None:
        raise NothingOwed(gettext("Dette venter ikke lenger: noen har gjort det."))
    until = pause_until(pause, now, limit=end.limit)
    return Acknowledgement.objects.create(
        case_id=case_id, centre_id=end.centre_id, subject=subject, person=by, at=now, until=until
    )


def alarms_of(case_id: UUID) -> dict[str, list[Alarm]]:
    """What has been told of in a case, by subject, the newest first."""
    found: dict[str, list[Alarm]] = defaultdict(list)
    for alarm in Alarm.objects.filter(case_id=case_id).select_related("person", "notice").order_by("-fired_at", "-id"):
        found[alarm.subject].append(alarm)
    return dict(found)
