"""`backup`: the database, or with --keys the key file, sealed to offline keys."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from savnet.watching.backup.making import back_up_database, back_up_keys
from savnet.watching.backup.programs import NoProgram, ProgramFailed
from savnet.watching.backup.recipients import UnusableKey, read_public


class Command(BaseCommand):
    help = (
        "Writes the whole database to a file that only the holders of the offline keys can open. The wrapping keys "
        "are not in it: back them up with --keys, to another place. Without both, nothing can be read."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("target", type=Path, help="the file to make; never written over")
        parser.add_argument("--to", type=Path, nargs="+", required=True, help="public keys (PEM, X25519 or RSA)")
        parser.add_argument("--keys", action="store_true", help="back up the key file instead of the database")

    def handle(self, *args: Any, **options: Any) -> None:
        make = back_up_keys if options["keys"] else back_up_database
        try:
            to = [read_public(path.read_bytes()) for path in options["to"]]
            size = make(options["target"], to, timezone.now())
        except (UnusableKey, NoProgram, ProgramFailed, OSError) as problem:
            raise CommandError(str(problem)) from problem
        what = "The key file" if options["keys"] else "The database"
        self.stdout.write(f"{what} is in {options['target']}: {size} bytes, sealed to {len(to)} keys.")
