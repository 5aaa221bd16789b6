"""Mail servers that no letter should be given to, and some that don't want any: all in one process of their own.

What they are given all the same, they write into a ledger of theirs. It has to stay empty.
"""

import asyncio
import logging
import ssl
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from aiosmtpd.smtp import SMTP

from savnet.demo.authority import Identity, issue_for_server, new_authority
from soak.forks import fork, killed
from soak.sink import Keeper

DAY = timedelta(days=1)
Answers = dict[str, str]
"""A command of SMTP, and what is answered to it."""

REFUSALS: Mapping[str, Answers] = {
    "421 to MAIL": {"MAIL": "421 4.3.2 going down"},
    "451 to RCPT": {"RCPT": "451 4.7.1 come back later"},
    "550 to RCPT": {"RCPT": "550 5.1.1 nobody here"},
    "452 to the letter": {"DATA": "452 4.3.1 full"},
    "554 to the letter": {"DATA": "554 5.7.1 not wanted"},
}
IMPOSTORS_BY_HTTPS = ("an expired certificate", "another's certificate", "an unknown issuer")
IMPOSTORS = (*IMPOSTORS_BY_HTTPS, "no TLS")


@dataclass(frozen=True, slots=True)
class BadServers:
    """Where each listens, and what those were given whom we must not trust."""

    ports: Mapping[str, int]
    given: Path


@contextmanager
def bad_servers(folder: Path, authority: Identity) -> Iterator[BadServers]:
    """All of them, while they run. `authority` is the one that Savnet trusts."""
    ours, theirs = Pipe()
    certificates = _certificates(folder, authority)
    given = folder / "given to impostors"
    given.touch()
    process = fork(lambda: asyncio.run(_serve(given, certificates, theirs)))
    theirs.close()
    try:
        yield BadServers(ours.recv(), given)
    finally:
        killed(process)


def _certificates(folder: Path, authority: Identity) -> dict[str, Path]:
    now = datetime.now(UTC)
    stranger, good = new_authority("En annen utsteder", now - DAY), {"valid_from": now - DAY, "valid_until": now + DAY}
    issued = {
        "good": issue_for_server(authority, ("localhost",), **good),
        "an expired certificate": issue_for_server(
            authority, ("localhost",), valid_from=now - 2 * DAY, valid_until=now - DAY
        ),
        "another's certificate": issue_for_server(authority, ("andre.example",), **good),
        "an unknown issuer": issue_for_server(stranger, ("localhost",), **good),
    }
    places = {name: folder / f"{name}.pem" for name in issued}
    for name, identity in issued.items():
        places[name].write_bytes(identity.certificate_pem() + identity.key_pem())
    return places


async def _serve(given: Path, certificates: dict[str, Path], told: Connection) -> None:
    logging.getLogger("mail.log").setLevel(logging.CRITICAL)  # that nobody trusts it is no news here
    servers = {}
    for name in (*REFUSALS, *IMPOSTORS):
        certificate = certificates.get(name, certificates["good"]) if name != "no TLS" else None
        make = _maker(_Unwilling(given, REFUSALS.get(name, {})), certificate)
        servers[name] = await asyncio.get_running_loop().create_server(make, "127.0.0.1", 0)
    for name in IMPOSTORS_BY_HTTPS:
        servers[f"{name}, by https"] = await asyncio.start_server(
            _taker(given), "127.0.0.1", 0, ssl=_context(certificates[name])
        )
    told.send({name: server.sockets[0].getsockname()[1] for name, server in servers.items()})
    await asyncio.gather(*(server.serve_forever() for server in servers.values()))


def _maker(handler: Keeper, certificate: Path | None) -> Callable[[], SMTP]:
    if certificate is None:
        return lambda: SMTP(handler, hostname="receiver")
    context = _context(certificate)
    return lambda: SMTP(handler, hostname="receiver", tls_context=context, require_starttls=True)


def _context(certificate: Path) -> ssl.SSLContext:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate)
    return context


def _taker(given: Path) -> Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]:
    """Takes down that something was said to it at all."""

    async def take(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if await reader.read(1):
            with given.open("a", encoding="utf-8") as ledger:
                ledger.write("something was said by https\n")
        writer.close()

    return take


class _Unwilling(Keeper):
    """Answers one command as told; what comes through all the same, is kept."""

    def __init__(self, ledger: Path, answers: Answers) -> None:
        super().__init__(ledger)
        self.answers = answers

    async def handle_MAIL(self, _server: Any, _session: Any, envelope: Any, sender: str, options: Any) -> str:  # noqa: N802
        envelope.mail_from = sender
        return self.answers.get("MAIL", "250 OK")

    async def handle_RCPT(self, _server: Any, _session: Any, envelope: Any, receiver: str, options: Any) -> str:  # noqa: N802
        if "RCPT" in self.answers:
            return self.answers["RCPT"]
        envelope.rcpt_tos.append(receiver)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        return self.answers.get("DATA") or await super().handle_DATA(server, session, envelope)
