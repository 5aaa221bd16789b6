"""Whom something that befalls a letter concerns: who sent it, and who follows the case up."""

from datetime import datetime

from savnet.access.models import Person
from savnet.casework.answering import answering_for
from savnet.delivery.models import Message
from savnet.followup.models import Watch
from savnet.followup.telling import tell, tell_together
from savnet.followup.texts import Kind


def tell_of_answer(message: Message, *, now: datetime) -> None:
    """A receiver has said something that a person must see to."""
    for person in concerned(message):
        tell(person, Kind.RECEIVER, now=now)


def tell_of_failure(message: Message, *, now: datetime) -> None:
    """A letter did not get through; those that fail at once are one word. For the caller's transaction."""
    if message.exercise:
        return  # an exercise alarms nobody
    for person in concerned(message):
        tell_together(person, Kind.ASTRAY, now=now)


def concerned(message: Message) -> list[Person]:
    """Who sent the letter, or answers for it since, and who follows the case up; each once."""
    sender = answering_for(message)
    watch = Watch.objects.select_related("owner").filter(case_id=message.case_id).first()
    people = {sender.pk: sender}
    if watch and watch.owner:
        people[watch.owner.pk] = watch.owner
    return list(people.values())
