"""The worker's tasks: carry a letter over its channel, and take up again what a dead process left."""

from uuid import UUID

from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.exceptions import UniqueViolation
from procrastinate.jobs import Status

from savnet.casework import asking, carrying, fallback, following_up, receiver_page, returned_mail, silence


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
@app.task(name="savnet.casework.tasks.sound", queue="alarms", queueing_lock="sound")
def sound(timestamp: int) -> None:
    """Once a minute: see to who follows each open case up, and tell somebody of what nobody has acted on."""
    now = timezone.now()
    following_up.watch_over(now=now)
    receiver_page.take_in_all(now=now)
    receiver_page.forget_tries(now=now)
    silence.sound(now=now)


@app.periodic(cron="* * * * *")
@app.task(name="savnet.casework.tasks.take_over", queue="letters", queueing_lock="take over")
async def take_over(timestamp: int) -> None:
    """Once a minute: run again the jobs of workers that have died, so that what they did comes into the ledger."""
    for job in await app.job_manager.get_stalled_jobs(task_name=carry.name):
        try:
            await app.job_manager.retry_job(job)
        except UniqueViolation:
            # Another job for the same message is waiting already, and will do the same; this one is over.
            await app.job_manager.finish_job(job, Status.FAILED, delete_job=False)


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
