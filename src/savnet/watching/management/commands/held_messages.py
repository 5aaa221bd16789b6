"""`held_messages`: after a restore, what was under way in the backup, and how it is released."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from savnet.delivery.holding import release_as_gone, release_to_be_sent
from savnet.delivery.models import Hold

BY = "savnet held-messages"


class Command(BaseCommand):
    help = (
        "Lists the messages that were under way in a restored backup. No worker touches them before you have said "
        "which went after the backup (--gone, from the mail server's log), and let the rest be sent (--send-rest), "
        "each under the message id it had and marked as a repeat."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--gone", type=Path, help="a file of message ids that went, one to a line; - for stdin")
        parser.add_argument("--send-rest", action="store_true", help="let a worker send all that is still held")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["gone"]:
            self._gone(options["gone"])
        if options["send_rest"]:
            released = release_to_be_sent(by=BY, now=timezone.now())
            self.stdout.write(f"{released} messages are let go, each as a repeat under the message id it had.")
        if not options["gone"] and not options["send_rest"]:
            self._list()

    def _gone(self, source: Path) -> None:
        ids = _ids(sys.stdin.read() if str(source) == "-" else source.read_text(encoding="utf-8"))
        unknown = release_as_gone(ids, by=BY, now=timezone.now())
        self.stdout.write(f"{len(ids) - len(unknown)} messages count as sent; {Hold.objects.count()} are still held.")
        for one in sorted(map(str, unknown)):
            self.stdout.write(f"{one} is not held here: made after the backup? Record by hand that it was sent.")

    def _list(self) -> None:
        held = Hold.objects.select_related("message").defer("message__sealed_letter", "message__sealed_data")
        for one in held.order_by("message__composed_at"):
            message = one.message
            self.stdout.write(f"{message.id}  {message.channel}  {message.composed_at:%Y-%m-%d %H:%M} UTC")
        self.stdout.write(f"{len(held)} messages are held.")


def _ids(text: str) -> set[UUID]:
    try:
        return {UUID(line.strip().strip("<>").partition("@")[0]) for line in text.splitlines() if line.strip()}
    except ValueError as problem:
        raise CommandError("A line of the file is no message id. Nothing was changed.") from problem
