"""The one door to every screen: signed in, admitted and logged, the instant fixed, then the screen's own function.

That function, and the template, run in one transaction in which the database shows only what the person may reach.
`screen` is the only way to make a view of what is known about children; `open_screen` makes those that anybody may see
and says why. A guard test walks every URL and finds one of the two.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render
from django.utils import timezone, translation

from savnet.access.models import Person
from savnet.access.rights import Action, Relation
from savnet.access.row_security import asking, seen_as
from savnet.cases.errors import RecordedOrNot
from savnet.web.admission import Find, NotLogged, Subject, admit
from savnet.web.database_gone import GONE, database_gone, not_logged, recorded_or_not
from savnet.web.headers import guarded

METHODS = ("GET", "HEAD", "POST")


@dataclass(frozen=True, slots=True)
class Visit:
    """One person at one screen at one instant. `held` are the relations by which she was let in."""

    request: HttpRequest
    person: Person
    now: datetime
    held: frozenset[Relation] = frozenset()

    @property
    def sent(self) -> bool:
        """Whether a form was sent in; only then may anything change."""
        return self.request.method == "POST"


Answer = Mapping[str, Any] | HttpResponse
View = Callable[..., HttpResponse]

__all__ = ["Answer", "Find", "Subject", "View", "Visit", "open_screen", "screen"]


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
            except NotLogged:
                return not_logged(request)

        def _pass(request: HttpRequest, where: dict[str, Any]) -> HttpResponse:
            if request.method not in METHODS:
                return HttpResponseNotAllowed(METHODS)
            if not isinstance(request.user, Person):
                return redirect_to_login(request.get_full_path())
            if request.user.language:
                translation.activate(request.user.language)
            person, now = request.user, timezone.now()
            admitted = admit(request, person, action, of=of, where=where, now=now)
            visit = Visit(request, person, now, admitted.held)
            return _in_one(visit, lambda: _answer(visit, template, show(visit, admitted.subject, **_rest(where))))

        view.savnet_action = action  # type: ignore[attr-defined]  # what the guard test looks for
        return view

    return wrap


def open_screen(why: str) -> Callable[[View], View]:
    """Make a view that needs nobody signed in; `why` is for the reader and for the guard test."""

    def wrap(show: View) -> View:
        @wraps(show)
        def view(request: HttpRequest, **where: Any) -> HttpResponse:
            if request.method not in METHODS:
                return guarded(HttpResponseNotAllowed(METHODS))
            try:
                return guarded(show(request, **where))
            except GONE:
                return database_gone(request, sent=False)

        view.savnet_open = why  # type: ignore[attr-defined]  # what the guard test looks for
        return view

    return wrap


def _in_one(visit: Visit, answer: Callable[[], HttpResponse]) -> HttpResponse:
    """The whole answer in one transaction of the person's; where it fails to commit, nobody knows what was recorded."""
    confirming = False
    try:
        with seen_as(asking(visit.person)):
            response = answer()
            if response.streaming:
                raise TypeError("A screen can't stream: what comes later would be read when nobody asks any more.")
            confirming = visit.sent
    except (OperationalError, InterfaceError) as gone:
        raise (RecordedOrNot(None) if confirming else gone) from gone
    return response


def _rest(where: dict[str, Any]) -> dict[str, Any]:
    """What of the address the subject was not found by: the part of it that is meant."""
    return {name: value for name, value in where.items() if name not in {"case_id", "resident_id"}}


def _answer(visit: Visit, template: str, answer: Answer) -> HttpResponse:
    if isinstance(answer, HttpResponse):
        return answer
    context = {"now": visit.now, "person": visit.person, "demo": settings.DEMO, **answer}
    wrong = visit.sent  # a form that came back to the person had something wrong in it
    return render(visit.request, template, context, status=422 if wrong else 200)
