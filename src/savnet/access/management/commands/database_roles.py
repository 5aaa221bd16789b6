"""`savnet database-roles`: what the database's administrator runs once, before the first migration."""

from typing import Any

from django.core.management.base import BaseCommand

from savnet.access.row_roles import MAKE, MEMBERS, OWNS


class Command(BaseCommand):
    help = (
        "Prints the SQL that makes the database's roles, and gives the tables to their owner. Pipe it to psql as the "
        "database's administrator, in Savnet's own database; it can be run again. Then give the roles that log in "
        "their passwords."
    )
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write("\n".join((MAKE, MEMBERS, OWNS)))
