"""Import the residents of one centre: `import_residents FILE --centre NAME [--apply]`."""

from pathlib import Path

from django.core.management.base import CommandError, CommandParser
from django.utils import timezone

from savnet.register.imports import Plan, plan_residents
from savnet.register.imports.command import ImportCommand
from savnet.register.models import Centre


class Command(ImportCommand):
    help = "Viser hva en import av beboere til ett mottak vil endre, og gjennomfører den med --apply."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--centre", required=True, help="navnet eller nummeret på mottaket")

    def plan(self, data: bytes, options: dict[str, object]) -> Plan:
        centre = _centre(str(options["centre"]))
        return plan_residents(data, Path(str(options["file"])).name, centre=centre, today=timezone.localdate())


def _centre(wanted: str) -> Centre:
    found = list(Centre.objects.filter(number=wanted)) or list(Centre.objects.filter(name__iexact=wanted))
    if len(found) != 1:
        names = ", ".join(Centre.objects.values_list("name", flat=True)) or "ingen"
        raise CommandError(f"Fant ikke ett mottak som heter «{wanted}». Registrerte mottak: {names}.")
    return found[0]
