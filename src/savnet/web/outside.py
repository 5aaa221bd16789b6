"""Signing in at an issuer outside, and coming back from there."""

import hmac
import logging

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from savnet.access.sign_in.models import Way
from savnet.web.accounts import tries
from savnet.web.accounts.half_way import let_in, onward
from savnet.web.oidc import leaving
from savnet.web.oidc.asking import Asked, ask, take_back
from savnet.web.oidc.belonging import person_of
from savnet.web.oidc.exchange import Refused, id_token
from savnet.web.oidc.id_token import believed
from savnet.web.oidc.issuers import Issuer
from savnet.web.oidc.issuers import issuer as issuer_called
from savnet.web.oidc.provider import Unreachable, known
from savnet.web.screen import open_screen

logger = logging.getLogger(__name__)


@open_screen("nobody is signed in yet; a GET, since a form may lead to no other site than ours")
def outside(request: HttpRequest, issuer: str) -> HttpResponse:
    """Off to the issuer; but not because another site led the browser here, for the issuer may not ask anything."""
    if request.headers.get("Sec-Fetch-Site") == "cross-site":
        return redirect("sign-in")
    wanted = _issuer(issuer)
    back = request.build_absolute_uri(reverse("outside-back", args=[issuer]))
    anew = getattr(request, "savnet_sign_in", None) is not None
    try:
        to = ask(request, wanted, redirect=back, onward=onward(request), now=timezone.now(), anew=anew)
        return HttpResponseRedirect(to)
    except Unreachable:
        return _unreachable(request, wanted)


@open_screen("nobody is signed in yet; what comes here is believed only when every part of it fits")
def outside_back(request: HttpRequest, issuer: str) -> HttpResponse:
    """Back from the issuer, with a code that is good once."""
    wanted = _issuer(issuer)
    now = timezone.now()
    try:
        asked = _asked(request, wanted, take_back(request, now))
        token = id_token(wanted, asked, request.GET.get("code", ""), now)
        person = person_of(believed(token, wanted, asked, now), wanted)
    except Refused as refusal:
        logger.warning("sign-in from outside refused: %s", refusal)
        tries.refused(request, "outside_refused")
        return render(request, "web/accounts/outside_refused.html", {"issuer": wanted}, status=403)
    except Unreachable:
        return _unreachable(request, wanted)
    response = let_in(request, person, Way.OUTSIDE, onward=asked.onward, now=now)
    request.session[leaving.IN_SESSION] = (wanted.slug, token)
    return response


def _asked(request: HttpRequest, issuer: Issuer, asked: Asked | None) -> Asked:
    """The question that this is the answer to. Raises Refused."""
    if asked is None or asked.slug != issuer.slug:
        raise Refused("This browser asked no such question, or too long ago.")
    if not hmac.compare_digest(request.GET.get("state", "").encode(), asked.state.encode()):
        raise Refused("state is not the one we sent.")
    from_whom = request.GET.get("iss")
    if (from_whom is not None or known(issuer).tells_issuer) and from_whom != issuer.issuer:
        raise Refused("iss of the answer is another issuer.")
    if "code" not in request.GET:
        raise Refused("The issuer gave no code.")
    return asked


def _issuer(slug: str) -> Issuer:
    found = issuer_called(slug)
    if found is None:
        raise Http404("no such issuer")
    return found


def _unreachable(request: HttpRequest, issuer: Issuer) -> HttpResponse:
    return render(request, "web/accounts/outside_away.html", {"issuer": issuer}, status=503)
