"""`verify_access_log`: read every look in the access log again, and name each chain that is damaged."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from savnet.access.looks_verifying import LookDamage, compare_looks, verify_looks
from savnet.cases.heads import NotHeads, read_heads
from savnet.sealing import DamagedKeyFile, LooseRights, NoKeyFile


class Command(BaseCommand):
    help = (
        "Reads every look in the access log again, and names each person's chain that is damaged and from where; exit "
        "code 1 if any. With --heads also every chain that was cut or rewritten since."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--heads", type=Path, metavar="FILE", help="what write-heads wrote earlier, from where it was kept since"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        cut = self._cut(options["heads"]) if options["heads"] else []
        read = verify_looks(self._name)
        for damage in cut:
            self._name(damage)
        summary = f"{read.looks} looks of {read.people} people read: "
        if damages := read.damaged + len(cut):
            raise CommandError(f"{summary}{damages} chains damaged.")
        self.stdout.write(f"{summary}all whole.")

    def _cut(self, file: Path) -> list[LookDamage]:
        try:
            then = read_heads(file)
        except (OSError, NotHeads, NoKeyFile, LooseRights, DamagedKeyFile) as problem:
            raise CommandError(str(problem)) from problem
        return list(compare_looks(then.looks))

    def _name(self, damage: LookDamage) -> None:
        self.stdout.write(str(damage))
