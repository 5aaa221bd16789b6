"""Questions to the database: does it answer, is it the kind we need, and is it up to date?"""

from collections.abc import Iterator
from datetime import datetime

from django.conf import settings
from django.db import DatabaseError, connection

from savnet.watching.findings import Finding, warning, well, wrong
from savnet.watching.readiness import unapplied_migrations

OLDEST = 150000
NAME = "database"
FACTS = """
    SELECT current_setting('server_version_num')::int, current_setting('server_version'),
           current_setting('listen_addresses'), pg_is_in_recovery(),
           (SELECT rolsuper FROM pg_roles WHERE rolname = current_user)
"""


def answers(now: datetime) -> Iterator[Finding]:
    """Whether PostgreSQL answers, is new enough, may be written to, and where it is."""
    try:
        with connection.cursor() as cursor:
            cursor.execute(FACTS)
            number, version, listens, standby, superuser = cursor.fetchone()
    except DatabaseError as problem:
        yield wrong(NAME, f"does not answer ({type(problem).__name__})", "start PostgreSQL; see SAVNET_DATABASE_URL")
        return
    place = "embedded, on this machine only" if not listens else "a server of its own"
    yield well(NAME, f"PostgreSQL {version.split()[0]}, {place}")
    if number < OLDEST:
        yield wrong(NAME, f"PostgreSQL {version} is too old", "upgrade to PostgreSQL 15 or newer")
    if standby:
        yield wrong(NAME, "is a copy that can only be read", "point SAVNET_DATABASE_URL to the primary server")
    if superuser and not settings.DEMO:
        yield warning(
            NAME, "we are its superuser, whom no trigger stops for good", "let Savnet use a role without that right"
        )


def migrations(now: datetime) -> Iterator[Finding]:
    """Whether the database is of the version that the code is for."""
    if missing := unapplied_migrations():
        yield wrong("migrations", f"{len(missing)} not applied, first {missing[0]}", "run savnet migrate")
    else:
        yield well("migrations", "all applied")
