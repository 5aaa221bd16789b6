"""Giving the issuer its code back for an ID token. We prove who we are with our own key; there is no shared secret."""

import json
import uuid
from datetime import datetime, timedelta
from urllib.parse import urlencode

from joserfc import jwt

from savnet.delivery.web_call import Answer, LineBroke, NotReached, call
from savnet.web.oidc.asking import Asked
from savnet.web.oidc.issuers import Issuer
from savnet.web.oidc.provider import Unreachable, known, line

ASSERTION = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
LASTS = timedelta(seconds=60)


class Refused(Exception):
    """What came back must not let anybody in. The text is for the log of whoever sets up the issuer, not for people."""


def id_token(issuer: Issuer, asked: Asked, code: str, now: datetime) -> str:
    """The ID token as the issuer gave it, not yet believed. Raises Refused or Unreachable."""
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": asked.redirect,
        "code_verifier": asked.verifier,
        "client_id": issuer.client_id,
        "client_assertion_type": ASSERTION,
        "client_assertion": statement(issuer, now),
    }
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}
    try:
        answer = call(
            "POST", known(issuer).token, line=line(issuer), headers=headers, body=urlencode(form).encode("ascii")
        )
    except (NotReached, LineBroke) as error:
        raise Unreachable(f"{issuer.slug} doesn't answer: {error}") from error
    return _token(answer)


def statement(issuer: Issuer, now: datetime) -> str:
    """Who we are, signed, for this issuer, for a minute, once."""
    issued = int(now.timestamp())
    header = {"alg": issuer.signs_with, "typ": "JWT"} | ({"kid": issuer.key_id} if issuer.key_id else {})
    claims = {
        "iss": issuer.client_id,
        "sub": issuer.client_id,
        "aud": issuer.issuer,
        "iat": issued,
        "exp": issued + int(LASTS.total_seconds()),
        "jti": str(uuid.uuid4()),
    }
    return jwt.encode(header, claims, issuer.key, algorithms=[header["alg"]])


def _token(answer: Answer) -> str:
    if not answer.good:
        raise Refused(f"The issuer did not take the code: {answer.status}.")
    try:
        token = json.loads(answer.body)["id_token"]
    except (ValueError, KeyError, TypeError) as unreadable:
        raise Refused("The answer holds no ID token.") from unreadable
    return str(token)
