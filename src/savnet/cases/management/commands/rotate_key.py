"""`rotate_key`: change the key that wraps the keys of all cases."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from savnet.cases.rotating import retire, rotate


class Command(BaseCommand):
    help = (
        "Makes a new wrapping key and wraps every case's key anew. Stopped midway, run it again: it goes on where it "
        "was. Old wrapping keys stay in the key file until --retire."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--retire",
            action="store_true",
            help="make no new key; forget the old ones that no case uses (backups from before then no longer open)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["retire"]:
            self._retire()
        else:
            self._rotate()

    def _rotate(self) -> None:
        rotation = rotate()
        begun = "Finished the rotation to" if rotation.resumed else "Rotated to the new"
        self.stdout.write(f"{begun} wrapping key {rotation.key_id}: {rotation.rewrapped} case keys wrapped anew.")
        self.stdout.write(f"Back up {settings.KEY_FILE} now, apart from the database. Without it nothing can be read.")
        if rotation.unopened:
            cases = ", ".join(map(str, rotation.unopened))
            raise CommandError(f"These cases' keys did not open and stay as they were: {cases}. Run verify_ledger.")

    def _retire(self) -> None:
        retired, in_use = retire()
        for key_id in retired:
            self.stdout.write(f"Wrapping key {key_id} is forgotten.")
        if in_use:
            kept = ", ".join(f"{key_id} ({cases} cases)" for key_id, cases in in_use.items())
            raise CommandError(f"Still in use and kept: {kept}. Run rotate_key to the end first.")
        if not retired:
            self.stdout.write("There is no old wrapping key.")
