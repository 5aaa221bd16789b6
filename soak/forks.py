"""Processes that cost a few milliseconds: copies of one that has everything loaded, and may be killed at any moment."""

import os
import signal
import sys
import traceback
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from typing import TypeVar

Result = TypeVar("Result")


def fork(work: Callable[[], object]) -> int:
    """Let a copy of this process do the work and end: with 0, or 1 and what went wrong. Returns its id."""
    sys.stdout.flush()
    sys.stderr.flush()
    child = os.fork()
    if child:
        return child
    code = 1
    try:
        work()
        code = 0
    except BaseException:  # noqa: BLE001 - the edge of a process: nothing may go on in the copy
        traceback.print_exc()
    finally:
        os._exit(code)  # nothing of the one it was copied from may be closed or written here


def ended(child: int) -> int | None:
    """How it ended: its code, or the negative number of the signal that killed it; None while it lives."""
    found, status = os.waitpid(child, os.WNOHANG)
    return os.waitstatus_to_exitcode(status) if found else None


def killed(child: int) -> int:
    """Kill it without warning, if it lives, and return how it ended."""
    with suppress(ProcessLookupError):
        os.kill(child, signal.SIGKILL)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def side_by_side(tasks: Sequence[Callable[[], Result]]) -> list[Result]:
    """What each of them gives, each done by a copy of its own at the same time. Raises EOFError where one fails."""
    pipes = []
    for task in tasks:
        ours, theirs = Pipe(duplex=False)
        child = fork(partial(_tell, task, theirs))
        theirs.close()
        pipes.append((child, ours))
    results = [ours.recv() for _, ours in pipes]
    for child, _ in pipes:
        os.waitpid(child, 0)
    return results


def _tell(task: Callable[[], object], told: Connection) -> None:
    os.setsid()  # a share of the machine of its own
    told.send(task())
