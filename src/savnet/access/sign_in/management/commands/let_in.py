"""`savnet let-in USERNAME`: a code by which somebody new signs in the first time, or a last colleague gets back in."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from savnet.access.models import Person
from savnet.access.sign_in import way_back


class Command(BaseCommand):
    """Writes the code once, to whoever runs the site; it is kept as a hash only."""

    help = "Writes a code by which a person signs in the first time. It works once, within seven days."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username", help="the user name")

    def handle(self, *args: Any, username: str, **options: Any) -> None:
        """Make the code."""
        person = Person.objects.filter(username=username, is_active=True).first()
        if person is None:
            raise CommandError(f"Nobody with access is called {username}.")
        code = way_back.first_way_in(person, timezone.now())
        self.stdout.write(f"{code}\n")
        self.stderr.write(
            f"Tell {person.name} the code by word of mouth. It is used at «Ny her, eller mistet telefonen?»."
        )
