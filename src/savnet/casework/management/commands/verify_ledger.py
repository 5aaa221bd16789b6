"""`verify_ledger`: read every value of every ledger and every letter again, and name each that is damaged."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from savnet.cases.heads import NotHeads, compare, read_heads
from savnet.cases.verifying import Damage
from savnet.casework.verifying import verify
from savnet.sealing import DamagedKeyFile, LooseRights, NoKeyFile


class Command(BaseCommand):
    help = (
        "Reads every value of every ledger and every letter again. Names damaged records by case and number, damaged "
        "letters by case and message; exit code 1 if any. With --heads also every ledger that was cut or rewritten."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--heads", type=Path, metavar="FILE", help="what write-heads wrote earlier, from where it was kept since"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        cut = self._cut(options["heads"]) if options["heads"] else []
        count, read = verify(self._name)
        for damage in cut:
            self._name(damage)
        summary = (
            f"{count.cases} cases, {count.records} records, {count.bytes} sealed bytes, "
            f"{read.letters} letters of {read.bytes} bytes read: "
        )
        if damages := count.damaged + len(cut):
            raise CommandError(f"{summary}{damages} damages.")
        self.stdout.write(f"{summary}all whole.")

    def _cut(self, file: Path) -> list[Damage]:
        """Ledgers that are not what they were. A file of heads that can't be trusted stops the command at once."""
        try:
            then = read_heads(file)
        except (OSError, NotHeads, NoKeyFile, LooseRights, DamagedKeyFile) as problem:
            raise CommandError(str(problem)) from problem
        self.stdout.write(f"Compared with {len(then.heads)} heads of {then.written_at.isoformat(timespec='seconds')}.")
        return list(compare(then))

    def _name(self, damage: Damage) -> None:
        self.stdout.write(str(damage))
