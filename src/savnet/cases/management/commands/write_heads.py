"""`write_heads`: write down where every ledger ends, signed, to be kept out of the administrator's reach."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from savnet.cases.errors import DamagedLedger
from savnet.cases.heads import write_heads
from savnet.sealing import DamagedKeyFile, LooseRights


class Command(BaseCommand):
    help = (
        "Writes where every ledger ends to a new FILE, signed. Keep it on another machine: verify-ledger --heads FILE "
        "then names every ledger that was cut or rewritten since."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE", help="a file that does not exist yet")

    def handle(self, *args: Any, **options: Any) -> None:
        file: Path = options["file"]
        try:
            written = write_heads(file, timezone.now())
        except FileExistsError as there:
            raise CommandError(f"{file} is there already, and heads are never replaced. Give another name.") from there
        except (OSError, LooseRights, DamagedKeyFile, DamagedLedger) as problem:
            raise CommandError(str(problem)) from problem
        self.stdout.write(f"{len(written.heads)} heads written to {file}. Keep it where nobody here can change it.")
