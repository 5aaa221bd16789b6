"""Guessing is slowed, and nobody can use that to keep another out: a budget for each account *from each place*.

There is no lock on an account, for whoever knows a name could then lock it. Each budget fills by guesses and empties
with time. A device that has signed in before has its own, which nobody without its cookie can spend. See decision 0015.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

from django.db import connection

from savnet.access.sign_in.models import Budget
from savnet.access.sign_in.secrets_at_rest import keyed_hash


class TooManyGuesses(Exception):
    """Wait before the next try; `wait` says how long. Nothing was looked at, also not a right answer."""

    def __init__(self, wait: timedelta) -> None:
        super().__init__(f"Too many tries. Wait {wait.total_seconds():.0f} s.")
        self.wait = wait

    @property
    def minutes(self) -> int:
        """Whole minutes to wait, as a person is told."""
        return max(1, ceil(self.wait / timedelta(minutes=1)))


@dataclass(frozen=True, slots=True)
class Limit:
    """`burst` guesses at once, and one more for every `each`."""

    kind: str
    burst: int
    each: timedelta


PASSWORD_HERE = Limit("password, account and place", 6, timedelta(minutes=3))
PASSWORD_ON_KNOWN_DEVICE = Limit("password, account and known device", 10, timedelta(minutes=3))
CODE_ELSEWHERE = Limit("code, account from unknown devices", 10, timedelta(minutes=6))
CODE_ON_KNOWN_DEVICE = Limit("code, account and known device", 10, timedelta(minutes=3))
WAY_BACK_IN = Limit("way back in, account and place", 6, timedelta(minutes=10))
PLACE = Limit("anything, place", 60, timedelta(seconds=10))


@dataclass(frozen=True, slots=True)
class From:
    """Where a guess comes from: a network address, and the known device, if it is one."""

    place: str
    device: str = ""


Spent = tuple[Limit, tuple[str, ...]]


def password(account: str, origin: From) -> tuple[Spent, ...]:
    """What a try of a password spends."""
    if origin.device:
        return ((PASSWORD_ON_KNOWN_DEVICE, (account, origin.device)),)
    return ((PLACE, (origin.place,)), (PASSWORD_HERE, (account, origin.place)))


def code(account: str, origin: From) -> tuple[Spent, ...]:
    """What a try of a one-time code spends. Only who has the right password comes so far."""
    if origin.device:
        return ((CODE_ON_KNOWN_DEVICE, (account, origin.device)),)
    return ((PLACE, (origin.place,)), (CODE_ELSEWHERE, (account,)))


def passkey(origin: From) -> tuple[Spent, ...]:
    """A passkey can't be guessed: only the place is counted, so that nobody keeps us busy."""
    return () if origin.device else ((PLACE, (origin.place,)),)


def way_back_in(account: str, origin: From) -> tuple[Spent, ...]:
    return ((PLACE, (origin.place,)), (WAY_BACK_IN, (account, origin.place)))


def spend(budgets: Iterable[Spent], now: datetime) -> None:
    """Take one guess from each before it is looked at, so that a hundred at once are counted too.

    Raises TooManyGuesses. What was taken from the others is given back then.
    """
    taken: list[Spent] = []
    for limit, parts in budgets:
        left = _take(limit, parts, now)
        if left > limit.burst:
            refund([*taken, (limit, parts)])
            raise TooManyGuesses((left - limit.burst) * limit.each)
        taken.append((limit, parts))


def refund(budgets: Iterable[Spent]) -> None:
    """Give a guess back: it was right, or it was never looked at."""
    for limit, parts in budgets:
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE sign_in_budget SET spent = greatest(spent - 1, 0) WHERE key = %s", [_key(limit, parts)]
            )


def _take(limit: Limit, parts: tuple[str, ...], now: datetime) -> float:
    """One statement, so that no two tries read the same number."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO sign_in_budget AS kept (key, spent, at) VALUES (%(key)s, 1, %(now)s)
            ON CONFLICT (key) DO UPDATE SET
              spent = greatest(0, kept.spent - greatest(0, extract(epoch FROM %(now)s - kept.at)) / %(each)s) + 1,
              at = greatest(kept.at, %(now)s)
            RETURNING spent
            """,
            {"key": _key(limit, parts), "now": now, "each": limit.each.total_seconds()},
        )
        return float(cursor.fetchone()[0])


def _key(limit: Limit, parts: tuple[str, ...]) -> str:
    return keyed_hash("guessing", "\n".join((limit.kind, *parts)))


def forget_old(now: datetime) -> None:
    """Budgets that emptied long ago take no room."""
    Budget.objects.filter(at__lt=now - timedelta(days=2)).delete()
