"""The one door to every screen: signed in, right checked, the instant fixed, then the screen's own function.

`screen` is the only way to make a view of what is known about children; `open_screen` makes those that anybody may see
and says why. A guard test walks every URL and finds one of the two.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Any, Protocol
from uuid import UUID

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render
from django.utils import timezone, translation

from savnet.access.check import NotAllowed, require
from savnet.access.models import Person
from savnet.access.rights import Action
from savnet.cases.errors import RecordedOrNot
from savnet.web.database_gone import GONE, database_gone, recorded_or_not
from savnet.web.headers import guarded
from savnet.web.places import place_of

METHODS = ("GET", "HEAD", "POST")


@dataclass(frozen=True, slots=True)
class Visit:
    """One person at one screen at one instant."""

    request: HttpRequest
    person: Person
    now: datetime

    @property
    def sent(self) -> bool:
        """Whether a form was sent in; only then may anything change."""
        return self.request.method == "POST"


Answer = Mapping[str, Any] | HttpResponse
View = Callable[..., HttpResponse]


class Subject(Protocol):
    """What a screen is about, and the centre whose people may see it."""

    @property
    def centre_id(self) -> UUID | None: ...


Find = Callable[..., Subject]


def screen(action: Action, template: str, *, of: Find) -> Callable[[Callable[..., Answer]], View]:
    """Make a view that demands `action` on the subject that `of` finds from the person and the URL."""

    def wrap(show: Callable[..., Answer]) -> View:
        @wraps(show)
        def view(request: HttpRequest, **where: Any) -> HttpResponse:
            try:
                return guarded(_pass(request, where))
            except GONE:
                return database_gone(request, sent=request.method == "POST")
            except RecordedOrNot:
                return recorded_or_not(request)

        def _pass(request: HttpRequest, where: dict[str, Any]) -> HttpResponse:
            if request.method not in METHODS:
                return HttpResponseNotAllowed(METHODS)
            if not isinstance(request.user, Person):
                return redirect_to_login(request.get_full_path())
            if request.user.language:
                translation.activate(request.user.language)
            visit = Visit(request, request.user, timezone.now())
            subject = _checked(visit.person, action, of=of, where=where)
            return _answer(visit, template, show(visit, subject, **_rest(where)))

        view.savnet_action = action  # type: ignore[attr-defined]  # what the guard test looks for
        return view

    return wrap


def open_screen(why: str) -> Callable[[View], View]:
    """Make a view that needs nobody signed in; `why` is for the reader and for the guard test."""

    def wrap(show: View) -> View:
        @wraps(show)
        def view(request: HttpRequest, **where: Any) -> HttpResponse:
            try:
                return guarded(show(request, **where))
            except GONE:
                return database_gone(request, sent=False)

        view.savnet_open = why  # type: ignore[attr-defined]  # what the guard test looks for
        return view

    return wrap


def _checked(person: Person, action: Action, *, of: Find, where: dict[str, Any]) -> Subject:
    """The subject, if this person may; what one may not see looks just like what is not there."""
    try:
        subject = of(person, **where)
        require(person, action, place_of(subject, person))
    except NotAllowed as refusal:
        raise Http404 from refusal
    return subject


def _rest(where: dict[str, Any]) -> dict[str, Any]:
    """What of the address the subject was not found by: the part of it that is meant."""
    return {name: value for name, value in where.items() if name not in {"case_id", "resident_id"}}


def _answer(visit: Visit, template: str, answer: Answer) -> HttpResponse:
    if isinstance(answer, HttpResponse):
        return answer
    context = {"now": visit.now, "person": visit.person, "demo": settings.DEMO, **answer}
    wrong = visit.sent  # a form that came back to the person had something wrong in it
    return render(visit.request, template, context, status=422 if wrong else 200)
