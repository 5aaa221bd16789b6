"""`rebuild`: derive all rows anew from the ledgers and report what was different."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from savnet.cases.rebuilding import rebuild


class Command(BaseCommand):
    help = "Derives all obligations anew from the ledgers. Exit code 1 if anything was not as the ledger has it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="only report, change nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        check = bool(options["check"])
        cases = found = 0
        for rebuilt in rebuild(check=check):
            cases += 1
            found += len(rebuilt.differences)
            for difference in rebuilt.differences:
                self.stdout.write(str(difference))
        summary = f"{cases} cases {'checked' if check else 'rebuilt'}, {found} differences."
        if found:
            raise CommandError(summary)
        self.stdout.write(summary)
