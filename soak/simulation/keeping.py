"""The ledger only grows (I9), one centre answers (I7), and somebody follows the case up and goes through it in time."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from savnet.access.models import Person
from savnet.cases.models import Record
from savnet.register.models import Resident
from soak.simulation import hours
from soak.simulation.life import Life
from soak.simulation.rows import Rows
from soak.simulation.wrong import Broken

OPEN = ("absent", "missing", "found")
NORWAY = ZoneInfo("Europe/Oslo")


def the_ledger_only_grows(life: Life, rows: Rows) -> None:
    """I9: what was there at the last step is there now, in its place and with its hash."""
    kept = Record.objects.filter(case_id=life.case).order_by("sequence").values_list("sequence", "hash")
    now = [(sequence, bytes(digest)) for sequence, digest in kept]
    before = life.seen.get("ledger", [])
    if now[: len(before)] != before or [sequence for sequence, _ in now] != list(range(1, len(now) + 1)):
        raise Broken("I9: a record of the ledger has changed or is gone")
    life.seen["ledger"] = now


def one_centre_answers(life: Life, rows: Rows) -> None:
    """I7: the register and the case name the same centre, the one that last had the child for certain."""
    register = Resident.objects.values_list("centre_id", flat=True).get(id=life.child.id)
    if {register, rows.case.centre_id} != {life.centre.id}:
        raise Broken(f"I7: {life.centre} answers, but the register and the case do not both say so")


def somebody_follows_it_up(life: Life, rows: Rows) -> None:
    """An open case has an owner who works where the child belongs, or is known to have none."""
    watch = rows.watch
    if life.exercise:
        if watch:
            raise Broken("an exercise is watched over")
        return
    if watch is None:
        if rows.case.state in OPEN:
            raise Broken("I1: an open case is watched over by nobody")
        return
    at_work = Person.objects.filter(centre=life.centre, is_active=True).values_list("pk", flat=True)
    if watch.owner_id is None and watch.unowned_since is None:
        raise Broken("a case has no owner, and nobody knows since when")
    if watch.owner_id and watch.owner_id not in set(at_work):
        raise Broken("the owner of an open case no longer works where the child belongs")


def it_is_gone_through_in_time(life: Life, rows: Rows) -> None:
    """The next review is the first day of the house's row after the last: a week, 1, 3, 6 months, yearly, before 18."""
    watch = rows.watch
    if watch is None:
        return
    since = _day(rows.case.missing_since or watch.since)
    due = hours.review_after(since, last=watch.reviewed_on, born=life.child.born)
    if watch.next_review != due:
        raise Broken(f"the next review is on {watch.next_review}, and should be on {due}")


def _day(at: datetime) -> date:
    return at.astimezone(NORWAY).date()
