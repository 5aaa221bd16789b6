"""What the two import commands share: read the file, show the plan, and do it when asked to."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser

from savnet.register.imports.plan import ChangedSince, HasErrors, Plan, apply
from savnet.register.imports.report import lines
from savnet.register.imports.sheet import MAX_BYTES, UnreadableFile


class ImportCommand(BaseCommand):
    """Without --apply nothing is changed."""

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="CSV- eller XLSX-fil")
        parser.add_argument("--apply", action="store_true", help="gjennomfør importen, ikke bare vis den")

    def plan(self, data: bytes, options: dict[str, object]) -> Plan:
        """The plan for this file."""
        raise NotImplementedError

    def handle(self, *args: object, **options: object) -> None:
        try:
            plan = self.plan(_bytes(Path(str(options["file"]))), options)
        except UnreadableFile as error:
            raise CommandError(str(error)) from error
        for line in lines(plan):
            self.stdout.write(line)
        if options["apply"] or plan.errors:  # a script must be able to tell a list with errors from one without
            self._apply(plan)
        else:
            self.stdout.write("Ingenting er endret. Kjør på nytt med --apply for å importere.")

    def _apply(self, plan: Plan) -> None:
        try:
            apply(plan)
        except (HasErrors, ChangedSince) as error:
            raise CommandError(str(error)) from error
        self.stdout.write("Importert.")


def _bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)  # one more than allowed, so that too much is seen without reading it all
    except OSError as error:
        raise CommandError(f"Kan ikke lese {path}: {error.strerror}") from error
