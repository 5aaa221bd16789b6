"""Whether this site can take people in: the database answers, and is of the version that the code is for."""

from dataclasses import dataclass

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor


@dataclass(frozen=True, slots=True)
class Readiness:
    """Whether people may be sent here; `why` says in one word what is in the way."""

    ready: bool
    why: str


def readiness() -> Readiness:
    """Ask the database. A worker that stands still does not close the site: people must get at the packet."""
    try:
        if unapplied_migrations():
            return Readiness(False, "migrations")
    except DatabaseError:
        return Readiness(False, "database")
    return Readiness(True, "")


def unapplied_migrations() -> list[str]:
    """Migrations that the code knows and the database has not had."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]
