"""The worker's tasks: carry a letter over its channel, and take up again what a dead process left."""

import logging
from uuid import UUID

from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.exceptions import UniqueViolation
from procrastinate.job_context import JobContext
from procrastinate.jobs import Job, Status

from savnet.casework import asking, carrying, fallback, following_up, receiver_page, returned_mail, silence

log = logging.getLogger(__name__)

BEFORE_LETTERS = 50
"""A long queue of letters is no reason to be silent about what has not been done."""


@app.task(name="savnet.casework.tasks.carry", queue="letters")
def carry(message_id: str) -> None:
    """Try once to send one message, and record how it went."""
    carrying.carry(UUID(message_id), now=timezone.now())


@app.periodic(cron="* * * * *")
@app.task(name="savnet.casework.tasks.take_up_again", queue="letters", queueing_lock="take up again")
def take_up_again(timestamp: int) -> None:
    """Once a minute: put back in the queue whatever has neither been sent nor come to a person."""
    carrying.take_up_again(now=timezone.now())


@app.periodic(cron="* * * * *")
@app.task(name="savnet.casework.tasks.take_in_returned_mail", queue="letters", queueing_lock="returned mail")
def take_in_returned_mail(timestamp: int) -> None:
    """Once a minute: see what e-mail has come back, so that a letter in return goes another way in time."""
    returned_mail.take_in(now=timezone.now())


@app.periodic(cron="*/30 * * * *")
@app.task(name="savnet.casework.tasks.follow", queue="letters", queueing_lock="follow")
def follow(timestamp: int) -> None:
    """Twice an hour: ask how everything fares that a channel has taken in the last month."""
    carrying.follow(now=timezone.now())


@app.periodic(cron="* * * * *")
@app.task(name="savnet.casework.tasks.sound", queue="alarms", queueing_lock="sound", priority=BEFORE_LETTERS)
def sound(timestamp: int) -> None:
    """Once a minute: tell somebody of what nobody has acted on. Alone, so that nothing else can stop the alarms."""
    silence.sound(now=timezone.now())


@app.periodic(cron="* * * * *")
@app.task(name="savnet.casework.tasks.watch_over", queue="alarms", queueing_lock="watch over", priority=BEFORE_LETTERS)
def watch_over(timestamp: int) -> None:
    """Once a minute: see to who follows each open case up, and what waits in it."""
    following_up.watch_over(now=timezone.now())


@app.periodic(cron="* * * * *")
@app.task(name="savnet.casework.tasks.take_in_answers", queue="alarms", queueing_lock="take in answers")
def take_in_answers(timestamp: int) -> None:
    """Once a minute: bring into the ledger what receivers have answered and could not be brought in before."""
    receiver_page.take_in_all(now=timezone.now())


@app.periodic(cron="* * * * *")
@app.task(name="savnet.casework.tasks.forget_tries", queue="alarms", queueing_lock="forget tries")
def forget_tries(timestamp: int) -> None:
    """Once a minute: forget from where wrong codes came, when a day has passed."""
    receiver_page.forget_tries(now=timezone.now())


@app.periodic(cron="* * * * *")
@app.task(name="savnet.casework.tasks.take_over", queue="letters", queueing_lock="take over", pass_context=True)
async def take_over(context: JobContext, timestamp: int) -> None:
    """Once a minute: see to the jobs of workers that have died, so that none seems to be in hand for ever."""
    for job in await app.job_manager.get_stalled_jobs():
        if job.worker_id != context.job.worker_id:  # ours lives: its machine slept, and has just woken
            await _take_over(job)


async def _take_over(job: Job) -> None:
    """A letter is carried again, so that what was done comes into the ledger. All else is done by its next tick."""
    log.warning("a job's worker has died", extra={"task": job.task_name})
    if job.task_name != carry.name or not await _carried_again(job):
        await app.job_manager.finish_job(job, Status.FAILED, delete_job=False)


async def _carried_again(job: Job) -> bool:
    """Whether it is put back; not where another job for the same message waits already, and will do the same."""
    try:
        await app.job_manager.retry_job(job)
    except UniqueViolation:
        return False
    return True


@app.periodic(cron="* * * * *")
@app.task(name="savnet.casework.tasks.ask_who_is_here", queue="presence", queueing_lock="ask who is here")
def ask_who_is_here(timestamp: int) -> None:
    """Once a minute: note and ask about children who should have been counted, be back or have arrived."""
    asking.ask_about_everyone(now=timezone.now())


@app.periodic(cron="37 * * * *")
@app.task(name="savnet.casework.tasks.keep_packets", queue="letters", queueing_lock="keep packets")
def keep_packets(timestamp: int) -> None:
    """Once an hour: see to it that each centre has a fresh packet outside Savnet."""
    fallback.keep_all(now=timezone.now())
