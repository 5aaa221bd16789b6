"""The pages for what went wrong: not found, not accepted, and broken. None of them needs the database."""

import sys

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from savnet.web.database_gone import GONE, database_gone, recorded_or_not, typed
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
    """The form's token did not fit: mostly a page that was left open while its reader signed in anew elsewhere.

    What was typed is shown back, but only where the browser vouches that the form was ours: else another site could
    make us say what it likes.
    """
    ours = request.headers.get("Sec-Fetch-Site") == "same-origin"
    context = {"typed": list(typed(request)) if ours else []}
    return guarded(render(request, "web/errors/form_expired.html", context, status=403))
