"""`keep_packets`: what each centre has to go by when Savnet is down, made now and not within the hour."""

import sys
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from savnet.casework.contained import NotAllDone
from savnet.casework.fallback import folder_of, keep_all
from savnet.followup.models import FallbackPacket


class Command(BaseCommand):
    help = (
        "Sees to the packets outside Savnet at once, as the worker does every hour: before work on the machine, or to "
        "see why one is lacking. Exit code 1 if what is owed somewhere does not lie sealed at its centre."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        all_noted = self._all_noted()
        rows = FallbackPacket.objects.select_related("centre").order_by("centre__name")
        for one in rows:
            told = one.why_not or (f"{one.cases} open cases, sealed" if one.cases else "no open case")
            self.stdout.write(f"{folder_of(one.centre)}: {told}")
        if not all_noted or any(one.why_not for one in rows):
            sys.exit(1)

    def _all_noted(self) -> bool:
        """See to every centre's; whether what is told below is how it stands at each."""
        try:
            keep_all(timezone.now())
        except NotAllDone as problem:
            self.stderr.write(f"{problem} could not be seen to at all; what is told of them is old. See the log.")
            return False
        return True
