"""A line that goes wrong on demand: a TCP proxy, in a process of its own, between Savnet and what it talks to.

It knows nothing of what goes through it: most of that is under TLS. It counts connections and bytes, and sees where in
the clear a word goes by, as COMMIT does on the line to the database.
"""

import asyncio
import os
import signal
import socket
import struct
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from pathlib import Path

from soak.forks import fork, killed

REFUSED = "refused"
SILENT = "taken, and nothing said"
RESET = "reset within the letter"
STALLED = "stalled within the letter"
ANSWER_LOST = "answer lost"
ANSWER_LATE = "answer late"
DRIP = "slow drip"
ELSEWHERE = "elsewhere"
BEFORE_WORD = "dropped before the word"
AFTER_WORD = "dropped after the word"
SERVER_DIES = "the server dies at the word"
Target = tuple[str, int] | str
"""A host and its port, or the path of a socket."""
PIECE = 65536


@dataclass(frozen=True, slots=True)
class Strike:
    """What goes wrong, on which of the connections (or words) that come, and on how many of them after that.

    `after` is how many bytes we must have sent on the connection first; `target` is where it leads instead; `late` is
    by how many seconds; `pid` is the server that dies.
    """

    how: str
    first: int = 1
    times: int = 1
    after: int = 0
    target: Target | None = None
    word: bytes = b""
    late: float = 2.0
    pid: int = 0


@dataclass(frozen=True, slots=True)
class Strikes:
    """What is to go wrong from now on."""

    all: tuple[Strike, ...]


class Proxy:
    """The one who asks for faults. Each call is answered when it holds."""

    def __init__(self, told: Connection, port: int) -> None:
        self._told, self.port = told, port

    def will(self, *strikes: Strike) -> None:
        """From now on these go wrong, counted from now; none, and all is well."""
        self._told.send(Strikes(strikes))
        self._told.recv()

    def lead(self, target: Target) -> None:
        """From now on it leads there."""
        self._told.send(target)
        self._told.recv()

    def struck(self) -> int:
        """How many times something went wrong since that was last changed."""
        self._told.send(None)
        return int(self._told.recv())


@contextmanager
def between(target: Target | None, listen: Path | None = None) -> Iterator[Proxy]:
    """A proxy to the target, if there is one yet, while it runs: on a free port, or on a socket at this path."""
    ours, theirs = Pipe()
    process = fork(lambda: asyncio.run(_Line(target, theirs).serve(listen)))
    theirs.close()
    try:
        yield Proxy(ours, ours.recv())
    finally:
        killed(process)


@dataclass
class _Plan:
    """What is to go wrong, and how far the counting has come."""

    strikes: tuple[Strike, ...] = ()
    connections: int = 0
    words: dict[bytes, int] = field(default_factory=dict)
    struck: int = 0

    def of_connection(self) -> list[Strike]:
        self.connections += 1
        return [one for one in self.strikes if not one.word and _falls(one, self.connections)]

    def of_words(self, piece: bytes) -> Strike | None:
        for one in self.strikes:
            if one.word and one.word in piece:
                self.words[one.word] = self.words.get(one.word, 0) + 1
                if _falls(one, self.words[one.word]):
                    return one
        return None


def _falls(strike: Strike, number: int) -> bool:
    return strike.first <= number < strike.first + strike.times


class _Line:
    def __init__(self, target: Target | None, told: Connection) -> None:
        self.target, self.told, self.plan = target, told, _Plan()

    async def serve(self, listen: Path | None) -> None:
        asyncio.get_running_loop().add_reader(self.told.fileno(), self._hear)
        if listen:
            server = await asyncio.start_unix_server(self._through, listen)
            listen.chmod(0o777)
            self.told.send(0)
        else:
            server = await asyncio.start_server(self._through, "127.0.0.1", 0)
            self.told.send(server.sockets[0].getsockname()[1])
        await server.serve_forever()

    def _hear(self) -> None:
        asked = self.told.recv()
        match asked:
            case None:
                self.told.send(self.plan.struck)
                return
            case Strikes(strikes):
                self.plan = _Plan(strikes)
            case _:
                self.target = asked
        self.told.send(True)

    async def _through(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection, from its beginning to its end."""
        here = self.plan.of_connection()
        early = next((one for one in here if one.how in {REFUSED, SILENT, ELSEWHERE}), None)
        self.plan.struck += early is not None
        if early and early.how == REFUSED:
            _break(writer)
            return
        if early and early.how == SILENT:
            await asyncio.sleep(3600)
        with suppress(OSError):
            theirs = await _connect((early.target if early else None) or self.target)
            await _Connection(self.plan, here, (reader, writer), theirs).run()
        _break(writer)


Ends = tuple[asyncio.StreamReader, asyncio.StreamWriter]


async def _connect(target: Target | None) -> Ends:
    if target is None:
        raise OSError("This line leads nowhere yet.")
    return await (asyncio.open_unix_connection(target) if isinstance(target, str) else asyncio.open_connection(*target))


def _break(writer: asyncio.StreamWriter) -> None:
    """End it the hard way: whatever is under way is lost, and the other end is told that the line broke."""
    line = writer.get_extra_info("socket")
    if line is not None and line.family != socket.AF_UNIX:
        with suppress(OSError):
            line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()


class _Connection:
    """Both directions of one connection, and what is to go wrong on it."""

    def __init__(self, plan: _Plan, strikes: list[Strike], ours: Ends, theirs: Ends) -> None:
        self.plan, self.ours, self.theirs = plan, ours, theirs
        self.strikes = {one.how: one for one in strikes}
        self.sent, self.deaf = 0, False

    async def run(self) -> None:
        """Until either end is done, or the line is broken."""
        ways = [asyncio.ensure_future(self._out()), asyncio.ensure_future(self._back())]
        await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
        for one in ways:
            one.cancel()
        for one in ways:
            with suppress(asyncio.CancelledError, OSError):
                await one
        _break(self.theirs[1])

    def _struck(self, *hows: str) -> Strike | None:
        """The strike of one of these kinds, if the connection has come so far; told once."""
        for how in hows:
            one = self.strikes.get(how)
            if one and self.sent > one.after:
                self.plan.struck += 1
                return self.strikes.pop(how)
        return None

    async def _out(self) -> None:
        """From us to them."""
        while piece := await self.ours[0].read(PIECE):
            self.sent += len(piece)
            if self._struck(RESET):
                await _give(self.theirs[1], piece[: len(piece) // 2])
                return
            if self._struck(STALLED):
                await asyncio.sleep(3600)
            word = self.plan.of_words(piece)
            self.plan.struck += word is not None
            if word and word.how == SERVER_DIES:
                os.kill(word.pid, signal.SIGQUIT)
            if word and word.how in {BEFORE_WORD, SERVER_DIES}:
                return
            self.deaf = word is not None
            await _give(self.theirs[1], piece)

    async def _back(self) -> None:
        """From them to us. An answer that is lost was given all the same."""
        while piece := await self.theirs[0].read(PIECE):
            if self.deaf or self._struck(ANSWER_LOST):
                return
            if late := self._struck(ANSWER_LATE):
                await asyncio.sleep(late.late)
            if DRIP in self.strikes:
                await self._drip(piece)
            else:
                await _give(self.ours[1], piece)

    async def _drip(self, piece: bytes) -> None:
        for place in range(0, len(piece), 100):
            await _give(self.ours[1], piece[place : place + 100])
            await asyncio.sleep(0.02)


async def _give(writer: asyncio.StreamWriter, piece: bytes) -> None:
    writer.write(piece)
    await writer.drain()
