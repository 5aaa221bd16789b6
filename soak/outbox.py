"""The control's worker: it marks a letter as sent, and then sends it, as ours would if it were made the easy way."""

from typing import Any

import psycopg
from django.conf import settings

from savnet.delivery.channels.encrypted_email.channel import _server
from savnet.delivery.channels.encrypted_email.smtp import carry
from soak.house import where

Line = psycopg.Connection[tuple[Any, ...]]
RECEIVER = "bv@granvik.example"
BODY = "Et brev.\r\n" * 400


def mark(database: Line) -> str | None:
    """Take the next letter and mark it as sent; None where there is none."""
    rows = database.execute(
        "UPDATE outbox SET sent = true WHERE id IN (SELECT id FROM outbox WHERE NOT sent LIMIT 1"
        " FOR UPDATE SKIP LOCKED) RETURNING id"
    ).fetchall()
    return str(rows[0][0]) if rows else None


def send_all() -> None:
    """Mark, then send, until nothing is left."""
    with psycopg.connect(**where(), autocommit=True) as database:
        while letter := mark(database):
            heads = f"From: {settings.MAIL_FROM}\r\nTo: {RECEIVER}\r\nMessage-ID: <{letter}@savnet.example>"
            mail = f"{heads}\r\n\r\n{BODY}".encode()
            carry(mail, sender=settings.MAIL_FROM, receiver=RECEIVER, server=_server())
