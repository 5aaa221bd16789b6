"""The worker's tasks for the watcher. They go before all letters: a long queue is no reason to seem dead."""

from contextlib import suppress

from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued
from procrastinate.job_context import JobContext

from savnet.watching import alive, canary, expiry, heartbeat, reader_seen, tidying, ways_out
from savnet.watching.standing import standing

QUEUE = "watching"
FIRST = 100


# Six fields: the last one is seconds. Only one worker gets each tick; as long as any of them works, there is a pulse.
@app.periodic(cron="* * * * * */20")
@app.task(name="savnet.watching.tasks.beat", queue=QUEUE, queueing_lock="heartbeat", priority=FIRST, pass_context=True)
def beat(context: JobContext, timestamp: int) -> None:
    """Every 20 seconds: go through what is owed, and tell the world outside if all is well."""
    heartbeat.beat(timezone.now(), context.job.worker_id)
    if alive.is_set_up() and all_well():
        # A job of its own: a world that does not answer must not hold the heart.
        # One that has not gone yet says the same; that refusal must not undo the heartbeat.
        with suppress(AlreadyEnqueued), transaction.atomic():
            signal.configure(queueing_lock="signal").defer()


def all_well() -> bool:
    """Whether the world outside may be left in peace: the house does its part, and the second reader does its."""
    now = timezone.now()
    found = standing(now)
    return not (found.alarming or found.returns_unread or reader_seen.silent(now))


@app.task(name="savnet.watching.tasks.signal", queue=QUEUE, priority=FIRST)
def signal() -> None:
    """Tell the world outside that the house is awake."""
    alive.signal()


@app.periodic(cron="* * * * * */15")
@app.task(name="savnet.watching.tasks.knock", queue=QUEUE, queueing_lock="knock", priority=FIRST)
def knock(timestamp: int) -> None:
    """Every 15 seconds: see whether the first door on each way out answers."""
    ways_out.knock(timezone.now())


@app.periodic(cron="* * * * *")
@app.task(name="savnet.watching.tasks.knock_at_mailbox", queue=QUEUE, queueing_lock="knock at mailbox")
def knock_at_mailbox(timestamp: int) -> None:
    """Once a minute: see whether the mailbox for what comes back opens."""
    ways_out.knock_at_mailbox(timezone.now())


@app.periodic(cron="7 * * * *")
@app.task(name="savnet.watching.tasks.send_canaries", queue=QUEUE, queueing_lock="send canaries")
def send_canaries(timestamp: int) -> None:
    """Once an hour: send a canary over every channel that we can read the other end of."""
    canary.send_all(timezone.now())


@app.periodic(cron="* * * * *")
@app.task(name="savnet.watching.tasks.look_for_canaries", queue=QUEUE, queueing_lock="look for canaries")
def look_for_canaries(timestamp: int) -> None:
    """Once a minute: see which canaries have come home."""
    canary.look(timezone.now())


# By day, for nobody needs to be woken for it; at each hour, so that a worker that was down tells when it is back.
@app.periodic(cron="43 6-15 * * *")
@app.task(name="savnet.watching.tasks.tell_of_certificates", queue=QUEUE, queueing_lock="tell of certificates")
def tell_of_certificates(timestamp: int) -> None:
    """Each hour of the day: tell whoever keeps certificates that one has come closer to its end."""
    with transaction.atomic():
        expiry.tell_who_keeps_them(timezone.now())


@app.periodic(cron="23 * * * *")
@app.task(name="savnet.watching.tasks.tidy", queue=QUEUE, queueing_lock="tidy")
async def tidy(timestamp: int) -> None:
    """Once an hour: forget what the watcher itself has left behind."""
    await tidying.forget_jobs(app)
    await tidying.forget_rows(timezone.now())
