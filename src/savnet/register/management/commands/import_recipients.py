"""Import those who are told: `import_recipients FILE [--apply]`."""

from pathlib import Path

from django.utils import timezone

from savnet.register.imports import Plan, plan_recipients
from savnet.register.imports.command import ImportCommand


class Command(ImportCommand):
    help = "Viser hva en import av mottakere av varsler vil endre, og gjennomfører den med --apply."

    def plan(self, data: bytes, options: dict[str, object]) -> Plan:
        return plan_recipients(data, Path(str(options["file"])).name, today=timezone.localdate())
