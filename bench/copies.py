"""A database made once and copied for each process, so that what is tried in one is not waited for by another."""

import gc
import multiprocessing
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from multiprocessing.queues import SimpleQueue
from typing import Any, TypeVar

from django.db import connection

_FORKED = multiprocessing.get_context("fork")
PROCESSES = int(os.environ.get("BENCH_PROCESSES", os.cpu_count() or 1))
T = TypeVar("T")
R = TypeVar("R")
_doing: list[Callable[[Any], Any]] = []
"""What the processes do; they have it, and all that it holds, from the one they were forked from."""


def made_apart(make: Callable[[], T]) -> T:
    """What `make` gives, made in a process of its own: who has rendered a letter has threads, and can't be forked."""
    connection.close()
    with _FORKED.Pool(1) as pool:
        return pool.apply(make)


def share_out(do: Callable[[T], R], jobs: Iterable[T], *, processes: int = PROCESSES) -> Iterator[R]:
    """What `do` gives for each job, as they end; each process has a copy of the database as it now stands."""
    with _copied(processes) as names:
        free: SimpleQueue[str] = _FORKED.SimpleQueue()
        for name in names:
            free.put(name)
        _doing[:] = [do]
        gc.freeze()  # what was made so far stays, and need not be looked at again and again
        with _FORKED.Pool(processes, _turn_to, [free]) as pool:
            yield from pool.imap_unordered(_do, jobs)


@contextmanager
def _copied(copies: int) -> Iterator[list[str]]:
    connection.close()  # a database in use can't be copied
    numbers = [str(number) for number in range(copies)]
    for one in numbers:
        connection.creation.clone_test_db(suffix=one, verbosity=0)
    try:
        yield [connection.creation.get_test_db_clone_settings(one)["NAME"] for one in numbers]
    finally:
        for one in numbers:
            connection.creation.destroy_test_db(suffix=one, verbosity=0)


def _turn_to(free: "SimpleQueue[str]") -> None:
    """This process's own copy, from now on."""
    connection.settings_dict["NAME"] = free.get()


def _do(job: Any) -> Any:
    return _doing[0](job)
