"""In an exercise a person works in the invented copy of her centre, and nowhere else: the real one is out of reach.

Which is so for one session, and until she leaves or the exercise ends. Nothing of the person herself is changed: who
did what stands in the ledger under her own name.
"""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db.models.signals import pre_save
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse

from savnet.access.models import Person
from savnet.access.row_security import house
from savnet.register.models import Exercise

KEY = "exercise"
"""In the session: the exercise that its person takes part in."""


class LentForAnExercise(RuntimeError):
    """A person in an exercise was about to be saved with the invented centre. Save only the fields that changed."""


class ExerciseMode:
    """Middleware, after the one that ends sessions: from here on, `request.user` works where the session says."""

    def __init__(self, respond: Callable[[HttpRequest], HttpResponse]) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.SESSION_COOKIE_NAME in request.COOKIES and request.session.get(KEY):
            _move(request)
        return self.respond(request)


def _move(request: HttpRequest) -> None:
    person = request.user
    if not isinstance(person, Person) or person.centre_id is None:
        return
    with house("whether the exercise goes on is asked before anybody is let in anywhere"):
        taking_part = Exercise.objects.filter(id=request.session[KEY], centre_id=person.centre_id, ended_at=None)
        exercise = taking_part.select_related("place").first()
    if exercise is None:
        del request.session[KEY]
        return
    person.centre = exercise.place


@receiver(pre_save, sender=Person, dispatch_uid="savnet.web.exercise_mode")
def refuse_to_move(sender: Any, instance: Person, update_fields: Any = None, **_: Any) -> None:
    """Whoever takes part in an exercise is employed where she was."""
    keeps_centre = update_fields is not None and not {"centre", "centre_id"} & set(update_fields)
    if not keeps_centre and instance.centre is not None and instance.centre.invented:
        raise LentForAnExercise(instance.pk)
