"""`verify_ledger`: read every value of every ledger again and name each damaged record."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from savnet.cases.verifying import verify


class Command(BaseCommand):
    help = "Reads every value of every ledger again. Names damaged records by case and number; exit code 1 if any."

    def handle(self, *args: Any, **options: Any) -> None:
        count = verify(lambda damage: self.stdout.write(str(damage)))
        summary = f"{count.cases} cases, {count.records} records, {count.bytes} sealed bytes read: "
        if count.damaged:
            raise CommandError(f"{summary}{count.damaged} damages.")
        self.stdout.write(f"{summary}all whole.")
