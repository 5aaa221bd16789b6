"""The reader's language: chosen on any page, remembered for the person and on the device.

Until someone has chosen it is bokmål, or nynorsk where the browser asks for that. English is never taken from the
browser: many browsers are in English by default, and the house works in Norwegian.
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme

from savnet.access.models import Language, Person
from savnet.web.screen import open_screen

A_YEAR = 365 * 24 * 3600
Respond = Callable[[HttpRequest], HttpResponse]


def speak_readers_language(respond: Respond) -> Respond:
    """Middleware: the device's language for the whole request. `screen` turns to the person's own when it is known."""

    def speak(request: HttpRequest) -> HttpResponse:
        with translation.override(of_device(request)):
            response = respond(request)
            response.setdefault("Content-Language", translation.get_language() or settings.LANGUAGE_CODE)
        return response

    return speak


def of_device(request: HttpRequest) -> str:
    """What was chosen on this device, else what a Norwegian browser asks for."""
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    if chosen in Language.values:
        return chosen
    asked = request.headers.get("Accept-Language", "")[:2].lower()
    return Language.NYNORSK if asked == Language.NYNORSK else Language.BOKMAAL


@open_screen("one must be able to read the page on which one signs in")
def choose_language(request: HttpRequest) -> HttpResponse:
    """Remember the choice, and go back to the page it was made on. Only by a form, since GET never changes anything."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    chosen = request.POST.get("language", "")
    if chosen not in Language.values:
        return HttpResponseBadRequest()
    if isinstance(request.user, Person):
        Person.objects.filter(id=request.user.id).update(language=chosen)
    response = redirect(_back(request))
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        chosen,
        max_age=A_YEAR,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
        samesite="Lax",
    )
    return response


def _back(request: HttpRequest) -> str:
    """To the page of the choice: never to another site."""
    wanted = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if safe else "/"
