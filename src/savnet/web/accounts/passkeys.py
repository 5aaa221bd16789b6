"""Passkeys: signing in with one alone, as the second step, and making one. The script carries the browser's answer.

What the browser is to ask the device for is fetched by POST, since asking leaves a challenge in the session.
"""

import json
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from savnet.access.models import Person
from savnet.access.sign_in import factors, guessing
from savnet.access.sign_in.factors import NotAccepted
from savnet.access.sign_in.guessing import TooManyGuesses
from savnet.access.sign_in.models import Way
from savnet.web.accounts import tries
from savnet.web.accounts.device import place
from savnet.web.accounts.enrol import with_reserve_codes
from savnet.web.accounts.half_way import half_way, let_in, onward
from savnet.web.accounts.slowed import slowed
from savnet.web.screen import open_screen


@open_screen("nobody is signed in yet; what is told is a random number")
def ask_passkey(request: HttpRequest) -> HttpResponse:
    """What to ask the device for: any passkey for this site, or one of who is half way in."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    here = half_way(request, timezone.now())
    return JsonResponse(factors.ask_for_passkey(here.person if here else None))


@open_screen("nobody is signed in yet")
def sign_in_by_passkey(request: HttpRequest) -> HttpResponse:
    """Let in whoever's passkey it is; after a password, only if it is the same person's."""
    if request.method != "POST":
        return redirect("sign-in")
    here = half_way(request, timezone.now())
    spent = guessing.passkey(guessing.From(place(request)))
    try:
        guessing.spend(spent, timezone.now())
        person = factors.check_passkey(answer(request), here.person if here else None)
    except TooManyGuesses as limit:
        return slowed(request, limit)
    except NotAccepted:
        return not_accepted(request)
    guessing.refund(spent)
    way = Way.PASSWORD_AND_PASSKEY if here else Way.PASSKEY
    return let_in(request, person, way, onward=here.onward if here else onward(request), now=timezone.now())


@open_screen("who comes here has shown the password, or a way back in, and must set up the rest before anything opens")
def ask_first_passkey(request: HttpRequest) -> HttpResponse:
    """What to ask the device for when it is to make the person's first passkey."""
    person = _to_enrol(request)
    if request.method != "POST" or person is None:
        return HttpResponse(status=404)
    return JsonResponse(factors.ask_for_new_passkey(person))


@open_screen("who comes here has shown the password, or a way back in, and must set up the rest before anything opens")
def enrol_by_passkey(request: HttpRequest) -> HttpResponse:
    """Take up the first passkey. It is enough alone; no password is asked for."""
    person, here = _to_enrol(request), half_way(request, timezone.now())
    if request.method != "POST" or person is None or here is None:
        return redirect("sign-in")
    try:
        factors.add_passkey(person, name(request), answer(request))
    except NotAccepted:
        return not_accepted(request)
    return with_reserve_codes(request, person, Way.PASSKEY, onward=here.onward)


def _to_enrol(request: HttpRequest) -> Person | None:
    here = half_way(request, timezone.now())
    return here.person if here and not factors.has_any(here.person) else None


def answer(request: HttpRequest) -> dict[str, Any]:
    """What the device said. Raises NotAccepted where it is no such thing."""
    try:
        read = json.loads(request.POST.get("credential", ""))
    except ValueError as unreadable:
        raise NotAccepted("The answer is not JSON.") from unreadable
    if not isinstance(read, dict):
        raise NotAccepted("The answer is not an object.")
    return read


def name(request: HttpRequest) -> str:
    """What the person calls the device; something that tells it apart where nothing was typed."""
    return request.POST.get("name", "").strip()[:60] or _("Passnøkkel fra %(day)s") % {"day": timezone.localdate()}


def not_accepted(request: HttpRequest) -> HttpResponse:
    tries.refused(request, "passkey_refused")
    return render(request, "web/accounts/not_accepted.html", status=422)
