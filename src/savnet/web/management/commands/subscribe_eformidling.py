"""`savnet subscribe-eformidling`: lets our integrasjonspunkt tell this site at once when a message has come further."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse

from savnet.delivery.channel import CannotSend, Refused
from savnet.delivery.channels.eformidling.channel import from_settings


class Command(BaseCommand):
    """Asks for pushes to the address that hints come to; what is pushed only makes us ask sooner."""

    help = (
        "Asks the integrasjonspunkt to push changes of status to this site, unless it does already. The site must run, "
        "and the integrasjonspunkt must reach it: it posts to SAVNET_ADDRESS before it says yes."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Subscribe, once however often it is asked."""
        if not settings.ADDRESS:
            raise CommandError("SAVNET_ADDRESS is not set: the integrasjonspunkt must be told where this site is.")
        endpoint = settings.ADDRESS + reverse("delivery-hint")
        try:
            new = from_settings().access_point.subscribe(endpoint)
        except CannotSend as missing:
            raise CommandError(missing.reason) from missing
        except Refused as no:
            raise CommandError(
                f"{no.answer} Nothing is subscribed. See that the site runs, and that the integrasjonspunkt reaches "
                f"{endpoint}. Until then statuses are asked for, as always."
            ) from no
        self.stdout.write(f"{'From now on' if new else 'Already'} pushed to {endpoint}.\n")
