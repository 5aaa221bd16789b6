"""Sending a person to an issuer: what is asked, and what must come back the same."""

import hashlib
import secrets
from base64 import urlsafe_b64encode
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from urllib.parse import urlencode

from django.http import HttpRequest

from savnet.web.oidc.issuers import Issuer
from savnet.web.oidc.provider import known
from savnet.web.oidc.pushing import push

IN_SESSION = "asked_outside"
ANSWER_WITHIN = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Asked:
    """One question to one issuer. Answered once, or never. `anew`: who is signed in already must say it all again."""

    slug: str
    state: str
    nonce: str
    verifier: str
    redirect: str
    onward: str
    at: str
    anew: bool


def ask(request: HttpRequest, issuer: Issuer, *, redirect: str, onward: str, now: datetime, anew: bool = False) -> str:
    """The address to send the person to; the question stays in the session. Raises Unreachable."""
    parts = known(issuer)
    asked = Asked(
        slug=issuer.slug,
        state=secrets.token_urlsafe(32),
        nonce=secrets.token_urlsafe(32),
        verifier=secrets.token_urlsafe(48),
        redirect=redirect,
        onward=onward,
        at=now.isoformat(),
        anew=anew,
    )
    question = _parameters(issuer, asked)
    carried = push(issuer, parts.pushed, question, now) if parts.pushed else question
    request.session[IN_SESSION] = asdict(asked)
    return f"{parts.authorization}{'&' if '?' in parts.authorization else '?'}{urlencode(carried)}"


def take_back(request: HttpRequest, now: datetime) -> Asked | None:
    """The question that this browser asked; taking it uses it up, so that no answer counts twice."""
    kept = request.session.pop(IN_SESSION, None)
    if kept is None:
        return None
    asked = Asked(**kept)
    return asked if now - datetime.fromisoformat(asked.at) <= ANSWER_WITHIN else None


def _parameters(issuer: Issuer, asked: Asked) -> dict[str, str]:
    challenge = urlsafe_b64encode(hashlib.sha256(asked.verifier.encode()).digest()).rstrip(b"=").decode()
    return {
        **issuer.more,
        "response_type": "code",
        "client_id": issuer.client_id,
        "redirect_uri": asked.redirect,
        "scope": issuer.scope,
        "state": asked.state,
        "nonce": asked.nonce,
        "code_challenge": challenge,
        "code_challenge_method": "S256",
        "acr_values": " ".join(issuer.acr),
        **({"prompt": "login", "max_age": "0"} if asked.anew else {}),
    }
