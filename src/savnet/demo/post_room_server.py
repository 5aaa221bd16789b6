"""The demo's mail server: takes e-mail under TLS only, and keeps each one as a file for the post room to show.

Run with `python -m savnet.demo.post_room_server`.
"""

import argparse
import asyncio
import os
import signal
import socket
import ssl
import sys
import uuid
from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path

from aiosmtpd.smtp import SMTP, Envelope, Session

from savnet.demo import receivers

NO_SUCH_MAILBOX = "550 5.1.1 Only the demo's invented receivers have a mailbox here"
INVENTED = (".example", ".test", ".invalid")


class Keeper:
    """What the server does with each e-mail: write it down whole, then say that it has it."""

    def __init__(self, room: Path) -> None:
        self.mails = room / "mail"
        self.mails.mkdir(mode=0o700, parents=True, exist_ok=True)

    async def handle_RCPT(  # noqa: N802 - aiosmtpd calls it by this name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Only invented addresses: nothing that was meant for a real receiver may end here."""
        if not address.lower().endswith(INVENTED):
            return NO_SUCH_MAILBOX
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - as above
        """Keep the e-mail on disk before answering: what has been answered 250 must not be lost."""
        for address in envelope.rcpt_tos:
            name = f"{datetime.now(UTC):%Y%m%dT%H%M%S%f}-{uuid.uuid4().hex[:8]}"
            await asyncio.to_thread(self._keep, name, _stamp(envelope, address) + (envelope.original_content or b""))
        return f"250 2.0.0 Kept as {name}"

    def _keep(self, name: str, data: bytes) -> None:
        fresh = self.mails / f"{name}.part"
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        fresh.rename(self.mails / f"{name}.eml")


def _stamp(envelope: Envelope, address: str) -> bytes:
    """The lines that every mail server adds on top: who sent it, whom it was for, when it came."""
    lines = (
        f"Return-Path: <{envelope.mail_from}>",
        f"Delivered-To: {address}",
        f"Received: from savnet by postrommet with ESMTPS; {format_datetime(datetime.now(UTC))}",
    )
    return "".join(f"{line}\r\n" for line in lines).encode("utf-8")


def tls(room: Path) -> ssl.SSLContext:
    """The server's side of TLS, with a certificate from the demo's own authority."""
    receivers.server(room)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.load_cert_chain(room / "keys" / "server.pem", room / "keys" / "server.key")
    return context


async def serve(room: Path, door: socket.socket) -> None:
    """Take e-mail until told to stop."""
    loop, keeper, context = asyncio.get_running_loop(), Keeper(room), tls(room)

    def protocol() -> SMTP:
        return SMTP(keeper, hostname="postrommet", tls_context=context, require_starttls=True, loop=loop)

    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    server = await loop.create_server(protocol, sock=door)
    async with server:
        await stop.wait()


def main(arguments: list[str] | None = None) -> int:
    """Run the server; 2 if the port is taken."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--room", type=Path, default=None, help="folder for keys and mail")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=int(os.environ.get("SAVNET_SMTP_PORT", receivers.PORT)))
    parser.add_argument("--door", type=int, default=None, help="number of a socket that listens already")
    options = parser.parse_args(arguments)
    try:
        given, address = options.door, (options.host, options.port)
        door = socket.create_server(address) if given is None else socket.socket(fileno=given)
        asyncio.run(serve(options.room or receivers.default_room(), door))
    except OSError as error:
        sys.stderr.write(f"Postrommet kan ikke starte på {options.host}:{options.port}: {error.strerror}\n")
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
