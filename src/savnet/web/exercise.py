"""Exercises: begin one, go into it and out again, end it, and see how it went."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from savnet.access.check import may
from savnet.access.models import Person
from savnet.access.rights import Action
from savnet.access.row_security import house
from savnet.casework import exercises
from savnet.casework.exercise_summary import summary
from savnet.register.models import Exercise
from savnet.rules.events import Event, FactRecorded
from savnet.web.exercise_mode import KEY
from savnet.web.forms import Sheet
from savnet.web.screen import Answer, Visit, screen
from savnet.web.sheets import fill, send
from savnet.web.subjects import AtCentre, own_centre
from savnet.web.timeline import QUIET
from savnet.web.wording.duties import duty
from savnet.web.wording.happened import ANSWERED, sentence


@dataclass(frozen=True, slots=True)
class Practised:
    """An exercise, of the centre or of the invented copy in which one works just now."""

    exercise: Exercise
    centre_id: UUID


@dataclass(frozen=True, slots=True)
class _Line:
    """Something that was done. The child is invented, so nothing of it is hidden from those who took part."""

    what: str
    at: datetime
    by: str


def _lines(events: Iterable[Event]) -> Iterator[_Line]:
    """In the order it was done; the answers of one report as one line."""
    for (answered, at), together in groupby(events, key=lambda one: (isinstance(one, FactRecorded), one.at)):
        group = [one for one in together if not isinstance(one, QUIET)]
        for one in group[:1] if answered else group:
            yield _Line(str(ANSWERED) if answered else sentence(one), at, one.by or "")


def find_exercise(person: Person, exercise_id: UUID) -> Practised:
    rows = Exercise.objects.select_related("place", "child", "started_by", "ended_by")
    found: Exercise = get_object_or_404(rows, id=exercise_id)
    inside = person.centre_id == found.place_id
    return Practised(found, found.place_id if inside else found.centre_id)


@screen(Action.SEE_CENTRE, "web/exercises.html", of=own_centre)
def exercise_list(visit: Visit, at: AtCentre) -> Answer:
    """The exercise that goes on, and those before it."""
    if at.centre.invented:
        return HttpResponseRedirect(reverse("exercise", args=[at.centre.exercise.id]))
    held = Exercise.objects.filter(centre=at.centre_id).select_related("started_by", "place")
    return {
        "place": "exercise",
        "centre": at.centre,
        "running": next((one for one in held if one.ended_at is None), None),
        "former": [one for one in held if one.ended_at],
        "leads": may(visit.person, Action.HOLD_EXERCISE, at.centre_id),
    }


@screen(Action.HOLD_EXERCISE, "web/exercise_new.html", of=own_centre)
def exercise_new(visit: Visit, at: AtCentre) -> Answer:
    """Begin an exercise, and go into it."""
    form = fill(Sheet, visit)

    def act(given: Mapping[str, Any]) -> str:
        with house("the invented centre and its children are nobody's before the exercise stands"):
            made = exercises.begin(at.centre, by=visit.person, now=visit.now)
        visit.request.session[KEY] = str(made.id)
        return reverse("today")

    said = _("Øvelsen har begynt, og du er i den nå. Ingenting av det dere gjør her, sendes ut av huset.")
    return send(visit, form, act, said=said) or {"form": form, "centre": at.centre}


@screen(Action.RECORD, "web/exercise_in.html", of=find_exercise)
def exercise_in(visit: Visit, at: Practised, exercise_id: UUID) -> Answer:
    """Go into the exercise that goes on."""
    if visit.sent and at.exercise.ended_at is None:
        visit.request.session[KEY] = str(at.exercise.id)
        return HttpResponseRedirect(reverse("today"))
    return {"exercise": at.exercise}


@screen(Action.SEE_CENTRE, "web/exercise_out.html", of=own_centre)
def exercise_out(visit: Visit, at: AtCentre) -> Answer:
    """Go back to the real children."""
    if visit.sent:
        visit.request.session.pop(KEY, None)
        return HttpResponseRedirect(reverse("today"))
    return {"centre": at.centre}


@screen(Action.HOLD_EXERCISE, "web/exercise_end.html", of=find_exercise)
def exercise_end(visit: Visit, at: Practised, exercise_id: UUID) -> Answer:
    """End the exercise for everybody, and see how it went."""
    form = fill(Sheet, visit)

    def act(given: Mapping[str, Any]) -> str:
        exercises.end(at.exercise, by=visit.person, now=visit.now)
        visit.request.session.pop(KEY, None)
        return reverse("exercise", args=[exercise_id])

    return send(visit, form, act, said=_("Øvelsen er avsluttet.")) or {"form": form, "exercise": at.exercise}


@screen(Action.SEE_CENTRE, "web/exercise.html", of=find_exercise)
def exercise(visit: Visit, at: Practised, exercise_id: UUID) -> dict[str, Any] | HttpResponse:
    """How it went, or how it goes."""
    found = summary(at.exercise, visit.now)
    words = [(one, duty(one.obligation.id, one.obligation.recipient, one.obligation.copy_of)) for one in found.duties]
    return {
        "place": "exercise",
        "exercise": at.exercise,
        "summary": found,
        "forgotten": [(one, said) for one, said in words if one.forgotten],
        "met": sorted(((one, said) for one, said in words if one.took is not None), key=lambda pair: pair[0].took),
        "lines": list(_lines(found.events)),
        "leads": may(visit.person, Action.HOLD_EXERCISE, at.centre_id),
        "inside": visit.person.centre_id == at.exercise.place_id,
    }
