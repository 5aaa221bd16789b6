"""`savnet demo-data`: move invented centres, residents and cases in. Refused outside the demo."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from savnet.demo import (
    cases,
    day_before,
    for_two,
    left_undone,
    offices,
    offices_at_work,
    overseers,
    people,
    places,
    residents,
)


class Command(BaseCommand):
    """Puts in the demo data; run again, it adds nothing."""

    help = "Legger inn oppdiktede mottak, beboere og saker."

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it, all or nothing."""
        if not settings.DEMO:
            raise CommandError("Dette er ikke demoen. Oppdiktede data legges bare inn når SAVNET_DEMO=1.")
        now = timezone.now()
        with transaction.atomic():
            granvik, solvaer = places.furnish()
            offices.furnish(now)
            offices.certify((granvik, solvaer), now)
            night = people.furnish(granvik, solvaer)
            everyone = residents.furnish(granvik, solvaer, now)
            if not hasattr(everyone[0], "case"):
                cases.furnish(everyone, night, now)
                offices_at_work.furnish(everyone, night, now)
                day_before.furnish(everyone, night, now)
                overseers.furnish(granvik, everyone, night, now)
                left_undone.furnish(everyone, night, now)
                for_two.furnish(everyone, night, now)
        self.stdout.write(f"{len(everyone)} oppdiktede beboere ved {granvik} og {solvaer}.")
