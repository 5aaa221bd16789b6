"""`restore`: a backup into an empty database, or with --keys the key file to where it belongs."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from savnet.access.row_applying import NoRoles, apply_row_security
from savnet.delivery.holding import hold_all
from savnet.watching.backup.container import DamagedBackup
from savnet.watching.backup.offline_key import offline_key
from savnet.watching.backup.programs import NoProgram, ProgramFailed
from savnet.watching.backup.recipients import NotForThisKey, UnusableKey
from savnet.watching.backup.restoring import NotEmpty, restore_database, restore_keys
from savnet.watching.stuck import WIRED


class Command(BaseCommand):
    help = (
        "Fills the empty database that the settings name from a backup, whole or not at all. Start no worker before "
        "you have run verify-ledger and rebuild, and know what was sent after the backup was made."
    )
    # The database is empty, and that is no fault here.
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("source", type=Path, help="the backup")
        parser.add_argument("--key", type=Path, required=True, help="the offline private key (PEM)")
        parser.add_argument("--keys", action="store_true", help="restore the key file instead of the database")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            key = offline_key(options["key"])
            if options["keys"]:
                restore_keys(options["source"], key, Path(settings.KEY_FILE))
            else:
                restore_database(options["source"], key)
                apply_row_security()
                held = hold_all(WIRED, timezone.now())
        except (
            UnusableKey,
            NotForThisKey,
            DamagedBackup,
            NotEmpty,
            NoProgram,
            ProgramFailed,
            NoRoles,
            OSError,
        ) as problem:
            raise CommandError(str(problem)) from problem
        if options["keys"]:
            self.stdout.write(f"The key file is back at {settings.KEY_FILE}.")
        else:
            self.stdout.write("The database is back. Now: savnet verify-ledger, then savnet rebuild --check.")
            self.stdout.write(f"{held} messages were under way and are held. Now: savnet held-messages.")
