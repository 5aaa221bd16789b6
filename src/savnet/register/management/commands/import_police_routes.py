"""Import which police district each municipality belongs to: `import_police_routes FILE [--apply]`."""

from pathlib import Path

from django.utils import timezone

from savnet.register.imports import Plan, plan_routes
from savnet.register.imports.command import ImportCommand


class Command(ImportCommand):
    help = "Viser hva en liste over kommunenes politidistrikt vil endre, og importerer den med --apply."

    def plan(self, data: bytes, options: dict[str, object]) -> Plan:
        return plan_routes(data, Path(str(options["file"])).name, today=timezone.localdate())
