"""The receiver: a real mail server in a process of its own that writes down what it takes before it says so.

Its ledger on disk is the oracle of a run: one line for each e-mail, in the order of arrival.
"""

import asyncio
import logging
import os
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.parser import BytesHeaderParser
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from aiosmtpd.smtp import SMTP

from soak.forks import fork, killed


@dataclass(frozen=True, slots=True)
class Arrival:
    """One e-mail that the receiver has: under which message id, for whom, and marked as which repeat."""

    message_id: str
    receiver: str
    repeat: int


class Keeper:
    """Writes down each e-mail, and only then answers."""

    def __init__(self, ledger: Path) -> None:
        self.ledger = os.open(ledger, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd calls it so
        heads = BytesHeaderParser().parsebytes(envelope.original_content)
        line = "\t".join((str(heads["Message-ID"]), envelope.rcpt_tos[0], str(heads["X-Savnet-Repeat"] or 1)))
        os.write(self.ledger, f"{line}\n".encode())
        return "250 2.0.0 Kept"


@contextmanager
def sink(ledger: Path, certificate: Path) -> Iterator[int]:
    """The receiver while it runs; gives its port. `certificate` holds the server's certificate and key."""
    ours, theirs = Pipe()
    process = fork(lambda: asyncio.run(_serve(ledger, certificate, theirs)))
    try:
        yield ours.recv()
    finally:
        killed(process)


async def _serve(ledger: Path, certificate: Path, told: Connection) -> None:
    logging.getLogger("mail.log").setLevel(logging.CRITICAL)  # that a line broke is no news here
    keeper, context = Keeper(ledger), ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate)

    def protocol() -> SMTP:
        return SMTP(keeper, hostname="receiver", tls_context=context, require_starttls=True)

    server = await asyncio.get_running_loop().create_server(protocol, "127.0.0.1", 0)
    told.send(server.sockets[0].getsockname()[1])
    await server.serve_forever()


def arrivals(ledger: Path) -> list[Arrival]:
    """All that the receiver has, in the order in which it came."""
    lines = ledger.read_text(encoding="utf-8").splitlines() if ledger.exists() else []
    found = [line.split("\t") for line in lines]
    return [Arrival(message_id, receiver, int(repeat)) for message_id, receiver, repeat in found]
