"""One call to a web service, under TLS or not at all, and exactly how far it came.

Until the request has begun to leave, nothing has been handed over: `NotReached`. From then until the whole answer has
come nobody can know: `LineBroke`. What an answer means is for whoever asked. Redirections are never followed.
"""

import http.client
import socket
import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from threading import Timer
from urllib.parse import urlsplit

MOST = 4 * 1024 * 1024
"""No answer that we ask for is larger, in bytes; what is, is cut off and will not be readable."""


class NotReached(Exception):
    """Nothing was handed over. Try again later."""


class LineBroke(Exception):
    """The request was on its way when the line broke. It may have been acted upon."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """How to reach web services. `ca` is PEM; None trusts what the system trusts.

    `wait` is how long one answer may keep silent, `longest` how long a whole call may take; both in seconds.
    """

    ca: str | None = None
    wait: float = 30
    longest: float = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came back. The body may hold personal data: it is for reading, never for a log or a person's screen."""

    status: int
    body: bytes = field(repr=False)

    @property
    def good(self) -> bool:
        """Whether the service says that it did as it was asked."""
        return 200 <= self.status < 300


def call(
    method: str, url: str, *, line: Line, headers: Mapping[str, str] | None = None, body: bytes | None = None
) -> Answer:
    """Make one call to an https address; raise NotReached or LineBroke."""
    parts = urlsplit(url)
    if parts.scheme != "https" or not parts.hostname:
        raise ValueError(f"{url} is not an https address. Nothing is sent in clear; correct the setting.")
    with _connection(parts.hostname, parts.port or 443, line) as connection:
        _connect(connection, line)
        target = parts.path + (f"?{parts.query}" if parts.query else "")
        return _exchange(connection, method, target, headers=headers or {}, body=body)


def _exchange(
    connection: http.client.HTTPSConnection,
    method: str,
    target: str,
    *,
    headers: Mapping[str, str],
    body: bytes | None,
) -> Answer:
    try:
        connection.request(method, target or "/", body=body, headers=dict(headers))
        response = connection.getresponse()
        body_read = response.read(MOST)
        if response.length:  # read() keeps silent when the line breaks within a body of known length
            raise LineBroke(f"{response.length} bytes of the answer never came")
        return Answer(status=response.status, body=body_read)
    except (OSError, http.client.HTTPException) as error:
        raise LineBroke(told(error)) from error


def _connect(connection: http.client.HTTPSConnection, line: Line) -> None:
    # Done here and not by the connection itself, which hides the socket away until TLS is agreed on: whoever drips in
    # that stretch could not be cut off.
    try:
        context = _context(line)
        plain = socket.create_connection((connection.host, connection.port), timeout=line.wait)
        secured = context.wrap_socket(plain, server_hostname=connection.host, do_handshake_on_connect=False)
        connection.sock = secured
        secured.do_handshake()
    except OSError as error:
        raise NotReached(f"{connection.host}: {told(error)}") from error


@contextmanager
def _connection(host: str, port: int, line: Line) -> Iterator[http.client.HTTPSConnection]:
    connection = http.client.HTTPSConnection(host, port, timeout=line.wait)
    watch = Timer(line.longest, _cut, [connection])
    watch.daemon = True
    watch.start()
    try:
        yield connection
    finally:
        watch.cancel()
        connection.close()


def _context(line: Line) -> ssl.SSLContext:
    context = ssl.create_default_context(cadata=line.ca)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


def _cut(connection: http.client.HTTPSConnection) -> None:
    """End a call that takes too long; whoever waits on it is then told that the line broke."""
    if connection.sock:
        with suppress(OSError):  # it ended by itself in the meantime
            # The plain socket's own: that of TLS takes its machinery away from under whoever is reading.
            socket.socket.shutdown(connection.sock, socket.SHUT_RDWR)


def told(error: Exception) -> str:
    """What went wrong, as short as it can be told; never what the other end wrote, which may quote us."""
    return str(error) if isinstance(error, OSError) and str(error) else type(error).__name__
