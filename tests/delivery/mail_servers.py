"""Real mail servers that take letters, refuse them, hang, or break the line at a chosen moment."""

import asyncio
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult

from savnet.delivery.channels.encrypted_email.smtp import Server
from savnet.demo.authority import Identity


class Mailbox:
    """Takes everything, and remembers it: the receiver's own ledger."""

    def __init__(self) -> None:
        self.mails: list[bytes] = []

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        self.mails.append(envelope.original_content)
        return "250 2.0.0 taken"


class Answers(Mailbox):
    """Gives a fixed answer to one command."""

    def __init__(self, command: str, answer: str) -> None:
        super().__init__()
        self.answer = answer
        setattr(self, f"handle_{command}", self.reply)

    async def reply(self, *_: Any) -> str:
        return self.answer


class HangsAt(Mailbox):
    """Never answers one command."""

    def __init__(self, command: str) -> None:
        super().__init__()
        setattr(self, f"handle_{command}", self.hang)

    async def hang(self, *_: Any) -> str:
        await asyncio.sleep(60)
        return "250 too late"


class Drips(Mailbox):
    """Answers one byte at a time, and never comes to the end."""

    async def handle_MAIL(self, server: Any, *_: Any) -> str:
        for _ in range(300):
            server.transport.write(b"2")
            await asyncio.sleep(0.2)
        return "250 at last"


class TakesThenDrops(Mailbox):
    """Has the letter, and breaks the line instead of saying so; as many times as told, then answers."""

    def __init__(self, times: int = 1) -> None:
        super().__init__()
        self.times = times

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        answer = await super().handle_DATA(server, session, envelope)
        if len(self.mails) <= self.times:
            server.transport.abort()
        return answer


class DropsAt(Mailbox):
    """Breaks the line at one command, before the letter."""

    def __init__(self, command: str) -> None:
        super().__init__()
        setattr(self, f"handle_{command}", self.drop)

    async def drop(self, server: Any, *_: Any) -> str:
        server.transport.abort()
        return "250 nobody hears this"


class DropsWithinTheBody(SMTP):  # type: ignore[misc]
    """Says "go on" to DATA, and breaks the line before it has read the letter."""

    async def smtp_DATA(self, arg: str) -> None:
        await self.push("354 go on")
        self.transport.abort()


class Postroom(Controller):  # type: ignore[misc]
    """A server on a free port, offering STARTTLS, speaking TLS from the start, or neither."""

    def __init__(
        self,
        handler: Any,
        *,
        tls: ssl.SSLContext | None,
        implicit: bool = False,
        kind: type = SMTP,
        password: bytes | None = None,
    ) -> None:
        self.kind, self.offered, self.password = kind, None if implicit else tls, password
        super().__init__(handler, hostname="127.0.0.1", port=0, ssl_context=tls if implicit else None)

    def factory(self) -> Any:
        return self.kind(
            self.handler,
            hostname="test",
            tls_context=self.offered,
            require_starttls=self.offered is not None,
            authenticator=self.let_in if self.password else None,
            auth_required=self.password is not None,
        )

    def let_in(self, server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
        return AuthResult(success=data.password == self.password, handled=False)

    def _trigger_server(self) -> None:
        """Learn the port that was free; aiosmtpd would knock on port 0."""
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


def tls_of(identity: Identity, folder: Path) -> ssl.SSLContext:
    """The server's side of TLS with this certificate."""
    (folder / "server.pem").write_bytes(identity.certificate_pem() + identity.key_pem())
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(folder / "server.pem")
    return context


@contextmanager
def running(room: Postroom, ca: str, **more: Any) -> Iterator[Server]:
    """The server while it runs, as the channel is told of it, with half a second of patience."""
    room.start()
    try:
        yield Server(**{"host": "localhost", "port": room.port, "ca": ca, "wait": 0.5, **more})
    finally:
        room.stop()
