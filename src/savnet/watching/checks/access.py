"""Questions about access: who are we to the database, is the log of looks whole, and is somebody searching?"""

from collections.abc import Iterator
from datetime import datetime

from django.db import connection

from savnet.access import spool
from savnet.access.looks_verifying import LookDamage, verify_looks
from savnet.access.models import Person
from savnet.access.refused import searching
from savnet.access.row_rules import CLOSED
from savnet.watching.findings import Finding, warning, well, wrong

ROLES, LOG, TRIES = "database role", "access log", "refused looks"
SAMPLE = 20
"""So many people's chains are read, drawn anew each time."""
WHO = """
    SELECT current_user, rolsuper, rolbypassrls,
           EXISTS (SELECT 1 FROM pg_class WHERE relowner = r.oid AND relname = ANY (%(closed)s)),
           (SELECT array_agg(relname ORDER BY relname) FROM pg_class
            WHERE relname = ANY (%(closed)s) AND relnamespace = 'public'::regnamespace
              AND NOT (relrowsecurity AND relforcerowsecurity))
    FROM pg_roles r WHERE rolname = current_user
"""


def role(now: datetime) -> Iterator[Finding]:
    """Whether row-level security stands, and holds for the role that we are."""
    with connection.cursor() as cursor:
        cursor.execute(WHO, {"closed": list(CLOSED)})
        name, superuser, bypasses, owns, unprotected = cursor.fetchone()
    if unprotected:
        says = f"{len(unprotected)} tables are without row-level security, as {unprotected[0]}"
        yield wrong(ROLES, says, "run savnet migrate, and find out who took it away")
    above = [why for why, so in (("superuser", superuser), ("past row security", bypasses)) if so]
    if above:
        do = "set SAVNET_DATABASE_URL to savnet_app for the web and savnet_worker for workers"
        yield warning(ROLES, f"we are {name}, who is {' and '.join(above)}", do)
    elif owns:
        yield well(ROLES, f"{name} owns the tables: right for migrations, never for the web or a worker")
    else:
        yield well(ROLES, f"{name} owns nothing and can't look past row security")


def log(now: datetime) -> Iterator[Finding]:
    """Whether the log is whole, and whether anything waits to be written to it."""
    damages: list[LookDamage] = []
    sample = Person.objects.order_by("?").values_list("id", flat=True)[:SAMPLE]
    read = verify_looks(damages.append, people_ids=list(sample))
    if damages:
        do = "run savnet verify-access-log for the extent, and restore from a backup"
        yield wrong(LOG, f"{len(damages)} chains are damaged: {damages[0]}", do)
    else:
        yield well(LOG, f"{read.looks} looks of {read.people} people, every chain whole")
    if waiting := spool.waiting():
        do = (
            "find out why the log could not be written; they are taken in by themselves when it can, but for one that "
            "can't be read: see the site's log"
        )
        yield wrong(LOG, f"{len(waiting)} looks made in an emergency wait to be written", do)


def refused(now: datetime) -> Iterator[Finding]:
    """Whether somebody asks for many things that are not theirs."""
    found = searching(now)
    if found:
        do = "let the leader of the centre ask why; the list is under «Hvem har sett hva»"
        yield warning(TRIES, f"{len(found)} people have asked for much that is not theirs within the hour", do)
    else:
        yield well(TRIES, "nobody asks for much that is not theirs")
