"""The pages for what went wrong: not found, not accepted, and broken. None of them needs the database."""

import sys

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from savnet.web.database_gone import GONE, database_gone, recorded_or_not
from savnet.web.headers import guarded


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Also what one may not see: the two look the same."""
    return guarded(render(request, "web/errors/not_found.html", status=404))


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return guarded(render(request, "web/errors/not_found.html", status=403))


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return guarded(render(request, "web/errors/bad_request.html", status=400))


def broken(request: HttpRequest) -> HttpResponse:
    """Also a database that goes away outside a screen, as when the session is kept."""
    if isinstance(sys.exception(), GONE):
        return recorded_or_not(request) if request.method == "POST" else database_gone(request, sent=False)
    return guarded(render(request, "web/errors/broken.html", status=500))


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form's token did not fit: mostly a page that was left open overnight."""
    return guarded(render(request, "web/errors/form_expired.html", status=403))
