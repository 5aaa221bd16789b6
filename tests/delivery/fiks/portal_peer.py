"""The other end, as published: Maskinporten and the portal in one server, with a memory, and faults on demand.

It believes nothing: a statement must be signed and fresh, a token alive, both files openable with its own keys, and the
form valid by the official schema.
"""

import json
import re
import ssl
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.parser import BytesParser
from email.policy import HTTP
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs

import jwt

from delivery.fiks.official import mistakes
from delivery.fiks.opening import opened, unpacked
from savnet.demo.authority import Identity

ORGANISATION = "3b9e52b0-0000-4000-8000-000000000001"
INTEGRATION = "3b9e52b0-0000-4000-8000-000000000002"
PASSWORD = "ikke-et-ekte-passord"
CLIENT = "3b9e52b0-0000-4000-8000-000000000003"
ISSUER = "https://maskinporten.example/"
API = "/bekymringsmelding/api/v1"


@dataclass(frozen=True)
class HandedIn:
    """A message that the portal has stored, decrypted."""

    number: uuid.UUID
    municipality: str
    district: str
    form: dict[str, Any]
    packed_pdf: bytes
    printed_pdf: bytes


@dataclass
class Fault:
    """What goes wrong on a path: an answer of our choice, silence, or a line that breaks; before or after acting."""

    path: str
    how: str
    status: int = 500
    after: bool = False
    times: int = 1
    body: bytes = b""


@dataclass
class Peer:
    """What KS and Maskinporten know and remember."""

    printer: Identity
    system: Identity
    client: Identity
    now: datetime
    municipalities: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    handed_in: dict[uuid.UUID, HandedIn] = field(default_factory=dict)
    histories: dict[uuid.UUID, list[dict[str, Any]]] = field(default_factory=dict)
    tokens: dict[str, datetime] = field(default_factory=dict)
    statements: list[str] = field(default_factory=list)
    asked: list[tuple[str, str]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    bodies: list[bytes] = field(default_factory=list)
    scope: str = "ks:fiks"
    clock: Callable[[], datetime] | None = None
    """What it goes by; without one it is always `now`."""

    def time(self) -> datetime:
        """What its clock shows."""
        return self.clock() if self.clock else self.now

    @property
    def received(self) -> list[HandedIn]:
        return list(self.handed_in.values())

    def happens(self, number: uuid.UUID, state: str, at: str) -> None:
        """Something happens to a message, told in the portal's own shape: Norwegian time, no zone."""
        self.histories[number].append(
            {"bekymringsmeldingId": str(number), "tidspunkt": at, "tilstand": state, "beskrivelse": "noe om Zzyzx"}
        )

    def token(self, form: dict[str, list[str]]) -> tuple[int, Any]:
        """Maskinporten: a token for a statement that is signed by the client, fresh, and not used before."""
        if form["grant_type"] != ["urn:ietf:params:oauth:grant-type:jwt-bearer"]:
            return 400, {"error": "unsupported_grant_type"}
        try:
            claims = self._claims(form["assertion"][0])
        except (jwt.InvalidTokenError, AssertionError):
            return 400, {"error": "invalid_grant", "error_description": "noe om Zzyzx"}
        self.statements.append(claims["jti"])
        text = f"token-{len(self.tokens)}"
        self.tokens[text] = self.time() + timedelta(seconds=120)
        return 200, {"access_token": text, "token_type": "Bearer", "expires_in": 119, "scope": claims["scope"]}

    def _claims(self, statement: str) -> dict[str, Any]:
        unchecked = {"verify_exp": False, "verify_iat": False, "verify_nbf": False}
        claims: dict[str, Any] = jwt.decode(
            statement,
            self.client.key.public_key(),
            algorithms=["RS256"],
            audience=ISSUER,
            issuer=CLIENT,
            options={"require": ["exp", "iat", "jti"], **unchecked},
        )
        header = jwt.get_unverified_header(statement)
        assert ("kid" in header) != ("x5c" in header)
        assert claims["exp"] - claims["iat"] <= 120
        assert abs(claims["iat"] - self.time().timestamp()) <= 10
        assert claims["jti"] not in self.statements
        assert claims["scope"] == self.scope
        return claims

    def may(self, headers: Any) -> bool:
        """Whether the caller shows a living token and knows the integration's password."""
        until = self.tokens.get(str(headers["Authorization"]).removeprefix("Bearer "))
        known = (headers["IntegrasjonId"], headers["IntegrasjonPassord"]) == (INTEGRATION, PASSWORD)
        return known and until is not None and self.time() < until

    def answer(self, method: str, path: str, headers: Any, body: bytes) -> tuple[int, Any]:
        """The portal, as published."""
        if not self.may(headers):
            return 401, {"message": "noe om Zzyzx"}
        if found := re.fullmatch(r"/kommuner/(\d{4})/bydeler", path):
            return 200, self.municipalities.get(found[1], [])
        if found := re.fullmatch(r"/mottak/fagsystem/(\d{4})/(\d\d)/krypteringsnokler", path):
            return (200, self._keys()) if self._reaches(found[1], found[2]) else (404, {})
        here = f"/mottak/fagsystem/{ORGANISATION}"
        if found := re.fullmatch(rf"{here}/(\d{{4}})/(\d\d)/offentlig", path):
            return self._take(found[1], found[2], headers, body) if method == "POST" else (405, {})
        if found := re.fullmatch(rf"{here}/bekymringsmelding/([0-9a-f-]{{36}})/status", path):
            history = self.histories.get(uuid.UUID(found[1]))
            return (200, history) if history is not None else (404, {})
        return 404, {}

    def _reaches(self, municipality: str, district: str) -> bool:
        return district in {one["bydelsnummer"] for one in self.municipalities.get(municipality, [])}

    def _keys(self) -> dict[str, Any]:
        def key(owner: Identity) -> dict[str, Any]:
            return {"nokkel": owner.certificate_pem().decode(), "serial": "1", "validFrom": "2020-01-01T00:00:00"}

        return {"printOffentligNokkel": key(self.printer), "fiksIOOffentligNokkel": key(self.system)}

    def _take(self, municipality: str, district: str, headers: Any, body: bytes) -> tuple[int, Any]:
        if not self._reaches(municipality, district):
            return 404, {}
        parts = BytesParser(policy=HTTP).parsebytes(
            b"Content-Type: %s\r\n\r\n" % headers["Content-Type"].encode() + body
        )
        files = {
            (one.get_param("name", header="Content-Disposition"), one.get_filename()): one.get_payload(decode=True)
            for one in parts.iter_parts()
        }
        try:
            printed = opened(files["bekymringsmelding", "bekymringsmelding.pdf"], self.printer)
            inside = unpacked(opened(files["asice", "asice.zip"], self.system))
            form = json.loads(inside["bekymringsmelding.json"])
            assert sorted(inside) == ["bekymringsmelding.json", "bekymringsmelding.pdf"]
            assert not mistakes(form), mistakes(form)
        except (KeyError, ValueError, AssertionError) as error:
            return 400, {"message": f"noe om Zzyzx: {error}"}
        return self._keep(municipality, district, form=form, packed=inside["bekymringsmelding.pdf"], printed=printed)

    def _keep(
        self, municipality: str, district: str, *, form: dict[str, Any], packed: bytes, printed: bytes
    ) -> tuple[int, Any]:
        number = uuid.uuid4()
        self.handed_in[number] = HandedIn(number, municipality, district, form, packed, printed)
        self.histories[number] = []
        return 200, {"uuid": str(number)}


class Desk(BaseHTTPRequestHandler):
    """Speaks HTTP for the peer."""

    protocol_version = "HTTP/1.1"
    server: "Server"

    def do_GET(self) -> None:
        self.respond("GET")

    def do_POST(self) -> None:
        self.respond("POST")

    def respond(self, method: str) -> None:
        length = int(self.headers["Content-Length"] or 0)
        body = self.rfile.read(length)
        if len(body) < length:  # whoever asked is gone: half a request is none
            return
        peer = self.server.peer
        peer.asked.append((method, self.path))
        peer.bodies.append(body)
        fault = next((one for one in peer.faults if one.path in self.path and one.times), None)
        if fault:
            fault.times -= 1
            if fault.after:
                self.act(method, body)
            self.go_wrong(fault)
        else:
            self.reply(*self.act(method, body))

    def act(self, method: str, body: bytes) -> tuple[int, Any]:
        if self.path == "/token":
            return self.server.peer.token(parse_qs(body.decode("ascii")))
        return self.server.peer.answer(method, self.path.removeprefix(API), self.headers, body)

    def go_wrong(self, fault: Fault) -> None:
        if fault.how == "hang":
            time.sleep(1.5)
        if fault.how == "answer":
            self.reply(fault.status, fault.body)
        self.close_connection = True

    def reply(self, status: int, what: Any) -> None:
        body = what if isinstance(what, bytes) else json.dumps(what).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


class Server(ThreadingHTTPServer):
    """One peer behind one port, under TLS."""

    daemon_threads = True

    def __init__(self, peer: Peer, tls: ssl.SSLContext) -> None:
        super().__init__(("127.0.0.1", 0), Desk)
        self.peer = peer
        self.socket = tls.wrap_socket(self.socket, server_side=True)

    def handle_error(self, *_: Any) -> None:
        """A caller that hangs up, or does not trust us, is no error of ours."""


@contextmanager
def running(peer: Peer, tls: ssl.SSLContext) -> Iterator[str]:
    """The peer's address while it runs."""
    server = Server(peer, tls)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield f"https://localhost:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
