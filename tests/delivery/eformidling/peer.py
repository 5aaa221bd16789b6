"""An integrasjonspunkt for tests: real HTTP under TLS, a memory of its own, and faults on demand.

Written from the published shapes of the REST interface; what is not valid by the official schemas, where these are at
hand, it refuses as the real one does. It keeps what it was asked, every message with its files and
statuses, and how many times each was sent on: the receiver's own ledger, by which the tests judge.
"""

import json
import re
import ssl
from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit
from xml.etree import ElementTree

from delivery.eformidling.official import archive_mistakes, header_mistakes

USER, PASSWORD = "savnet", "prøve:passord"
CONFIDENTIAL = "urn:no:difi:profile:arkivmelding:taushetsbelagt:ver1.0"
ORDINARY = "urn:no:difi:profile:arkivmelding:administrasjon:ver1.0"
ARCHIVE = "urn:no:difi:arkivmelding:xsd::arkivmelding"
EXCEPTIONS = "no.difi.meldingsutveksling.exceptions."


class Denied(Exception):
    """The answer is not a yes: its status, and the name of the exception that the service tells."""

    def __init__(self, status: int, exception: str = "", message: str = "") -> None:
        super().__init__(exception)
        self.status, self.exception, self.message = status, exception, message


class Dropped(Exception):
    """The line is broken instead of answered."""


@dataclass
class Asked:
    """One request as it came."""

    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    body: bytes


@dataclass
class Made:
    """A message in the integrasjonspunkt, with its files."""

    document: dict[str, Any]
    files: dict[str, bytes] = field(default_factory=dict)


@dataclass
class Fault:
    """What goes wrong at a request whose name fits, this many times, after `skip` that went well."""

    at: str
    how: str
    times: int = 1
    skip: int = 0


class Integrasjonspunkt:
    """The state behind the interface, and its rules."""

    def __init__(self) -> None:
        self.asked: list[Asked] = []
        self.capabilities: dict[str, list[dict[str, Any]]] = {}
        self.messages: dict[str, Made] = {}
        self.statuses: dict[str, list[dict[str, Any]]] = {}
        self.sent: list[tuple[str, Made]] = []
        self.subscriptions: list[dict[str, Any]] = []
        self.faults: list[Fault] = []
        self.url = ""
        self.stopped = Event()
        self.page_size = 10
        self.now = datetime.now(UTC)
        self.clock: Callable[[], datetime] | None = None
        self.keeps_queued = False  # a message that is queued, and not yet taken on, is still there

    def time(self) -> datetime:
        """What its clock shows: always `now`, unless it goes by another."""
        return self.clock() if self.clock else self.now

    def receiver(self, number: str, *processes: str) -> None:
        """Register a receiver that takes these processes."""
        self.capabilities[number] = [
            {
                "process": process,
                "serviceIdentifier": "DPO",
                "documentTypes": [{"type": "arkivmelding", "standard": ARCHIVE}],
            }
            for process in processes
        ]

    def fails(self, at: str, how: str, *, times: int = 1, skip: int = 0) -> None:
        """Let the requests of this name fail: a status, "drop" before acting, "drop after", "hang" or "drip"."""
        self.faults.append(Fault(at, how, times, skip))

    def tell(self, message_id: Any, status: str, *, after: timedelta = timedelta(0), description: str = "") -> None:
        """Say something of a message. Told twice it stands twice, as from two of those who report."""
        told = self.statuses.setdefault(str(message_id), [])
        at = (self.time() + after).astimezone().isoformat()
        told.append({"id": len(told) + 1, "lastUpdate": at, "status": status, "description": description,
                     "convId": 1, "conversationId": str(message_id), "messageId": str(message_id)})  # fmt: skip
        for one in self.subscriptions:
            push(one["pushEndpoint"], event(message_id, status))

    # What each request does, and the name that faults know it by.

    def answer(self, asked: Asked) -> tuple[str, Any]:
        """The name of what was asked, and a function that does it."""
        parts = asked.path.removeprefix("/api/").split("/")
        match [asked.method, *parts]:
            case ["GET", "capabilities", number]:
                return "capabilities", lambda: self._capabilities(number, asked.query)
            case ["POST", "messages", "out"]:
                return "create", lambda: self._create(json.loads(asked.body))
            case ["PUT", "messages", "out", message_id]:
                return "upload", lambda: self._upload(message_id, asked)
            case ["POST", "messages", "out", message_id]:
                return "send", lambda: self._send(message_id)
            case ["GET", "statuses", message_id]:
                return "statuses", lambda: self._statuses(message_id, asked.query)
            case ["GET", "subscriptions"]:
                return "subscriptions", lambda: {"content": self.subscriptions, "last": True}
            case ["POST", "subscriptions"]:
                return "subscribe", lambda: self._subscribe(json.loads(asked.body))
            case _:
                return "unknown", self._unknown

    def _capabilities(self, number: str, query: dict[str, str]) -> Any:
        if number not in self.capabilities:
            raise Denied(404, "IdentifierNotFoundException")
        wanted = query.get("process")
        return {"capabilities": [one for one in self.capabilities[number] if wanted in (None, one["process"])]}

    def _create(self, document: dict[str, Any]) -> Any:
        message_id = document["standardBusinessDocumentHeader"]["documentIdentification"]["instanceIdentifier"]
        if message_id in self.messages or message_id in self.statuses:
            raise Denied(400, "MessageAlreadyExistsException")
        if mistakes := header_mistakes(document["standardBusinessDocumentHeader"]):
            raise Denied(400, "ConstraintViolationException", str(mistakes))
        self.messages[message_id] = Made(document)
        self.tell(message_id, "OPPRETTET")
        return document

    def _upload(self, message_id: str, asked: Asked) -> Any:
        made = self._made(message_id)
        name = re.search(r'filename="([^"]+)"', asked.headers["content-disposition"])
        if name is None:
            raise Denied(400, "MissingHttpHeaderException")
        if name[1] in made.files:
            raise Denied(400, "DuplicateFilenameException")
        if name[1] == "arkivmelding.xml" and (mistakes := archive_mistakes(asked.body)):
            raise Denied(400, "ConstraintViolationException", str(mistakes))
        made.files[name[1]] = asked.body

    def _send(self, message_id: str) -> Any:
        made = self._made(message_id)
        if expires(made) <= self.time():
            self.tell(message_id, "LEVETID_UTLOPT")
            raise Denied(400, "TimeToLiveException")
        archive = ElementTree.fromstring(made.files.get("arkivmelding.xml", b"<nothing/>"))  # noqa: S314 - our own
        referred = {node.text for node in archive.iter() if node.tag.endswith("referanseDokumentfil")}
        if not referred or not referred <= set(made.files):
            raise Denied(400, "MissingArkivmeldingFileException")
        self.sent.append((message_id, made))
        if not self.keeps_queued:
            del self.messages[message_id]
            self.tell(message_id, "SENDT", after=timedelta(seconds=1))

    def _statuses(self, message_id: str, query: dict[str, str]) -> Any:
        told = self.statuses.get(message_id, [])
        number, size = int(query.get("page", 0)), min(int(query.get("size", 10)), self.page_size)
        last = (number + 1) * size >= len(told)
        return {"content": told[number * size : (number + 1) * size], "number": number, "size": size, "last": last,
                "first": number == 0, "totalElements": len(told), "empty": not told}  # fmt: skip

    def _subscribe(self, wanted: dict[str, Any]) -> Any:
        answer = push(wanted["pushEndpoint"], {"createdTs": "2026-03-02T20:05:00+01:00", "event": "ping"})
        if not 200 <= answer < 400:  # as its source has it, only an error is a no
            raise Denied(400, "WebhookPushEndpointPingFailedException")
        self.subscriptions.append({"id": len(self.subscriptions) + 1, **wanted})
        return self.subscriptions[-1]

    def _made(self, message_id: str) -> Made:
        if message_id not in self.messages:
            raise Denied(404, "MessageNotFoundException")
        return self.messages[message_id]

    def _unknown(self) -> Any:
        raise Denied(404)

    def fault(self, name: str) -> str | None:
        """What is to go wrong with this request, if anything."""
        for one in self.faults:
            if one.at == name and one.skip:
                one.skip -= 1
            elif one.at == name and one.times:
                one.times -= 1
                return one.how
        return None


def expires(made: Made) -> datetime:
    """Until when the message is of use."""
    scope = made.document["standardBusinessDocumentHeader"]["businessScope"]["scope"][0]
    return datetime.fromisoformat(scope["scopeInformation"][0]["expectedResponseDateTime"])


def event(message_id: Any, status: str) -> dict[str, Any]:
    """What a webhook is told."""
    return {
        "createdTs": "2026-03-02T20:05:00+01:00",
        "resource": "messages",
        "event": "status",
        "direction": "OUTGOING",
        "serviceIdentifier": "DPO",
        "messageId": str(message_id),
        "conversationId": str(message_id),
        "status": status,
        "description": status.capitalize(),
    }


def push(endpoint: str, content: dict[str, Any]) -> int:
    """Post to whoever subscribes, and return the status of the answer."""
    url = urlsplit(endpoint)
    line = HTTPConnection(url.hostname or "", url.port, timeout=5)
    try:
        line.request("POST", url.path, json.dumps(content), {"Content-Type": "application/json"})
        return line.getresponse().status
    except OSError:
        return 0
    finally:
        line.close()


class Handler(BaseHTTPRequestHandler):
    """Speaks HTTP for the state behind it."""

    protocol_version = "HTTP/1.1"
    point: Integrasjonspunkt

    def log_message(self, *_: Any) -> None:
        pass

    def handle_any(self) -> None:
        url = urlsplit(self.path)
        length = int(self.headers.get("Content-Length") or 0)
        body = self.rfile.read(length)
        if len(body) < length:  # whoever asked is gone: half a request is none
            return
        query = {name: values[0] for name, values in parse_qs(url.query).items()}
        headers = {name.lower(): value for name, value in self.headers.items()}
        asked = Asked(self.command, url.path, query, headers, body)
        self.point.asked.append(asked)
        try:
            self._reply(200, self._answered(asked))
        except Denied as denied:
            self._reply(denied.status, problem(denied, asked.path))
        except Dropped:
            self.close_connection = True

    def do_GET(self) -> None:
        self.handle_any()

    def do_POST(self) -> None:
        self.handle_any()

    def do_PUT(self) -> None:
        self.handle_any()

    def _answered(self, asked: Asked) -> Any:
        if asked.headers.get("authorization") != "Basic " + b64encode(f"{USER}:{PASSWORD}".encode()).decode():
            raise Denied(401)
        name, act = self.point.answer(asked)
        how = self.point.fault(name)
        if how is None or how == "drop after":
            answer = act()
            if how:
                raise Dropped
            return answer
        self._go_wrong(how)
        return None

    def _go_wrong(self, how: str) -> None:
        if how.isdecimal():
            raise Denied(int(how), "NextMoveRuntimeException", "Ola Hemmelig kunne ikke sendes")
        if how == "hang":
            self.point.stopped.wait(20)
        if how == "drip":
            self._drip()
        if how == "nonsense":
            self._raw(200, b"<html>not json</html>")
        raise Dropped

    def _drip(self) -> None:
        self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
        while not self.point.stopped.wait(0.1):
            self.wfile.write(b" ")
            self.wfile.flush()

    def _reply(self, status: int, content: Any) -> None:
        self._raw(status, b"" if content is None else json.dumps(content).encode())

    def _raw(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def problem(denied: Denied, path: str) -> dict[str, Any]:
    """An error as the service words it."""
    exception = EXCEPTIONS + denied.exception if denied.exception else None
    return {"timestamp": "2026-03-02T20:05:00+01:00", "status": denied.status, "error": "Error", "exception": exception,
            "message": denied.message, "path": path, "errors": []}  # fmt: skip


class Server(ThreadingHTTPServer):
    """Says nothing of clients that hang up: many of these tests do just that."""

    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        pass


@contextmanager
def running(tls: ssl.SSLContext) -> Iterator[Integrasjonspunkt]:
    """The integrasjonspunkt while it runs, on a free port."""
    point = Integrasjonspunkt()
    server = Server(("127.0.0.1", 0), type("Own", (Handler,), {"point": point}))
    server.socket = tls.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    point.url = f"https://localhost:{server.server_port}"
    thread = Thread(target=server.serve_forever, args=[0.05])
    thread.start()
    try:
        yield point
    finally:
        point.stopped.set()
        server.shutdown()
        thread.join()
        server.server_close()
