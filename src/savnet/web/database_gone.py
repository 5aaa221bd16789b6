"""The page for when the database is gone: what was typed is shown back, so that it can be copied and is not lost."""

from collections.abc import Iterable, Iterator
from enum import StrEnum

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from savnet.cases.errors import NothingRecorded
from savnet.rules import words
from savnet.web.headers import guarded

GONE = (OperationalError, InterfaceError, NothingRecorded)
"""What a database that is away, or goes away before anything is recorded, looks like."""
NOT_TYPED = frozenset(
    {
        "csrfmiddlewaretoken",
        "token",
        "username",
        "password",
        "current",
        "code",
        "again_code",
        "credential",
        "next",
        "demo",
        "do",
        "anyway",
    }
)
ENDINGS = ("_answer", "_exact")
CODES = {"on"}.union(*(kind for kind in vars(words).values() if isinstance(kind, type) and issubclass(kind, StrEnum)))


def database_gone(request: HttpRequest, *, sent: bool) -> HttpResponse:
    """Only who `sent` something in is told that it was not saved. Nothing here asks the database, or keeps anything."""
    context = {"sent": sent, "typed": list(typed(request)) if sent else []}
    return guarded(render(request, "web/errors/database.html", context, status=503))


def recorded_or_not(request: HttpRequest) -> HttpResponse:
    """The database went away just as it was to confirm: nobody knows whether it was recorded."""
    context = {"typed": list(typed(request))}
    return guarded(render(request, "web/errors/uncertain.html", context, status=503))


def not_logged(request: HttpRequest) -> HttpResponse:
    """The access log could not be written: nothing is shown, and nothing was done."""
    context = {"typed": list(typed(request))}
    return guarded(render(request, "web/errors/not_logged.html", context, status=503))


def typed(request: HttpRequest) -> Iterator[str]:
    """What a person wrote in the form that this request sends in."""
    return typed_in((name, str(value)) for name, values in request.POST.lists() for value in values)


def typed_in(fields: Iterable[tuple[str, str]]) -> Iterator[str]:
    """What a person wrote, in the order of the form; no codes of buttons and boxes, and never a password."""
    for name, value in fields:
        if name in NOT_TYPED or name.endswith(ENDINGS):
            continue
        if (text := value.strip()) and text not in CODES:
            yield text
