"""Who watches the house under faults: the person outside, and the page that lies open."""

import json
import ssl
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

EVERY, AGAIN, PATIENCE, LOST = 10.0, 3.0, 8.0, 2
"""What `watch.js` does: a round, another try, how long it waits, how many failures make a banner."""
SIGNAL_MISSED = 120.0


@dataclass
class Outside:
    """The person outside: alarms that came, and when each dead man's signal was last heard."""

    alarms: list[float] = field(default_factory=list)
    signals: dict[str, float] = field(default_factory=dict)
    worried: bool = False

    def forget(self) -> None:
        """All that was heard was about an earlier fault."""
        self.alarms.clear()
        self.signals.clear()
        self.worried = False

    def hear(self, path: str, body: bytes) -> None:
        """An alarm, the word that it is over, or a signal of life."""
        if path != "/alarm":
            self.signals[path] = time.monotonic()
            return
        self.worried = json.loads(body)["text"].startswith("Savnet trenger hjelp")
        if self.worried:
            self.alarms.append(time.monotonic())

    def told_at(self, since: float) -> float | None:
        """When she knew: the first alarm after the fault, or a signal that has been away for too long."""
        alarm = min((at for at in list(self.alarms) if at > since), default=None)
        missed = min((at + SIGNAL_MISSED for at in list(self.signals.values())), default=None)
        known = [at for at in (alarm, missed) if at is not None and at <= time.monotonic()]
        return min(known, default=None)


@contextmanager
def listening(outside: Outside, tls: Path) -> Iterator[int]:
    """A server under TLS that takes alarms at /alarm and signals elsewhere."""

    class Ear(BaseHTTPRequestHandler):
        def heard(self) -> None:
            outside.hear(self.path, self.rfile.read(int(self.headers.get("Content-Length", 0))))
            self.send_response(200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        do_GET = do_POST = heard  # noqa: N815 - http.server calls them so

        def log_message(self, *_: object) -> None:
            """Only the figures are printed."""

    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(tls)
    server = ThreadingHTTPServer(("127.0.0.1", 0), Ear)
    server.daemon_threads = True
    server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        server.server_close()


@dataclass(frozen=True, slots=True)
class Page:
    """The page that lies open, of somebody who is signed in."""

    port: int
    cookie: str

    def ask(self) -> tuple[bool, bool]:
        """One round: did the house answer, and with a banner?"""
        return self._get("/vakt/?av-seg-selv")

    def use(self) -> None:
        """Do something, so that the session does not end before the fault."""
        self._get("/")

    def _get(self, path: str) -> tuple[bool, bool]:
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", headers={"Cookie": self.cookie})
        try:
            with urllib.request.urlopen(request, timeout=PATIENCE) as answer:  # noqa: S310 - our own address
                return True, b'role="alert"' in answer.read()
        except urllib.error.HTTPError as refused:
            if refused.code == 401:
                raise
            return False, False
        except OSError:
            return False, False

    def lie_open(self, since: float, stop: threading.Event, seen: list[float]) -> None:
        """Ask until there is a banner; at the worst moment: it had just asked when the fault came."""
        failed, wait = 0, EVERY
        while not stop.wait(wait):
            answered, banner = self.ask()
            failed = 0 if answered else failed + 1
            if banner or failed >= LOST:
                seen.append(time.monotonic() - since)
                return
            wait = EVERY if answered else AGAIN
