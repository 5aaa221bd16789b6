"""Calls to a service that wants a token from Maskinporten, or one that is exchanged for such a token at Altinn."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from savnet.delivery.channel import CannotSend, Refused
from savnet.delivery.maskinporten import Client, NoToken, Tokens
from savnet.delivery.web_call import Answer, Line, LineBroke, NotReached, call
from savnet.delivery.words import Hindrance

FOR_NOW = frozenset({401, 408, 425, 429, 503})
"""Refusals that are about the moment, or about our own access, rather than about the message."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bearer:
    """Who we are to the service. `exchange` is where the token is exchanged, if it is; `headers` go on every call."""

    client: Client
    tokens: Tokens
    scope: str
    line: Line
    exchange: str = ""
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)

    def check(self, at: datetime) -> None:
        """CannotSend where our own organisation's certificate is not valid: Maskinporten would give us no token."""
        own = self.client.organisation.certificate
        if not own.not_valid_before_utc <= at <= own.not_valid_after_utc:
            until = own.not_valid_after_utc
            raise CannotSend(Hindrance.NOT_SET_UP, f"Vårt eget virksomhetssertifikat gjaldt bare til {until:%d.%m.%Y}.")

    def ask(self, method: str, url: str, at: datetime, *, kind: str = "", body: bytes | None = None) -> Answer:
        """A call that changes nothing that can't be done again: however it fails, nothing was sent."""
        try:
            return self.call(method, url, at, kind=kind, body=body)
        except LineBroke as error:
            raise Refused(f"Tjenesten svarer ikke: {error}", permanent=False) from error

    def call(self, method: str, url: str, at: datetime, *, kind: str = "", body: bytes | None = None) -> Answer:
        """One call; once more with a new token where the one we held was not known. Raises Refused or LineBroke."""
        answer = self._once(method, url, at, kind=kind, body=body)
        if answer.status != 401:
            return answer
        self.tokens.forget(self.client, self.scope)
        return self._once(method, url, at, kind=kind, body=body)

    def _once(self, method: str, url: str, at: datetime, *, kind: str, body: bytes | None) -> Answer:
        headers = {"Accept": "application/json", **self.headers, "Authorization": f"Bearer {self._token(at)}"}
        headers |= {"Content-Type": kind} if kind else {}
        try:
            return call(method, url, line=self.line, headers=headers, body=body)
        except NotReached as error:
            raise Refused(f"Tjenesten svarer ikke: {error}", permanent=False) from error

    def _token(self, at: datetime) -> str:
        try:
            token = self.tokens.token(self.client, self.scope, at)
            return self._exchanged(token) if self.exchange else token
        except NoToken as error:
            raise Refused(error.reason, permanent=error.permanent) from error
        except (NotReached, LineBroke) as error:
            raise Refused(f"Tjenesten som veksler adgangsbevis, svarer ikke: {error}", permanent=False) from error

    def _exchanged(self, token: str) -> str:
        answer = call("GET", self.exchange, line=self.line, headers={"Authorization": f"Bearer {token}"})
        if not answer.good:
            raise NoToken(f"Adgangsbeviset ble ikke vekslet: {answer.status}", permanent=refused_for_good(answer))
        return answer.body.decode("ascii", "replace").strip().strip('"')


def refused_for_good(answer: Answer) -> bool:
    """Whether the same call would be refused again."""
    return 400 <= answer.status < 500 and answer.status not in FOR_NOW


def content(answer: Answer) -> Mapping[str, object]:
    """The object in the answer; an empty one where there is none that can be read."""
    try:
        found = json.loads(answer.body)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
