"""One connection through the proxy, both ways, and what goes wrong on it."""

import asyncio
import os
import signal
import socket
import struct
from contextlib import suppress

from soak.strikes import (
    ANSWER_LATE,
    ANSWER_LOST,
    BEFORE_WORD,
    DRIP,
    RESET,
    SERVER_DIES,
    STALLED,
    Plan,
    Strike,
    Target,
)

PIECE, DROP, PAUSE = 65536, 100, 0.02
Ends = tuple[asyncio.StreamReader, asyncio.StreamWriter]


async def connect(target: Target | None) -> Ends:
    """The other end of the line."""
    if target is None:
        raise OSError("This line leads nowhere yet.")
    return await (asyncio.open_unix_connection(target) if isinstance(target, str) else asyncio.open_connection(*target))


async def swallow(reader: asyncio.StreamReader) -> None:
    """Take all that comes and do nothing with it, until they have had enough."""
    with suppress(OSError):
        while await reader.read(PIECE):
            pass


def break_off(writer: asyncio.StreamWriter) -> None:
    """End it the hard way: whatever is under way is lost, and the other end is told that the line broke."""
    line = writer.get_extra_info("socket")
    if line is not None and line.family != socket.AF_UNIX:
        with suppress(OSError):
            line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()


class Connection:
    """Both directions of one connection, and what is to go wrong on it."""

    def __init__(self, plan: Plan, strikes: list[Strike], ours: Ends, theirs: Ends) -> None:
        self.plan, self.ours, self.theirs = plan, ours, theirs
        self.strikes = {one.how: one for one in strikes}
        self.sent, self.deaf = 0, False

    async def run(self) -> None:
        """Until either end is done, or the line is broken."""
        self.plan.struck += DRIP in self.strikes
        ways = [asyncio.ensure_future(self._out()), asyncio.ensure_future(self._back())]
        await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
        for one in ways:
            one.cancel()
        for one in ways:
            with suppress(asyncio.CancelledError, OSError):
                await one
        break_off(self.theirs[1])

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
                await swallow(self.ours[0])
                return
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
        for place in range(0, len(piece), DROP):
            await _give(self.ours[1], piece[place : place + DROP])
            await asyncio.sleep(PAUSE)


async def _give(writer: asyncio.StreamWriter, piece: bytes) -> None:
    writer.write(piece)
    await writer.drain()
