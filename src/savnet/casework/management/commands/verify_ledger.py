"""`verify_ledger`: read every value of every ledger and every letter again, and name each that is damaged."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from savnet.casework.verifying import verify


class Command(BaseCommand):
    help = (
        "Reads every value of every ledger and every letter again. Names damaged records by case and number, damaged "
        "letters by case and message; exit code 1 if any."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        count, read = verify(lambda damage: self.stdout.write(str(damage)))
        summary = (
            f"{count.cases} cases, {count.records} records, {count.bytes} sealed bytes, "
            f"{read.letters} letters of {read.bytes} bytes read: "
        )
        if count.damaged:
            raise CommandError(f"{summary}{count.damaged} damages.")
        self.stdout.write(f"{summary}all whole.")
