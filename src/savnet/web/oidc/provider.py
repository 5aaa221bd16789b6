"""What an issuer tells of itself: where its parts are, and the keys it signs with. Kept for a while, and asked anew."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from threading import Lock
from time import monotonic
from typing import Any
from urllib.parse import urlsplit

from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from savnet.delivery.web_call import Line, LineBroke, NotReached, call
from savnet.web.oidc.issuers import Issuer

KEPT_FOR = 3600.0
NOT_AGAIN_WITHIN = 10.0
"""Seconds. Whoever sends tokens with made-up keys must not make us ask the issuer each time."""


class Unreachable(Exception):
    """The issuer doesn't answer, or says something that can't be used. Signing in another way still works."""


@dataclass(frozen=True, slots=True)
class Provider:
    """An issuer's parts."""

    authorization: str
    token: str
    keys: str
    end_session: str
    tells_issuer: bool
    pushed: str


_providers: dict[str, tuple[float, Provider]] = {}
_keys: dict[str, tuple[float, KeySet]] = {}
_one_at_a_time = Lock()


def line(issuer: Issuer) -> Line:
    return Line(ca=issuer.ca, wait=8, longest=15)


def known(issuer: Issuer) -> Provider:
    """The issuer's parts. Raises Unreachable."""
    with _one_at_a_time:
        at, held = _providers.get(issuer.issuer, (0.0, None))
        if held is None or monotonic() - at > KEPT_FOR:
            held = _discovered(issuer)
            _providers[issuer.issuer] = (monotonic(), held)
        return held


def keys(issuer: Issuer, *, anew: bool = False) -> KeySet:
    """The keys that the issuer signs with; `anew` where a token names one that we don't know. Raises Unreachable."""
    address = known(issuer).keys
    with _one_at_a_time:
        at, held = _keys.get(address, (0.0, None))
        age = monotonic() - at
        if held is None or age > KEPT_FOR or (anew and age > NOT_AGAIN_WITHIN):
            held = _key_set(_read(issuer, address))
            _keys[address] = (monotonic(), held)
        return held


def forget() -> None:
    """For tests: as after a start."""
    with _one_at_a_time:
        _providers.clear()
        _keys.clear()


def _discovered(issuer: Issuer) -> Provider:
    told = _read(issuer, issuer.issuer.rstrip("/") + "/.well-known/openid-configuration")
    if told.get("issuer") != issuer.issuer:
        raise Unreachable(f"{issuer.slug} calls itself something else than the settings do.")
    if "S256" not in told.get("code_challenge_methods_supported", ["S256"]):
        raise Unreachable(f"{issuer.slug} has no PKCE with S256.")
    return Provider(
        authorization=_https(told, "authorization_endpoint"),
        token=_https(told, "token_endpoint"),
        keys=_https(told, "jwks_uri"),
        end_session=_https(told, "end_session_endpoint") if told.get("end_session_endpoint") else "",
        tells_issuer=bool(told.get("authorization_response_iss_parameter_supported")),
        pushed=_pushed(told),
    )


def _pushed(told: Mapping[str, Any]) -> str:
    """Where it takes what we ask before the person comes; empty where it offers no such thing."""
    name = "pushed_authorization_request_endpoint"
    return _https(told, name) if told.get(name) else ""


def _https(told: Mapping[str, Any], name: str) -> str:
    address = told.get(name)
    if not isinstance(address, str) or urlsplit(address).scheme != "https":
        raise Unreachable(f"{name} is no https address.")
    return address


def _key_set(told: dict[str, Any]) -> KeySet:
    """Only keys for signing, and only those of kinds that we know: a new kind beside them must not shut us out."""
    usable = [one for one in told.get("keys", []) if one.get("kty") in {"RSA", "EC"} and one.get("use", "sig") == "sig"]
    try:
        return KeySet.import_key_set({"keys": usable})
    except (JoseError, ValueError, KeyError) as broken:
        raise Unreachable("The keys can't be read.") from broken


def _read(issuer: Issuer, address: str) -> dict[str, Any]:
    try:
        answer = call("GET", address, line=line(issuer), headers={"Accept": "application/json"})
        read = json.loads(answer.body)
    except (NotReached, LineBroke, ValueError) as error:
        raise Unreachable(f"{issuer.slug} doesn't answer: {error}") from error
    if not answer.good or not isinstance(read, dict):
        raise Unreachable(f"{issuer.slug} answers {answer.status}.")
    return read
