"""Work on a connection of its own that is held up by a lock, so that something can happen to it midway."""

import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

from django.db import connection

T = TypeVar("T")

WAITING = """
    SELECT pid FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid() AND wait_event_type = 'Lock'
"""


def begin(work: Callable[[], T]) -> Future[T]:
    """Start the work in a thread, on its own connection."""

    def on_own_connection() -> T:
        try:
            return work()
        finally:
            connection.close()

    pool = ThreadPoolExecutor(1)
    future = pool.submit(on_own_connection)
    pool.shutdown(wait=False)
    return future


def until_blocked(seconds: float = 20) -> int:
    """Wait until another connection waits for a lock, and say which."""
    end = time.monotonic() + seconds
    with connection.cursor() as cursor:
        while time.monotonic() < end:
            cursor.execute("SELECT pg_stat_clear_snapshot()")  # else one transaction sees the same answer for ever
            cursor.execute(WAITING)
            if found := cursor.fetchone():
                return int(found[0])
            time.sleep(0.01)
    raise AssertionError("nobody came to wait for the lock")


def terminate(pid: int) -> None:
    """End that connection from the server's side, as when the database goes down."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 10000)", [pid])
        assert cursor.fetchone() == (True,)
