"""Canaries: an hourly message to ourselves over each channel whose other end we can read, to see that it gets through.

A canary goes the way of every letter: the same channel, the same keys, the same mail server. It holds nothing.
"""

import logging
import uuid
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from savnet.delivery import registry
from savnet.delivery.channel import CannotSend, Envelope, Refused, Taken, Unclear
from savnet.rules.words import Channel
from savnet.watching.limits import CANARY_LATE, CANARY_MISSED, KEEP_HEARTBEATS
from savnet.watching.mailbox import MailboxClosed, of
from savnet.watching.models import Canary

CONTENT = b"%PDF-1.4\n% A canary of Savnet's own. It says nothing, and needs no answer.\n%%EOF\n"

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Flight:
    """How the canaries of a channel fare: the newest, and whether somebody must look into it."""

    channel: str
    newest: Canary | None
    lost: bool
    silent: bool

    @property
    def alarming(self) -> bool:
        """Whether the channel can no longer be trusted to carry letters."""
        return self.lost or self.silent


def channels() -> tuple[str, ...]:
    """The channels over which canaries fly: those whose own mailbox we have been told how to read."""
    return (Channel.ENCRYPTED_EMAIL.value,) if settings.CANARY_MAILBOX else ()


def send_all(now: datetime) -> list[Canary]:
    """Send one over every channel."""
    return [_send(channel, now) for channel in channels()]


def _send(channel: str, now: datetime) -> Canary:
    # A row before the network is touched: one that dies on the way must be missed.
    canary = Canary.objects.create(id=uuid.uuid4(), channel=channel, sent_at=now)
    envelope = Envelope(
        message_id=canary.id, address=settings.MAIL_FROM, at=now, certificate=settings.SIGNING_CERTIFICATE
    )
    try:
        answer = registry.channel(channel).send(envelope, CONTENT)
        canary.answer = (answer.answer if isinstance(answer, Taken) else answer)[:400]
    except (CannotSend, Refused, Unclear) as problem:
        log.warning("a canary was not sent", exc_info=problem, extra={"channel": channel})
        canary.failure = str(problem)[:400]
    canary.save(update_fields=["answer", "failure"])
    return canary


def look(now: datetime) -> int:
    """Note which canaries have come home, and take them out of the mailbox. Returns how many."""
    if not channels():
        return 0
    out = {one.id: one for one in Canary.objects.filter(arrived_at=None)}
    try:
        with of(settings.CANARY_MAILBOX) as mailbox:
            home = [found for found in mailbox.canaries() if found in out]
            for found in home:
                Canary.objects.filter(id=found).update(arrived_at=now)
                mailbox.remove(found)
    except MailboxClosed as problem:
        log.warning("the canaries' mailbox is closed", exc_info=problem)
        return 0
    return len(home)


def flights(now: datetime) -> list[Flight]:
    """How the canaries of each channel fare."""
    return [_flight(channel, now) for channel in channels()]


def _flight(channel: str, now: datetime) -> Flight:
    flown = Canary.objects.filter(channel=channel)
    newest = flown.order_by("-sent_at").first()
    due = flown.filter(sent_at__lte=now - CANARY_LATE).order_by("-sent_at").first()
    later_home = due is not None and flown.filter(sent_at__gt=due.sent_at, arrived_at__isnull=False).exists()
    lost = due is not None and due.arrived_at is None and not later_home
    return Flight(channel, newest, lost, newest is not None and now - newest.sent_at > CANARY_MISSED)


def forget_old(now: datetime) -> int:
    """Delete canaries that are too old to tell anything."""
    deleted, _ = Canary.objects.filter(sent_at__lt=now - KEEP_HEARTBEATS).delete()
    return deleted
