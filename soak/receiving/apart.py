"""Work in a process of its own, whose result comes back. Letters are only ever rendered in such a one.

Whoever renders, or drives a browser, has threads from then on, and a copy of it would wait for them for ever.
"""

import os
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from typing import Generic, TypeVar

from django.db import connections

from soak.forks import fork

R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Apart(Generic[R]):
    """A process that works, and where its result comes."""

    process: int
    told: Connection

    def result(self) -> R:
        """Wait for it. Raises RuntimeError where it came to no end: the run's figure would mean nothing."""
        try:
            found: R = self.told.recv()
        except EOFError as nothing:
            os.waitpid(self.process, 0)
            raise RuntimeError("A process of the run ended without a result; what it said stands above.") from nothing
        os.waitpid(self.process, 0)
        return found


def apart(work: Callable[[], R]) -> Apart[R]:
    """Begin the work in a process of its own."""
    ours, theirs = Pipe(duplex=False)
    connections.close_all()
    process = fork(lambda: theirs.send(work()))
    theirs.close()
    return Apart(process, ours)
