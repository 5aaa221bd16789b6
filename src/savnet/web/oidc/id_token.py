"""Whether an ID token is to be believed: signed by the issuer, for us, for this question, just now, strongly enough."""

import hmac
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from joserfc import jws, jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from savnet.web.oidc.asking import Asked
from savnet.web.oidc.exchange import Refused
from savnet.web.oidc.issuers import Issuer
from savnet.web.oidc.provider import keys

SKEW = timedelta(seconds=30)
OLDEST = timedelta(minutes=10)

Claims = Mapping[str, Any]


def believed(token: str, issuer: Issuer, asked: Asked, now: datetime) -> Claims:
    """What the token says. Raises Refused, or Unreachable where the keys can't be had."""
    claims = _signed(token, issuer)
    for check in (_from_issuer, _for_us, _in_time, _strong_enough):
        if problem := check(claims, issuer, now):
            raise Refused(problem)
    if not hmac.compare_digest(str(claims.get("nonce", "")).encode(), asked.nonce.encode()):
        raise Refused("nonce is not the one we sent.")
    if asked.anew and not _said_since(claims, asked):
        raise Refused("auth_time is missing, or before we asked.")
    if not isinstance(claims.get("sub"), str) or not claims["sub"]:
        raise Refused("sub is missing.")
    return claims


def _signed(token: str, issuer: Issuer) -> Claims:
    """The claims, if one of the issuer's keys signed them by a way that we accept. `none` and HMAC never are."""
    try:
        header = jws.extract_compact(token.encode()).headers()
    except (JoseError, ValueError) as unreadable:
        raise Refused("The ID token is no signed token.") from unreadable
    if header.get("alg") not in issuer.algorithms:
        raise Refused("The ID token is not signed in a way that we accept.")
    held = keys(issuer)
    if not _has(held, header.get("kid")):
        held = keys(issuer, anew=True)  # the issuer may have taken a new key into use
    if not _has(held, header.get("kid")):
        raise Refused("The ID token is signed with a key that the issuer doesn't have.")
    try:
        return jwt.decode(token, held, algorithms=list(issuer.algorithms)).claims
    except (JoseError, ValueError) as broken:
        raise Refused("The signature does not fit.") from broken


def _has(held: KeySet, key_id: object) -> bool:
    if key_id is None:
        return len(held.keys) == 1
    return any(key.kid == key_id for key in held.keys)


def _from_issuer(claims: Claims, issuer: Issuer, now: datetime) -> str | None:
    return None if claims.get("iss") == issuer.issuer else "iss is another issuer."


def _for_us(claims: Claims, issuer: Issuer, now: datetime) -> str | None:
    said = claims.get("aud")
    audience = said if isinstance(said, list) else [said]
    if issuer.client_id not in audience:
        return "aud is somebody else."
    if "azp" in claims or len(audience) > 1:
        return None if claims.get("azp") == issuer.client_id else "azp is somebody else."
    return None


def _in_time(claims: Claims, issuer: Issuer, now: datetime) -> str | None:
    expires, issued = claims.get("exp"), claims.get("iat")
    if not isinstance(expires, int | float) or not isinstance(issued, int | float):
        return "exp or iat is missing."
    at = now.timestamp()
    if at >= expires + SKEW.total_seconds():
        return "The ID token has expired."
    if issued > at + SKEW.total_seconds():
        return "iat lies ahead."
    if (begins := claims.get("nbf")) is not None and not _begun(begins, at):
        return "nbf lies ahead, or is no instant."
    return "The ID token is old." if at - issued > OLDEST.total_seconds() else None


def _begun(begins: object, at: float) -> bool:
    return isinstance(begins, int | float) and begins <= at + SKEW.total_seconds()


def _said_since(claims: Claims, asked: Asked) -> bool:
    """Whether the person has signed in at the issuer after we asked, and not only been recognised there."""
    said = claims.get("auth_time")
    return isinstance(said, int | float) and said >= (datetime.fromisoformat(asked.at) - SKEW).timestamp()


def _strong_enough(claims: Claims, issuer: Issuer, now: datetime) -> str | None:
    return None if claims.get("acr") in issuer.acr else "acr is not a level that we accept."
