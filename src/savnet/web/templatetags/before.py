"""Tags of the exercise: how long something took, and what waits outside among the real children."""

from datetime import timedelta
from typing import Any

from django import template

from savnet.access.models import Person
from savnet.access.row_security import house
from savnet.register.models import Centre
from savnet.web import times
from savnet.web.on_watch import open_questions

register = template.Library()


@register.simple_tag
def took(length: timedelta) -> str:
    """How long something took, to the second where it was quick."""
    seconds = int(length.total_seconds())
    return f"{seconds} s" if 0 <= seconds < 120 else times.span(length)


@register.inclusion_tag("web/parts/exercise_banner.html", takes_context=True)
def exercise_banner(context: dict[str, Any]) -> dict[str, Any]:
    """Says on every page that this is an exercise, with the way out, and whether a real child is asked about."""
    person = context.get("person")
    centre = person.centre if isinstance(person, Person) else None
    if centre is None or not centre.invented:
        return {"exercise": None}
    return {
        "exercise": centre,
        "waiting": _waiting_outside(centre),
        "csrf_token": context.get("csrf_token"),
        "request": context.get("request"),
    }


def _waiting_outside(place: Centre) -> int:
    """How many of the real children the house asks about now: an exercise must never be what hides one."""
    with house("a number and nothing else is told to those who are in an exercise"):
        return len(open_questions(place.exercise_of)) if place.exercise_of else 0
