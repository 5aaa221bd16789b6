"""The worker's tasks: carry a letter over its channel, and take up again what a dead process left."""

from uuid import UUID

from django.utils import timezone
from procrastinate.contrib.django import app

from savnet.casework import carrying


@app.task(name="savnet.casework.tasks.carry", queue="letters")
def carry(message_id: str) -> None:
    """Try once to send one message, and record how it went."""
    carrying.carry(UUID(message_id), now=timezone.now())


@app.periodic(cron="* * * * *")
@app.task(name="savnet.casework.tasks.take_up_again", queue="letters", queueing_lock="take up again")
def take_up_again(timestamp: int) -> None:
    """Once a minute: put back in the queue whatever has neither been sent nor come to a person."""
    carrying.take_up_again(now=timezone.now())
