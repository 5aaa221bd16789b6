"""Maskinporten: a short-lived access token in return for a statement signed with the organisation's own key."""

import base64
import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock
from urllib.parse import urlencode

import jwt
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import Encoding

from savnet.delivery.web_call import Answer, Line, LineBroke, NotReached, call

GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer"
STATEMENT_LASTS = timedelta(seconds=110)
"""Maskinporten refuses a statement that is valid for more than 120 seconds."""
MARGIN = timedelta(seconds=30)
"""A token that lasts no longer than this is not used any more: it could run out on the way."""


PASSING = frozenset({408, 429})
NOT_BELIEVED = "invalid_grant"
"""What it answers where a statement comes too late or its time is wrong, which the next one may not be."""


class NoToken(Exception):
    """Maskinporten gave no token. `permanent` says that it refused us, so that trying again is of no use."""

    def __init__(self, reason: str, *, permanent: bool) -> None:
        super().__init__(reason)
        self.reason = reason
        self.permanent = permanent


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation:
    """Who we are: the organisation's certificate and its key, and what Maskinporten calls the key, if it has a name."""

    certificate: x509.Certificate
    key: RSAPrivateKey = field(repr=False)
    key_id: str = ""

    def header(self) -> dict[str, object]:
        """How a statement names the key that signed it."""
        if self.key_id:
            return {"kid": self.key_id}
        return {"x5c": [base64.b64encode(self.certificate.public_bytes(Encoding.DER)).decode("ascii")]}


@dataclass(frozen=True, slots=True, kw_only=True)
class Client:
    """Our client at Maskinporten. `issuer` is Maskinporten's own name, `endpoint` where tokens are given."""

    client_id: str
    issuer: str
    endpoint: str
    organisation: Organisation
    line: Line


@dataclass(frozen=True, slots=True)
class Token:
    """A token, and until when it may be used."""

    text: str = field(repr=False)
    until: datetime


def statement(client: Client, scope: str, at: datetime) -> str:
    """The signed statement that asks for a scope, with a number of its own so that it counts once."""
    issued = int(at.timestamp())
    claims = {
        "aud": client.issuer,
        "iss": client.client_id,
        "scope": scope,
        "iat": issued,
        "exp": issued + int(STATEMENT_LASTS.total_seconds()),
        "jti": str(uuid.uuid4()),
    }
    return jwt.encode(claims, client.organisation.key, algorithm="RS256", headers=client.organisation.header())


def ask(client: Client, scope: str, at: datetime) -> Token:
    """A new token from Maskinporten; raises NoToken."""
    form = urlencode({"grant_type": GRANT, "assertion": statement(client, scope, at)}).encode("ascii")
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}
    try:
        answer = call("POST", client.endpoint, line=client.line, headers=headers, body=form)
    except (NotReached, LineBroke) as error:
        raise NoToken(f"Maskinporten svarte ikke: {error}", permanent=False) from error
    return _read(answer, at)


def _read(answer: Answer, at: datetime) -> Token:
    if not answer.good:
        cause = _cause(answer)
        refused = 400 <= answer.status < 500 and answer.status not in PASSING and cause != NOT_BELIEVED
        raise NoToken(f"Maskinporten ga oss ikke adgang: {answer.status} {cause}".strip(), permanent=refused)
    try:
        given = json.loads(answer.body)
        return Token(str(given["access_token"]), at + timedelta(seconds=int(given["expires_in"])))
    except (ValueError, KeyError, TypeError) as error:
        raise NoToken("Maskinporten svarte med noe vi ikke kan lese.", permanent=False) from error


def _cause(answer: Answer) -> str:
    """The fixed word OAuth has for what was wrong; the rest of such an answer is not for people."""
    try:
        given = json.loads(answer.body)
    except ValueError:
        return ""
    word = given.get("error") if isinstance(given, Mapping) else None
    return word if isinstance(word, str) and word.replace("_", "").isalpha() else ""


class Tokens:
    """The tokens this process holds, each used until shortly before it runs out."""

    def __init__(self) -> None:
        self._held: dict[tuple[str, str, str], Token] = {}
        self._one_at_a_time = Lock()

    def token(self, client: Client, scope: str, at: datetime) -> str:
        """A token that is good for a while yet; raises NoToken."""
        place = (client.endpoint, client.client_id, scope)
        with self._one_at_a_time:
            held = self._held.get(place)
            if held is None or held.until - at <= MARGIN:
                held = self._held[place] = ask(client, scope, at)
            return held.text

    def forget(self, client: Client, scope: str) -> None:
        """Let go of a token that somebody has refused, so that the next one is new."""
        with self._one_at_a_time:
            self._held.pop((client.endpoint, client.client_id, scope), None)
