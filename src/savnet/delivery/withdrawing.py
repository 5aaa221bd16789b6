"""Withdraw a message: no attempt begins after it. What was tried before stands, and may have arrived."""

import uuid
from datetime import datetime

from django.db import transaction

from savnet.delivery.models import Message, Withdrawal


def withdraw(message_id: uuid.UUID, *, why: str, by: str, now: datetime) -> Withdrawal:
    """Let no further attempt begin. Withdrawn twice is withdrawn once, for the first reason.

    An attempt that is under way ends by itself, and its outcome is kept.
    """
    with transaction.atomic():
        message = Message.objects.select_for_update().only("id").get(id=message_id)
        row, _ = Withdrawal.objects.get_or_create(
            message=message, defaults={"at": now, "why": why[:400], "recorded_by": by}
        )
        return row
