"""Who asks, told to the database for one transaction, so that row-level security knows whose rows to show.

    with seen_as(asking(person)): …     # what a screen does around everything it reads and writes
    with house("why"): …                # for what has no person, as a receiver's page; where nothing else will do

Everything is set LOCAL, so nothing outlives the transaction, whatever ends it: the next request on the same connection
begins as nobody. A new table needs a line in `row_rules`, and no migration of its own for this.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import astuple, dataclass

from django.db import connection, transaction

from savnet.access.models import Person
from savnet.access.row_roles import WEB

SETTINGS = ("savnet.person", "savnet.role", "savnet.centre", "savnet.region", "savnet.office", "role")
TELL = f"SELECT {', '.join([f'set_config({name!r}, %s, true)' for name in SETTINGS])}"


@dataclass(frozen=True, slots=True)
class Asking:
    """What the database is told of who asks, in the order of SETTINGS."""

    person: str = ""
    role: str = ""
    centre: str = ""
    region: str = ""
    office: str = ""


NOBODY = Asking()
HOUSE = Asking(role="house")

_now: ContextVar[Asking | None] = ContextVar("asking", default=None)


def asking(person: Person) -> Asking:
    """What the database is to know of a person."""
    return Asking(str(person.pk), person.role, str(person.centre_id or ""), person.region, person.office)


@contextmanager
def seen_as(who: Asking) -> Iterator[None]:
    """One transaction in which the database shows what `who` may reach, and takes only what `who` may write."""
    inside, before = connection.in_atomic_block, _now.get()
    token = _now.set(who)
    try:
        with transaction.atomic():
            _tell(who)
            yield
            if inside:  # the transaction goes on when we are done, and what was set would go on with it
                _tell(before)
    finally:
        _now.reset(token)


@contextmanager
def house(why: str) -> Iterator[None]:
    """One transaction in which every row is reached, though nobody is signed in. `why` is for the reader."""
    if not why:
        raise ValueError("Say why the house itself must reach every row here.")
    with seen_as(HOUSE):
        yield


def _tell(who: Asking | None) -> None:
    """None: nobody was set, and whoever logged in asks again."""
    with connection.cursor() as cursor:
        cursor.execute(TELL, [*astuple(who or NOBODY), WEB if who else "none"])
