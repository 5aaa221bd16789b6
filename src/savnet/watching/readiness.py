"""Whether this site can take people in: the database answers, and is of the version that the code is for."""

from dataclasses import dataclass
from functools import cache

from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from savnet.watching.clocks import apart


@dataclass(frozen=True, slots=True)
class Readiness:
    """Whether people may be sent here; `why` says in one word what is in the way.

    `clock_ahead` is how many seconds the clock of this site is ahead of the database's, where that can be asked.
    """

    ready: bool
    why: str
    clock_ahead: float = 0


def readiness() -> Readiness:
    """Ask the database. A worker that stands still does not close the site: people must get at the packet."""
    try:
        if unapplied_migrations():
            return Readiness(False, "migrations")
        return Readiness(True, "", apart().total_seconds())
    except DatabaseError:
        return Readiness(False, "database")


def unapplied_migrations() -> list[str]:
    """Migrations that the code knows and the database has not had."""
    applied = MigrationRecorder(connection).applied_migrations()
    return [f"{app}.{name}" for app, name in known() if (app, name) not in applied]


@cache
def known() -> tuple[tuple[str, str], ...]:
    """Every migration in the code. Read once: probes ask often, and the code of a running process never changes."""
    return tuple(sorted(MigrationLoader(None).graph.nodes))
