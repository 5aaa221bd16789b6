"""The named points on the way of a letter at which a process is killed; planted from outside, so that nothing of this
is in what people use.
"""

import inspect
import os
import signal
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from importlib import import_module
from typing import Any

BEFORE, AFTER, HALFWAY = "before", "after", "halfway through"
BODY = 4000
"""What is sent in one go and is longer than this, in bytes, is a letter; what asks for a token is shorter."""
SENDS = ("smtplib:SMTP.send", "http.client:HTTPConnection.send")
"""Functions that put bytes on the line."""


@dataclass(frozen=True, slots=True)
class Point:
    """Before or after a function, or halfway through the one that sends bytes.

    `times` is how often a process comes by: it may be told to die there at any of them.
    """

    when: str
    where: str
    times: int = 2

    def __str__(self) -> str:
        module, _, name = self.where.partition(":")
        return f"{self.when} {module.rpartition('.')[2]}.{name}"


def _both(*functions: str, times: int = 2) -> tuple[Point, ...]:
    return tuple(Point(when, where, times) for where in functions for when in (BEFORE, AFTER))


COMMIT = "django.db.backends.base.base:BaseDatabaseWrapper._commit"
WEB = (
    *_both(
        "savnet.casework.sending:render",
        "savnet.casework.sending:compose_message",
        "savnet.casework.sending:enqueue",
        times=4,
    ),
    *_both("savnet.cases.ledger:record", "savnet.casework.sending:send", COMMIT, times=1),
)
PAGES = (
    *_both("savnet.web.screen:_in_one", "savnet.web.sheets:once", COMMIT, times=12),
    *WEB,
)
LINE = (
    *_both(
        "savnet.delivery.channels.encrypted_email.smtp:_connect",
        "savnet.delivery.channels.encrypted_email.smtp:_hand_over",
    ),
    Point(HALFWAY, SENDS[0]),
    Point(AFTER, SENDS[0]),
)
WEB_CALLS = (
    *_both("savnet.delivery.web_call:_connect", "savnet.delivery.web_call:_exchange", times=8),
    Point(HALFWAY, SENDS[1], times=3),
    Point(AFTER, SENDS[1], times=3),
)
"""A letter goes by several of them: a token, the letter's parts, and then the questions how it fares."""
WORKER = (
    *_both(
        "savnet.casework.carrying:carry",
        "savnet.casework.carrying:poll",
        "savnet.casework.carrying:close_cut_off",
        "savnet.casework.carrying:attempt",
        "savnet.delivery.dispatch:_begin",
        "savnet.delivery.dispatch:_carry",
        "savnet.delivery.dispatch:_end",
        "savnet.casework.carrying:settle",
        "savnet.casework.carrying:record_all",
        "savnet.casework.carrying:send_copies",
        "savnet.casework.carrying:enqueue",
        "savnet.casework.carrying:take_up_again",
        "procrastinate.manager:JobManager.finish_job",
        "procrastinate.manager:JobManager.fetch_job",
    ),
    *LINE,
    *_both(COMMIT, times=5),
)


def plant(point: Point, nth: int) -> None:
    """Kill this process when it comes to the point for the nth time."""
    owner, name = _owner(point.where)
    setattr(owner, name, _deadly(getattr(owner, name), point, nth))


def _owner(where: str) -> tuple[Any, str]:
    module, _, path = where.partition(":")
    owner: Any = import_module(module)
    *outer, name = path.split(".")
    for one in outer:
        owner = getattr(owner, one)
    return owner, name


def _deadly(function: Callable[..., Any], point: Point, nth: int) -> Callable[..., Any]:
    times = 0

    def reached() -> None:
        nonlocal times
        times += 1
        if times == nth:
            die()

    if point.where in SENDS:
        return _deadly_send(function, point, reached)
    if inspect.iscoroutinefunction(function):
        return _deadly_async(function, point, reached)

    @wraps(function)
    def to_the_point(*given: Any, **named: Any) -> Any:
        if point.when == BEFORE:
            reached()
        result = function(*given, **named)
        if point.when == AFTER:
            reached()
        return result

    return to_the_point


def _deadly_async(function: Callable[..., Any], point: Point, reached: Callable[[], None]) -> Callable[..., Any]:
    @wraps(function)
    async def to_the_point(*given: Any, **named: Any) -> Any:
        if point.when == BEFORE:
            reached()
        result = await function(*given, **named)
        if point.when == AFTER:
            reached()
        return result

    return to_the_point


def _deadly_send(function: Callable[..., Any], point: Point, reached: Callable[[], None]) -> Callable[..., Any]:
    """Within the letter, or when all of it is on its way and the answer has not come."""

    @wraps(function)
    def send(session: Any, data: Any) -> None:
        if len(data) < BODY:
            function(session, data)
            return
        if point.when == HALFWAY:
            function(session, data[: len(data) // 2])
            reached()
            function(session, data[len(data) // 2 :])
        else:
            function(session, data)
            reached()

    return send


def die() -> None:
    """At once, like a process whose machine lost its power."""
    os.kill(os.getpid(), signal.SIGKILL)
