"""`restore_drill`: proves that a backup can be restored, by doing it beside the house."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

import psycopg
from django.core.management.base import BaseCommand, CommandError

from savnet.watching.backup.container import DamagedBackup
from savnet.watching.backup.drill import DrillFailed, drill
from savnet.watching.backup.offline_key import offline_key
from savnet.watching.backup.programs import NoProgram, ProgramFailed
from savnet.watching.backup.recipients import NotForThisKey, UnusableKey

EXPECTED = (UnusableKey, NotForThisKey, DamagedBackup, DrillFailed, NoProgram, ProgramFailed, OSError, psycopg.Error)


class Command(BaseCommand):
    help = (
        "Restores a backup into a scratch database on the same server, with the wrapping keys from their own backup, "
        "verifies every ledger, derives every row anew, says how long it took, and removes the scratch database."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("source", type=Path, help="the backup of the database")
        parser.add_argument("--keys", type=Path, required=True, help="the backup of the key file")
        parser.add_argument("--key", type=Path, required=True, help="the offline private key (PEM)")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            done = drill(options["source"], options["keys"], offline_key(options["key"]))
        except EXPECTED as problem:
            raise CommandError(f"The drill failed: {problem}") from problem
        for line in done.said:
            self.stdout.write(line)
        self.stdout.write(
            f"Restored in {done.seconds / 60:.2f} minutes: {done.tables} tables, {done.rows} rows, "
            f"{done.heads} heads and {done.records} records verified."
        )
