"""Pages for machines that watch the house: is it awake, can it take work, and its numbers. No personal data in any."""

import hmac
from dataclasses import asdict

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseForbidden, HttpResponseNotAllowed, JsonResponse
from django.utils import timezone

from savnet.access.row_security import house
from savnet.watching.metrics import CONTENT_TYPE, text
from savnet.watching.readiness import readiness
from savnet.web.screen import open_screen

PLAIN = "text/plain; charset=utf-8"


def in_clear(request: HttpRequest) -> bool:
    """Whether a program asks in clear where only TLS is right. Led on, it would go on so unseen."""
    return bool(settings.SECURE_SSL_REDIRECT) and not request.is_secure()


@open_screen("a machine that asks whether the site is awake is nobody in particular, and is told nothing else")
def awake(request: HttpRequest) -> HttpResponse:
    """200 as long as the site answers at all; touches no database."""
    return HttpResponse("ok\n", content_type=PLAIN)


@open_screen("what decides whether people are sent to this site is asked by machines, and holds no personal data")
def ready(request: HttpRequest) -> HttpResponse:
    """200 if people may be sent here, 503 if not, and why; and how far ahead the clock here is."""
    found = readiness()
    return JsonResponse(asdict(found), status=200 if found.ready else 503)


@open_screen("numbers without persons, for those who hold the token from the settings")
def numbers(request: HttpRequest) -> HttpResponse:
    """The metrics; 404 where none are set up, 403 for whoever has not the token."""
    if request.method not in {"GET", "HEAD"}:
        return HttpResponseNotAllowed(["GET", "HEAD"])
    if in_clear(request):
        return HttpResponseForbidden("Ask over https.\n", PLAIN)
    if not settings.METRICS_TOKEN:
        raise Http404
    wanted = f"Bearer {settings.METRICS_TOKEN}".encode()
    if not hmac.compare_digest(request.headers.get("Authorization", "").encode(), wanted):
        return HttpResponseForbidden("Give the token of SAVNET_METRICS_TOKEN as a bearer token.\n", PLAIN)
    with house("the numbers are of the whole house, and nobody is signed in who reads them"):
        numbers_now = text(timezone.now())
    return HttpResponse(numbers_now, content_type=CONTENT_TYPE)
