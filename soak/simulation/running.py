"""Runs one case: time passes to whatever comes next, the worker makes its round, and every invariant is looked at."""

from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection

from savnet.casework import carrying, exercises, following_up, receiver_page, silence
from savnet.casework.queue import CARRY
from savnet.register.models import Appointment, Contact, Resident
from savnet.rules.words import AppointmentKind
from soak.simulation import doings, endings, ladders, meanwhile, receivers
from soak.simulation.invariants import look
from soak.simulation.life import Life, begin
from soak.simulation.whiles import DAY, HOUR, MINUTE
from soak.simulation.wire import Died
from soak.simulation.world import World, one_life
from soak.simulation.wrong import Broken

MOST_STEPS = 60
MOST_IN_A_ROW = 4
HORIZON = timedelta(days=400)


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one case went: what was wrong with it, if anything, and its story."""

    seed: int
    wrong: str
    steps: int
    checks: int
    story: list[str]


def run(seed: int, world: World) -> Outcome:
    """One case, and all of it undone afterwards."""
    with ExitStack() as kept:
        kept.enter_context(one_life())
        life, steps, wrong = begin(seed, world, kept), 0, ""
        try:
            prepare(life)
            steps = live(life)
        except Broken as broken:
            wrong = str(broken)
            life.tell(f"WRONG: {wrong}")
        return Outcome(seed, wrong, steps, life.checks, life.story)


def prepare(life: Life) -> None:
    """The child and those around, the roster, and what the case begins with."""
    life.dense = life.chance(0.25)
    life.exercise = life.chance(0.03, "exercise")
    life.agreed = bool(life.centre.police_agreement)
    if life.exercise:
        exercise = exercises.begin(life.centre, by=life.someone, now=life.now)
        life.child, life.centre = exercise.child, exercise.place
    else:
        life.child = _child(life)
    endings.plan_the_roster(life)
    life.tell(f"at {life.centre.name}, born {life.child.born}{', an exercise' if life.exercise else ''}")
    if not life.exercise and life.chance(0.1, "between two centres"):
        meanwhile.leave_for_another_centre(life)
    life.later(MINUTE, 5 * HOUR, doings.miss_the_child)


def _child(life: Life) -> Resident:
    day = life.now.date()
    years, days = life.random.choice((15, 16, 16, 17)), life.random.randrange(2, 360)
    child = Resident.objects.create(
        centre=life.centre,
        given_name="Selam",
        family_name=f"Simulert {life.seed}",
        born=date(day.year - years - 1, day.month, min(day.day, 28)) + timedelta(days=days),
    )
    for kind in ("representative", *(["lawyer"] if life.chance(0.8) else [])):
        Contact.objects.create(resident=child, kind=kind, name="Rita Fiktivsen", phone="+47 00 88 00 10")
    for kind in AppointmentKind:
        if life.chance(0.4):
            Appointment.objects.create(
                resident=child, kind=kind.value, at=life.now + life.random.randrange(1, 40) * DAY
            )
    return child


def live(life: Life) -> int:
    """Until nothing more is to come, or it has lasted long enough."""
    began, steps = life.now, 0
    while steps < MOST_STEPS and life.now < began + HORIZON:
        deed = _time_passes(life, began)
        if deed is False:
            break
        steps += 1
        if deed:
            _safely(life, lambda one=deed: life.do(*one))
        if not _asleep(life):
            _safely(life, lambda: a_round(life))
            _safely(life, lambda: look(life))
    return steps


def _time_passes(life: Life, began: datetime) -> Any:
    """Move the clock to what comes next: a deed, a job, or a rung. False where nothing comes any more."""
    deed = life.agenda[0] if life.agenda else None
    others = [] if _asleep(life) else [_next_job()]
    if life.dense and life.now < began + 2 * DAY and not _asleep(life):
        others.append(ladders.next_rung(life))
    others += [one[2] for one in life.wire.to_bounce]
    soonest = min(filter(None, others), default=None)
    if deed and (soonest is None or deed[0] <= soonest):
        _, name, what = life.next_deed()
        life.clock.move_to(deed[0])
        return name, what
    if soonest is None or soonest > began + HORIZON:
        return False
    life.clock.move_to(soonest)
    return None


def _asleep(life: Life) -> bool:
    until = life.truth.asleep_until
    return until is not None and life.now < until


def _safely(life: Life, what: Any) -> None:
    """Whatever falls over is a fault of the house."""
    try:
        what()
    except Broken:
        raise
    except Exception as fell:
        raise Broken(f"fell over: {type(fell).__name__}: {fell}") from fell


def a_round(life: Life) -> None:
    """What the workers do within a minute: letters, what came back, who follows up, and the alarms."""
    receivers.bounce(life)
    for _ in range(MOST_IN_A_ROW):
        for message_id in _due_jobs(life):
            _carry(life, message_id)
    carrying.take_up_again(now=life.now)
    _ask_the_portals(life)
    following_up.watch_over(now=life.now)
    receiver_page.take_in_all(now=life.now)
    silence.sound(now=life.now)


def _ask_the_portals(life: Life) -> None:
    """Twice an hour the house asks how everything fares that a channel has taken."""
    if life.now - life.seen.get("asked", life.now - HOUR) >= timedelta(minutes=30):
        life.seen["asked"] = life.now
        carrying.follow(now=life.now)


def _carry(life: Life, message_id: UUID) -> None:
    try:
        carrying.carry(message_id, now=life.now)
    except Died:
        life.tell(f"the worker died with {message_id.hex[:8].upper()} on its way")


def _due_jobs(life: Life) -> list[UUID]:
    """The real queue's jobs whose time has come, taken out of it as a worker does."""
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM procrastinate_jobs WHERE task_name = %s AND status = 'todo'"
            " AND coalesce(scheduled_at, '-infinity'::timestamptz) <= %s RETURNING id, args->>'message_id'",
            [CARRY, life.now],
        )
        return [UUID(message_id) for _, message_id in sorted(cursor.fetchall())]


def _next_job() -> datetime | None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT min(scheduled_at) FROM procrastinate_jobs WHERE task_name = %s", [CARRY])
        row: tuple[datetime | None] = cursor.fetchone()
        return row[0]
