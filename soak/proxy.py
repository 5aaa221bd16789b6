"""A line that goes wrong on demand: a TCP proxy, in a process of its own, between Savnet and what it talks to.

It knows nothing of what goes through it: most of that is under TLS. It counts connections and bytes, and sees where in
the clear a word goes by, as COMMIT does on the line to the database.
"""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from multiprocessing import Pipe
from multiprocessing.connection import Connection as Told
from pathlib import Path

from soak.broken import Connection, break_off, connect, swallow
from soak.forks import fork, killed
from soak.strikes import ELSEWHERE, REFUSED, SILENT, Plan, Strike, Strikes, Target


class Proxy:
    """The one who asks for faults. Each call is answered when it holds."""

    def __init__(self, told: Told, port: int) -> None:
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


class _Line:
    def __init__(self, target: Target | None, told: Told) -> None:
        self.target, self.told, self.plan = target, told, Plan()

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
                self.plan = Plan(strikes)
            case _:
                self.target = asked
        self.told.send(True)

    async def _through(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection, from its beginning to its end."""
        here = self.plan.of_connection()
        early = next((one for one in here if one.how in {REFUSED, SILENT, ELSEWHERE}), None)
        self.plan.struck += early is not None
        if early and early.how == REFUSED:
            break_off(writer)
            return
        if early and early.how == SILENT:
            await swallow(reader)
            break_off(writer)
            return
        with suppress(OSError):
            theirs = await connect((early.target if early else None) or self.target)
            await Connection(self.plan, here, (reader, writer), theirs).run()
        break_off(writer)
