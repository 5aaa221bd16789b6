"""The database of a house under faults: which processes it is, and how all of it is ended, also what stands still."""

import os
import signal
import time
from contextlib import suppress
from pathlib import Path

from savnet.running import embedded


def family(pid: int) -> list[int]:
    """A process and its children: PostgreSQL is many."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *map(int, children)]


def postmaster(database: embedded.Server) -> int:
    """The first process of the database."""
    return int((database.place.data / "postmaster.pid").read_text().split()[0])


def end_database(database: embedded.Server) -> None:
    """End every process of the database, also those that stand still."""
    try:
        pids = family(postmaster(database))
    except (OSError, IndexError, ValueError):
        return
    for pid in reversed(pids):
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    until_gone(pids)
    # One that nobody has asked after yet keeps its number, and would seem to hold these.
    (database.place.data / "postmaster.pid").unlink(missing_ok=True)
    for lock in database.place.sockets.glob(".s.PGSQL.*"):
        lock.unlink()


def until_gone(pids: list[int]) -> None:
    """Wait until they are gone, or are but names that nobody has asked after."""
    end = time.monotonic() + 10
    while time.monotonic() < end and any(lives(pid) for pid in pids):
        time.sleep(0.05)


def lives(pid: int) -> bool:
    """Whether there is such a process, and it has not ended."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in {"Z", "X"}
    except OSError:
        return False
