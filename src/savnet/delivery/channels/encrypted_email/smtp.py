"""Carry an e-mail to the mail server, under TLS or not at all, and tell exactly how far it came.

Until the body begins nothing has been handed over, so any failure is a refusal. From then until the server answers
nobody can know: a line that breaks there is unclear.
"""

import re
import smtplib
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from threading import Timer

from savnet.delivery.channel import Refused, Unclear


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """The mail server, and how to reach it. Without `implicit_tls` it must offer STARTTLS.

    `ca` is PEM; None trusts what the system trusts.
    `wait` is how long one answer may take, `longest` how long the whole attempt may; both in seconds.
    """

    host: str
    port: int
    implicit_tls: bool = False
    ca: str | None = None
    user: str = ""
    password: str = ""
    wait: float = 30
    longest: float = 300


def carry(mail: bytes, *, sender: str, receiver: str, server: Server, name: str = "") -> str:
    """Hand the mail to the server and return its answer; raise Refused or Unclear.

    A server that can is asked to tell if the mail does not arrive, under the mail's `name` and the address that we
    wrote to, and not to send it back: only its head, which holds nothing.
    """
    with _session(server) as session:
        tells = session.has_extn("dsn") and name
        _step("MAIL FROM", session.mail(sender, [f"ENVID={name}", "RET=HDRS"] if tells else ()))
        _step("RCPT TO", session.rcpt(receiver, _asked_of(receiver) if tells else ()))
        _step("DATA", session.docmd("DATA"), wanted=354)
        return _hand_over(session, mail)


def _asked_of(receiver: str) -> list[str]:
    """To be told of failure, and by the name that we know: behind an alias the report names somebody else's address."""
    return ["NOTIFY=FAILURE,DELAY", f"ORCPT=rfc822;{_xtext(receiver)}"]


def _xtext(address: str) -> str:
    """The address as a parameter of SMTP holds it (RFC 3461, 4): what could end or break it is written in digits."""
    return "".join(chr(one) if 33 <= one <= 126 and one not in b"+=" else f"+{one:02X}" for one in address.encode())


def _hand_over(session: smtplib.SMTP, mail: bytes) -> str:
    """Send the body and wait for the answer: the one stretch where a broken line tells nothing."""
    try:
        session.send(_quoted(mail) + b".\r\n")
        reply = session.getreply()
    except (OSError, smtplib.SMTPException) as error:
        raise Unclear(f"Forbindelsen ble brutt etter at meldingen var på vei: {_told(error)}") from error
    return _step("meldingen", reply)


@contextmanager
def _session(server: Server) -> Iterator[smtplib.SMTP]:
    """A connection under TLS, signed in where the server wants it. All that fails on the way is a refusal for now."""
    session = _unconnected(server)
    watch = Timer(server.longest, _cut, [session])
    watch.daemon = True
    watch.start()
    try:
        _connect(session, server)
        yield session
    except (OSError, smtplib.SMTPException) as error:
        raise Refused(f"Ikke sendt: {_told(error)}", permanent=False) from error
    finally:
        watch.cancel()
        session.close()


def _unconnected(server: Server) -> smtplib.SMTP:
    # Our own name says nothing to the server, and looking up the machine's would both wait and leak.
    kind = partial(smtplib.SMTP_SSL, context=_context(server)) if server.implicit_tls else smtplib.SMTP
    return kind(local_hostname="savnet", timeout=server.wait)


def _connect(session: smtplib.SMTP, server: Server) -> None:
    # `connect` forgets the name, and TLS must know whose certificate to demand. Connecting in the constructor would
    # remember it, but a session that hangs there could not be cut.
    session._host = server.host  # type: ignore[attr-defined]
    session.connect(server.host, server.port)
    if not server.implicit_tls:
        session.starttls(context=_context(server))
    session.ehlo_or_helo_if_needed()
    if server.user:
        session.login(server.user, server.password)


def _context(server: Server) -> ssl.SSLContext:
    context = ssl.create_default_context(cadata=server.ca)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


def _cut(session: smtplib.SMTP) -> None:
    """End a session that takes too long; whoever waits on it is then told that the line broke."""
    if session.sock:
        with suppress(OSError):  # it ended by itself in the meantime
            # The plain socket's own: that of TLS takes its machinery away from under whoever is reading.
            socket.socket.shutdown(session.sock, socket.SHUT_RDWR)


def _step(what: str, reply: tuple[int, bytes], wanted: int = 250) -> str:
    """The server's answer if it is the wanted one; 5xx is a refusal for good, all else one for now."""
    code, text = reply
    answer = f"{code} {text.decode('utf-8', 'replace')}"
    if code == wanted or (what == "RCPT TO" and code == 251):
        return answer
    raise Refused(f"{what} ble avvist av e-posttjeneren: {answer}", permanent=500 <= code < 600)


def _told(error: Exception) -> str:
    """What went wrong, as short as it can be told."""
    if isinstance(error, smtplib.SMTPResponseException):
        text = error.smtp_error
        return f"{error.smtp_code} {text.decode('utf-8', 'replace') if isinstance(text, bytes) else text}"
    return str(error) or type(error).__name__


def _quoted(mail: bytes) -> bytes:
    """The body as SMTP wants it: every line ends in CRLF, and a leading dot is doubled."""
    lines = re.sub(rb"\r?\n|\r", b"\r\n", mail)
    return re.sub(rb"(?m)^\.", b"..", lines if lines.endswith(b"\r\n") else lines + b"\r\n")
