"""Import centres: `import_centres FILE [--apply]`."""

from pathlib import Path

from django.utils import timezone

from savnet.register.imports import Plan, plan_centres
from savnet.register.imports.command import ImportCommand


class Command(ImportCommand):
    help = "Viser hva en import av mottak vil endre, og gjennomfører den med --apply."

    def plan(self, data: bytes, options: dict[str, object]) -> Plan:
        return plan_centres(data, Path(str(options["file"])).name, today=timezone.localdate())
