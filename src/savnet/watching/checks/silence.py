"""Questions to what follows silence up: is each open case watched over, is somebody told, do answers come in?"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef

from savnet.cases.models import Case
from savnet.followup.models import Alarm, ReceiverAnswer, StaffNotice, Watch
from savnet.rules.time import norwegian_day
from savnet.rules.words import CaseState
from savnet.watching.findings import Finding, warning, well, wrong
from savnet.watching.ladder import gone_up
from savnet.watching.standing import standing

OPEN = (CaseState.ABSENT.value, CaseState.MISSING.value, CaseState.FOUND.value)
ROUND = timedelta(minutes=5)
"""The worker comes by once a minute; what is older than this it has missed."""
LATELY = timedelta(days=1)


def watches(now: datetime) -> Iterator[Finding]:
    """Whether every open case has its watch, with an owner."""
    watch = Watch.objects.filter(case_id=OuterRef("id"))
    real = Case.objects.filter(state__in=OPEN, centre__exercise_of__isnull=True, opened_at__lt=now - ROUND)
    alone = real.filter(~Exists(watch)).count()
    unowned = Watch.objects.filter(owner=None).count()
    if alone:
        yield wrong("follow-up", f"{alone} open cases are watched over by nobody", "start a worker; see its log")
    elif unowned:
        yield warning("follow-up", f"{unowned} open cases have no owner", "give somebody at the centre access")
    else:
        yield well("follow-up", f"{Watch.objects.count()} cases watched over, each with an owner")


def alarms(now: datetime) -> Iterator[Finding]:
    """Whether alarms have somebody to go to, and reach her."""
    lately = Alarm.objects.filter(fired_at__gt=now - LATELY)
    if nobody := lately.filter(person=None).count():
        yield wrong("alarms", f"{nobody} alarms of the last day had nobody to go to", "give somebody there access")
    sent = StaffNotice.objects.filter(at__gt=now - LATELY)
    if faults := sent.filter(ways__contains=[{"fault": True}]).count():
        says = f"{faults} messages to staff of the last day met a fault of the house itself"
        yield wrong("alarms", says, "see the worker's log, then the key for push: docs/running/notifications.md")
    failed = sent.filter(told=False).count()
    if failed:
        says = f"{failed} messages to staff of the last day reached nobody"
        yield warning("alarms", says, "see the mail server for staff, and that everybody has an address")
    waiting = StaffNotice.objects.filter(ended_at=None, at__lt=now - ROUND).count()
    if waiting:
        says = f"{waiting} messages to staff have waited for more than {ROUND.seconds // 60} minutes to leave the house"
        yield wrong("alarms", says, "see «staff» and the worker's log: what answers slowly holds the others up")
    if not (nobody or failed or faults or waiting):
        yield well("alarms", f"{lately.count()} alarms during the last day")


def ladder(now: datetime) -> Iterator[Finding]:
    """Whether the ladder of reminders is still gone up, minute for minute: a worker may beat and do nothing else."""
    last, found = gone_up(), standing(now)
    do = "see «worker», «queue» and the worker's log; until then somebody must watch the deadlines by hand"
    if last is None and found.ladder_still:
        yield wrong("reminders", "nobody has gone up the ladder, though a worker has been awake", do)
    elif last is None:
        yield warning("reminders", "nobody has gone up the ladder yet", "let a worker run for some minutes")
    elif found.ladder_still:
        yield wrong("reminders", f"nobody has gone up the ladder since {last:%Y-%m-%d %H:%M} UTC", do)
    else:
        yield well("reminders", f"the ladder was gone up {(now - last).total_seconds():.0f} seconds ago")


def reviews(now: datetime) -> Iterator[Finding]:
    """Whether every open case has been gone through by its day."""
    late = Watch.objects.filter(next_review__lt=norwegian_day(now)).count()
    if late:
        yield warning(
            "reviews", f"{late} open cases should have been reviewed", "let their owners do it; see each case"
        )
    else:
        yield well("reviews", "none is late")


def answers(now: datetime) -> Iterator[Finding]:
    """Whether what receivers answered has come into the ledger."""
    waiting = ReceiverAnswer.objects.filter(taken_in_at=None, at__lt=now - ROUND)
    if count := waiting.count():
        says = f"{count} answers from receivers could not be taken into the ledger"
        yield wrong("receivers' answers", says, "see the worker's log, and verify the ledger")
    else:
        yield well("receivers' answers", "all in the ledger")
