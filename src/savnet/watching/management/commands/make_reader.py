"""`make_reader`: the database role of the second reader, which may read what it needs and nothing else."""

import os
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction
from psycopg import sql

from savnet.access.row_roles import READS as READS_EVERY_ROW
from savnet.watching import reader_seen

READS = (
    "cases_case",
    "cases_casekey",
    "cases_record",
    "cases_obligationrow",
    "procrastinate_workers",
    "watching_heartbeat",
    "watching_canary",
    "watching_wayout",
)
READS_IN_PART = (
    ("register_centre", ("id", "exercise_of_id")),  # which cases are of an exercise; nothing else of a centre
    ("procrastinate_jobs", ("id", "task_name")),  # when the ladder of alarms was last gone up; nothing of a letter
    ("procrastinate_events", ("job_id", "type", "at")),
    ("followup_acknowledgement", ("case_id", "subject", "until")),
)
MAY_DO = (sql.SQL("savnet_reader_reported()"), sql.SQL("savnet_told_of(timestamptz, timestamptz)"))
"""Say that it was there; and hear of what somebody was told, not who."""

SHORTEST = 20


class Command(BaseCommand):
    help = (
        "Makes the second reader's database role, or gives it a new password. It may read the ledgers, the rows "
        "derived from them and the heartbeats; no names, no letters, and it may change nothing but say that it has "
        "been there. Run it again after each upgrade. The password is "
        f"taken from SAVNET_READER_PASSWORD, and must have {SHORTEST} characters or more."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--name", default="savnet_reader", help="what the role is called (savnet_reader)")
        parser.add_argument("--forget", action="store_true", help="there is no second reader any more: don't miss it")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["forget"]:
            known = reader_seen.forget()
            self.stdout.write("The second reader is not missed any more." if known else "None has ever reported.")
            return
        password = os.environ.get("SAVNET_READER_PASSWORD", "")
        if len(password) < SHORTEST:
            raise CommandError(f"Set SAVNET_READER_PASSWORD to {SHORTEST} random characters or more.")
        make_reader(options["name"], password)
        self.stdout.write(f"The role {options['name']} may log in, and read {', '.join(READS)}.")


def make_reader(name: str, password: str) -> None:
    """Make the role, or set its password anew, and give it exactly these rights."""
    role, tables = sql.Identifier(name), sql.SQL(", ").join(map(sql.Identifier, READS))
    with transaction.atomic(), connection.cursor() as cursor:
        driver = cursor.connection
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [name])
        verb = sql.SQL("ALTER ROLE" if cursor.fetchone() else "CREATE ROLE")
        # Only a proof of the password travels: statements may end in the server's log.
        proof = driver.pgconn.encrypt_password(password.encode(), name.encode(), b"scram-sha-256").decode()
        rights = sql.SQL("LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS CONNECTION LIMIT 3")
        for statement in (
            sql.SQL("{} {} {} PASSWORD {}").format(verb, role, rights, sql.Literal(proof)),
            sql.SQL("ALTER ROLE {} SET default_transaction_read_only = on").format(role),
            sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(sql.Identifier(driver.info.dbname), role),
            sql.SQL("GRANT USAGE ON SCHEMA public TO {}").format(role),
            sql.SQL("GRANT SELECT ON {} TO {}").format(tables, role),
            *(_in_part(table, columns, role) for table, columns in READS_IN_PART),
            *(_alone(function, role) for function in MAY_DO),
            # Row-level security shows the members of this role every row; which tables, the line above says.
            sql.SQL("GRANT {} TO {}").format(sql.Identifier(READS_EVERY_ROW), role),
        ):
            cursor.execute(statement.as_string(driver))


def _alone(function: sql.SQL, role: sql.Identifier) -> sql.Composed:
    """It, and nobody else: a database that was restored lets everybody."""
    allow = "REVOKE ALL ON FUNCTION {0} FROM PUBLIC; GRANT EXECUTE ON FUNCTION {0} TO {1}"
    return sql.SQL(allow).format(function, role)


def _in_part(table: str, columns: tuple[str, ...], role: sql.Identifier) -> sql.Composed:
    named = sql.SQL(", ").join(map(sql.Identifier, columns))
    return sql.SQL("GRANT SELECT ({}) ON {} TO {}").format(named, sql.Identifier(table), role)
