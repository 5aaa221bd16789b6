"""Questions to the worker: is it awake, does the queue move, and does anything lie still?"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from savnet.delivery.models import Hold
from savnet.watching.findings import Finding, not_set_up, warning, well, wrong
from savnet.watching.jobs import jobs
from savnet.watching.limits import HELD_TOO_LONG, QUEUE_LATE
from savnet.watching.standing import standing
from savnet.watching.stuck import stuck
from savnet.watching.workers import workers

START = "start a worker: savnet procrastinate worker"


def heart(now: datetime) -> Iterator[Finding]:
    """Whether a worker has given a heartbeat, and saw all that stands open."""
    found = standing(now)
    if found.newest is None:
        yield wrong("worker", "has never given a heartbeat", START)
    elif found.silent:
        yield wrong("worker", f"silent for {_long(found.silent_for)}; last on {found.newest.host}", START)
    elif found.miscounted:
        says = f"went through {found.newest.examined} obligations, but {found.counted.open} stand open"
        yield wrong("worker", says, "run savnet rebuild, and see which of the two changed")
    else:
        says = f"heartbeat {_long(found.silent_for)} ago from {found.newest.host}: "
        yield well("worker", f"{says}{found.newest.examined} open obligations, {found.newest.overdue} overdue")


def hands(now: datetime) -> Iterator[Finding]:
    """Whether as many workers are awake as there should be, and none goes round in circles."""
    found = workers()
    if not found.awake:
        yield not_set_up("workers", "none is awake: see «worker»")
        return
    says = f"{len(found.awake)} of {found.wanted} awake" + "".join(f"; {one}" for one in found.awake)
    if found.missing:
        yield wrong("workers", says, f"{START}; or correct SAVNET_WORKERS")
    else:
        yield well("workers", says)
    if found.held:
        says = f"{found.held} jobs have been held for over {_long(HELD_TOO_LONG)}: a worker goes round in circles"
        yield wrong("workers", says, "kill that worker with SIGKILL and start it anew: its jobs are taken over")


def queue(now: datetime) -> Iterator[Finding]:
    """Whether jobs are taken when their time comes, and whether any failed."""
    found = jobs(now)
    if found.oldest > QUEUE_LATE:
        says = f"{found.waiting} jobs wait, the oldest for {_long(found.oldest)}"
        yield wrong("queue", says, "start a worker, or more of them; see its log if one runs")
    else:
        yield well("queue", f"{found.waiting} jobs wait")
    for task, failed in found.failed_tasks.items():
        yield warning("queue", f"{failed} jobs of {task} failed during the last day", "see the worker's log")


def messages(now: datetime) -> Iterator[Finding]:
    """Whether messages for the wire lie still."""
    lying = stuck(now)
    if lying:
        numbers = ", ".join(message.short_id for message in lying[:5])
        says = f"{len(lying)} are neither accepted nor on paper after {_long(now - lying[0].composed_at)}: {numbers}"
        yield wrong("messages", says, "deliver them on paper now; then find out why, beginning with «mail server»")
    else:
        yield well("messages", "none lies still")


def held(now: datetime) -> Iterator[Finding]:
    """Whether messages of a restored backup wait for somebody to say if they have gone."""
    if count := Hold.objects.count():
        do = "find in the mail server's log which went, then savnet held-messages --gone … and --send-rest"
        yield wrong("messages", f"{count} have been held since a backup was restored", do)


def _long(time: timedelta | None) -> str:
    """A span of time, as long as one needs to know it."""
    seconds = int(time.total_seconds()) if time else 0
    for unit, length in (("days", 172800), ("hours", 7200), ("minutes", 120)):
        if seconds >= length:
            return f"{seconds // (length // 2)} {unit}"
    return f"{seconds} seconds"
