"""Giving the issuer its code back for an ID token."""

import json
from datetime import datetime
from urllib.parse import urlencode

from savnet.delivery.web_call import Answer, LineBroke, NotReached, call
from savnet.web.oidc.asking import Asked
from savnet.web.oidc.issuers import Issuer
from savnet.web.oidc.provider import Unreachable, known, line
from savnet.web.oidc.statement import who_we_are


class Refused(Exception):
    """What came back must not let anybody in. The text is for the log of whoever sets up the issuer, not for people."""


def id_token(issuer: Issuer, asked: Asked, code: str, now: datetime) -> str:
    """The ID token as the issuer gave it, not yet believed. Raises Refused or Unreachable."""
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": asked.redirect,
        "code_verifier": asked.verifier,
        **who_we_are(issuer, now),
    }
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}
    try:
        answer = call(
            "POST", known(issuer).token, line=line(issuer), headers=headers, body=urlencode(form).encode("ascii")
        )
    except (NotReached, LineBroke) as error:
        raise Unreachable(f"{issuer.slug} doesn't answer: {error}") from error
    return _token(answer)


def _token(answer: Answer) -> str:
    if not answer.good:
        raise Refused(f"The issuer did not take the code: {answer.status}.")
    try:
        token = json.loads(answer.body)["id_token"]
    except (ValueError, KeyError, TypeError) as unreadable:
        raise Refused("The answer holds no ID token.") from unreadable
    return str(token)
