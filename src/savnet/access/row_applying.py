"""Make the database hold what `row_rules` says: roles, rights, functions and policies, after every migration.

Not in migrations: a policy is to be that of the code that runs, for every table there is, and not the sum of what has
been migrated. Nothing is touched where all is as it should be already.
"""

import hashlib
from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import connection, transaction

from savnet.access import row_roles
from savnet.access.row_functions import functions
from savnet.access.row_roles import APP, OWNER, READS, WEB, WORKER
from savnet.access.row_rules import CLOSED, ONLY_ADDED, ONLY_READ, WRITTEN

LOCK = "SELECT pg_advisory_xact_lock(hashtextextended('savnet row security', 0))"
STANDS = "SELECT obj_description(to_regprocedure('savnet_me()'), 'pg_proc')"
ABSENT = """
    SELECT array_agg(name) FROM unnest(%s::text[]) name
    WHERE NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = name)
"""
LEAST = frozenset({"register_resident", "cases_case", "cases_obligationrow", "delivery_message"})


class NoRoles(Exception):
    """The database's roles are not there, and we may not make them."""


def apply_row_security(**_: Any) -> None:
    """Bring roles, rights, functions and policies up to date. Raises NoRoles."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(LOCK)
        tables = frozenset(connection.introspection.table_names(cursor))
        if not tables >= LEAST:
            return  # migrated only so far that there is nothing to protect yet
        wanted = "\n".join(_statements(tables))
        mark = hashlib.sha256(wanted.encode()).hexdigest()
        cursor.execute(STANDS)
        if cursor.fetchone()[0] == mark and _granted(cursor):
            return
        _make_roles(cursor)
        cursor.execute(wanted)
        cursor.execute(f"COMMENT ON FUNCTION savnet_me() IS '{mark}'")


def _granted(cursor: Any) -> bool:
    """A database that was restored has the policies, but none of the rights."""
    cursor.execute(ABSENT, [list(row_roles.ALL)])
    if cursor.fetchone()[0]:
        return False
    cursor.execute("SELECT has_table_privilege(%s, 'cases_case', 'SELECT')", [WEB])
    return bool(cursor.fetchone()[0])


def _make_roles(cursor: Any) -> None:
    cursor.execute("SELECT rolsuper OR rolcreaterole FROM pg_roles WHERE rolname = current_user")
    may_make = cursor.fetchone()[0]
    cursor.execute(ABSENT, [list(row_roles.ALL)])
    if missing := cursor.fetchone()[0]:
        if not may_make:
            raise NoRoles(
                f"The database has no role {', '.join(missing)}. "
                "Have its administrator run what savnet database-roles prints."
            )
        cursor.execute(row_roles.MAKE)
        cursor.execute(row_roles.MEMBERS)


def _statements(tables: frozenset[str]) -> Iterator[str]:
    yield functions(tables)
    yield f"GRANT USAGE ON SCHEMA public TO {APP}, {WEB}, {WORKER}, {READS};"
    yield f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {APP}, {WEB}, {WORKER};"
    for table in sorted(tables):
        yield _rights(table)
    for table, condition in CLOSED.items():
        if table in tables:
            yield _policies(table, condition)


def _rights(table: str) -> str:
    """Who may do what in a table at all; the rows are another matter."""
    what = "SELECT, INSERT" if table in ONLY_ADDED else "SELECT, INSERT, UPDATE, DELETE"
    what = "SELECT" if table in ONLY_READ else what
    who = f"{WEB}, {WORKER}" if table in CLOSED else f"{APP}, {WEB}, {WORKER}"
    return f'REVOKE ALL ON "{table}" FROM {APP}, {WEB}, {WORKER}; GRANT {what} ON "{table}" TO {who};'


def _policies(table: str, condition: str) -> str:
    """Without a policy nobody reaches a row, the owner included: so the owner, who migrates them, has one too."""
    every = {
        "asked": f"TO {WEB} USING ({condition}) WITH CHECK ({WRITTEN.get(table, condition)})",
        "works": f"TO {WORKER} USING (true) WITH CHECK (true)",
        "migrates": f"TO {OWNER} USING (true) WITH CHECK (true)",
        "reads": f"FOR SELECT TO {READS} USING (true)",
    }
    made = "".join(
        f'DROP POLICY IF EXISTS {name} ON "{table}"; CREATE POLICY {name} ON "{table}" {what};\n'
        for name, what in every.items()
    )
    return f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY; ALTER TABLE "{table}" FORCE ROW LEVEL SECURITY;\n{made}'


def our_tables() -> frozenset[str]:
    """The tables of our own applications."""
    ours = (one for one in apps.get_app_configs() if one.name.startswith("savnet."))
    models = (model for config in ours for model in config.get_models(include_auto_created=True))
    return frozenset(model._meta.db_table for model in models)
