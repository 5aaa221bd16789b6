"""The log by allow-list: one JSON object to a line, holding nothing but the fields named here.

A message or an exception's text may hold anything, also a child's name: neither is ever written. What happened is told
by the place in the code that says it, which is exact, and by fields of known content. How to read it: docs/running.
"""

import json
import logging
import re
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, datetime
from types import TracebackType
from typing import Any

from savnet.rules.words import Channel

Clean = Callable[[Any], Any]

TASK = re.compile(r"(savnet|procrastinate|builtin)[.:][a-z_.:]{1,90}\Z")
ACTION = re.compile(r"[a-z]+(_[a-z]+){1,8}\Z")
MARK = re.compile(r"[0-9a-f]{16}\Z")
"""What stands for an account or a place: savnet.web.accounts.tries makes it."""
STAFF = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\Z")
"""The id of one of our own people. Nothing of a child is ever given to that field."""
SQLSTATE = re.compile(r"[0-9A-Z]{5}\Z")
STATUSES = frozenset({"todo", "doing", "succeeded", "failed", "cancelled", "aborting", "aborted"})
SMALL = 10**7
"""Telephone, DUF and national identity numbers are all larger: nothing from here on gets through."""


def one_of(known: Iterable[str]) -> Clean:
    """Lets through these words and no other."""
    words = frozenset(known)
    return lambda value: value if isinstance(value, str) and value in words else None


def like(pattern: re.Pattern[str]) -> Clean:
    """Lets through what is written as no name is."""
    return lambda value: value if isinstance(value, str) and pattern.match(value) else None


def number(value: Any) -> int | float | None:
    """A number too small to be anybody's; None for all else."""
    plain = isinstance(value, int | float) and not isinstance(value, bool)
    return value if plain and abs(value) < SMALL else None


def job(value: Any) -> dict[str, Any] | None:
    """Of a job: its number and task. Never its arguments."""
    if not isinstance(value, Mapping):
        return None
    kept = {"id": number(value.get("id")), "task": like(TASK)(value.get("task_name"))}
    return {name: part for name, part in kept.items() if part is not None} or None


ALLOWED: Mapping[str, Clean] = {
    "account": like(MARK),
    "action": like(ACTION),
    "attempt": number,
    "channel": one_of(Channel),
    "duration": number,
    "job": job,
    "person": like(STAFF),
    "place": like(MARK),
    "status": one_of(STATUSES),
    "status_code": number,
    "task": like(TASK),
}
"""The fields that may be given with `extra`, and what each may hold."""


class AllowListed(logging.Formatter):
    """Formats a record without ever looking at its message."""

    def format(self, record: logging.LogRecord) -> str:
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        fields = {"at": at, "level": record.levelname, "logger": record.name, "where": _where(record)}
        return json.dumps({**fields, **dict(_extra(record)), **dict(_problem(record))}, ensure_ascii=False)


def _where(record: logging.LogRecord) -> str:
    return f"{record.module}.{record.funcName}:{record.lineno}"


def _extra(record: logging.LogRecord) -> Iterator[tuple[str, Any]]:
    for name, clean in ALLOWED.items():
        value = clean(getattr(record, name, None))
        if value is not None:
            yield name, value


def _problem(record: logging.LogRecord) -> Iterator[tuple[str, Any]]:
    """Of an exception: its kind, those that led to it, the database's own code, and where in the code it came from."""
    if not record.exc_info or record.exc_info[1] is None:
        return
    chain = list(_chain(record.exc_info[1]))
    yield "exception", [type(one).__name__ for one in chain]
    yield "frames", [frame for one in chain for frame in _frames(one.__traceback__)]
    yield from (("sqlstate", state) for one in chain if (state := like(SQLSTATE)(getattr(one, "sqlstate", None))))


def _chain(problem: BaseException) -> Iterator[BaseException]:
    seen: set[int] = set()
    one: BaseException | None = problem
    while one is not None and id(one) not in seen:
        seen.add(id(one))
        yield one
        one = one.__cause__ or one.__context__


def _frames(trace: TracebackType | None) -> Iterator[str]:
    """File, line and function; never the line itself, nor any value."""
    for frame, line in traceback.walk_tb(trace):
        code = frame.f_code
        yield f"{frame.f_globals.get('__name__', '?')}.{code.co_name}:{line}"
