"""Signing out at the issuer too, after signing out here."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse

from savnet.web.oidc.issuers import issuer
from savnet.web.oidc.provider import Unreachable, known

IN_SESSION = "outside"


@dataclass(frozen=True, slots=True)
class Leaving:
    """Where to go on to, and whose place that is."""

    name: str
    address: str


def leaving(request: HttpRequest) -> Leaving | None:
    """Where the person must also sign out; None where they came in another way, or the issuer has no such place."""
    slug, token = request.session.get(IN_SESSION, ("", ""))
    where = issuer(slug)
    if where is None:
        return None
    try:
        end = known(where).end_session
    except Unreachable:
        return None  # signing out here must work all the same
    if not end:
        return None
    back = request.build_absolute_uri(reverse("sign-in"))
    asked = {"id_token_hint": token, "post_logout_redirect_uri": back, "client_id": where.client_id}
    return Leaving(where.name, f"{end}{'&' if '?' in end else '?'}{urlencode(asked)}")
