"""`savnet tie-identity USERNAME ISSUER`: who one of ours is at an issuer outside, as standard input says."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import IntegrityError, transaction
from django.utils import timezone

from savnet.access.models import Person
from savnet.access.sign_in.models import Identity
from savnet.web.oidc.belonging import subject_hash
from savnet.web.oidc.issuers import issuer as issuer_called


class Command(BaseCommand):
    """Ties a person to a subject; never on the command line, where every other user of the machine could read it."""

    help = (
        "Ties a person to an identity at an issuer. The national identity number, or sub, is read from standard input."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username", help="the user name")
        parser.add_argument("issuer", help="the slug of the issuer in SAVNET_OUTSIDE_SIGN_IN")

    def handle(self, *args: Any, username: str, issuer: str, **options: Any) -> None:
        """Tie, in place of an earlier tie to the same issuer."""
        known, person = issuer_called(issuer), Person.objects.filter(username=username).first()
        if known is None or person is None:
            raise CommandError(f"There is no {username if known else issuer}.")
        subject = sys.stdin.readline().strip()
        if not subject:
            raise CommandError("Give the number, or sub, on standard input.")
        try:
            with transaction.atomic():
                Identity.objects.update_or_create(
                    person=person,
                    issuer=issuer,
                    defaults={"subject": subject_hash(known, subject), "made_at": timezone.now()},
                )
        except IntegrityError as taken:
            raise CommandError("The identity is tied to somebody else already.") from taken
        self.stdout.write(f"{person.name} may sign in at {known.name}.\n")
