"""Messages that have come to a standstill: for the wire, long composed, and neither accepted nor on paper."""

from datetime import datetime

from savnet.delivery.models import Message
from savnet.delivery.standing import progress
from savnet.delivery.words import Progress
from savnet.rules.words import Channel
from savnet.watching.limits import STUCK_AFTER

WIRED = tuple(
    one.value for one in (Channel.ENCRYPTED_EMAIL, Channel.EFORMIDLING, Channel.FIKS, Channel.SVARUT, Channel.ALTINN)
)
"""What a worker carries; whatever else a message waits for is a person's hands."""

UNDONE = frozenset(Progress) - {Progress.ACCEPTED, Progress.DELIVERED, Progress.OPENED}
"""Also what a channel has taken and not delivered: taken is not sent."""


def stuck(now: datetime) -> list[Message]:
    """What a person must look into, oldest first."""
    waiting = Message.objects.filter(
        channel__in=WIRED, composed_at__lt=now - STUCK_AFTER, withdrawal__isnull=True, receipts__isnull=True
    )
    rows = waiting.defer("sealed_letter", "sealed_data").prefetch_related("attempts", "statuses")
    return [one for one in rows if progress(list(one.attempts.all()), list(one.statuses.all())) in UNDONE]
