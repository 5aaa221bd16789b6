"""Canaries: an hourly message to ourselves over each channel that can carry one, to see that it gets through.

A canary goes the way of every letter: the same channel, the same keys, the same mail server. It holds nothing. Over
e-mail it is home when it lies in our own mailbox and our own key opens it; over a service that carries letters to
organisations, when the service says that it is delivered to our own.
"""

import logging
import uuid
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from savnet.delivery import registry
from savnet.delivery.channel import CannotSend, Envelope, FollowedChannel, Refused, Silent, Taken, Unclear
from savnet.delivery.words import Meaning
from savnet.rules.words import Channel
from savnet.watching.canary_beside import beside, carried
from savnet.watching.limits import CANARY_MISSED, KEEP_HEARTBEATS, canary_late
from savnet.watching.mailbox import MailboxClosed, can_open, of
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


HOME = frozenset({Meaning.DELIVERED, Meaning.OPENED})


def channels() -> tuple[str, ...]:
    """The channels over which canaries fly: those whose other end is our own, and that we have been told how to ask."""
    return ((Channel.ENCRYPTED_EMAIL.value,) if _by_mail() else ()) + carried()


def _by_mail() -> bool:
    """Whether one flies over e-mail: none that we could not open when it is home, for it would count as lost."""
    return bool(settings.CANARY_MAILBOX) and can_open(settings.SIGNING_CERTIFICATE)


def send_all(now: datetime) -> list[Canary]:
    """Send one over every channel."""
    return [_send(channel, now) for channel in channels()]


def _send(channel: str, now: datetime) -> Canary:
    # A row before the network is touched: one that dies on the way must be missed.
    canary = Canary.objects.create(id=uuid.uuid4(), channel=channel, sent_at=now)
    try:
        answer = registry.channel(channel).send(_envelope(canary, now), CONTENT)
        canary.answer = (answer.answer if isinstance(answer, Taken) else answer)[:400]
    except (CannotSend, Refused, Unclear) as problem:
        log.warning("a canary was not sent", exc_info=problem, extra={"channel": channel})
        canary.failure = str(problem)[:400]
    except Exception as fault:
        # What nobody foresaw, such as a key that is not of its certificate, must not ground the others. This one is
        # lost, and a person is told; what the fault says may hold anything.
        log.exception("a canary fell over", extra={"channel": channel})
        canary.failure = type(fault).__name__
    canary.save(update_fields=["answer", "failure"])
    return canary


def _envelope(canary: Canary, now: datetime) -> Envelope:
    if canary.channel == Channel.ENCRYPTED_EMAIL:
        ours = settings.SIGNING_CERTIFICATE
        return Envelope(message_id=canary.id, address=settings.MAIL_FROM, at=now, certificate=ours)
    return Envelope(
        message_id=canary.id,
        address=settings.CANARY_ORGANISATION,
        at=now,
        composed_at=canary.sent_at,
        data=beside(canary.channel, canary.sent_at),
        answers=(canary.answer,) if canary.answer else (),
    )


def look(now: datetime) -> int:
    """Note which canaries have come home. Returns how many."""
    return (_look_in_mailbox(now) if _by_mail() else 0) + sum(_ask(one, now) for one in _carried_out(now))


def _carried_out(now: datetime) -> list[Canary]:
    """Those that a service carries and that may still come: one that is lost is not asked after for ever."""
    out = Canary.objects.filter(channel__in=carried(), arrived_at=None, failure="", sent_at__gt=now - CANARY_MISSED)
    return list(out)


def _ask(canary: Canary, now: datetime) -> bool:
    """Ask the service how it fares; what it says that failed is kept."""
    try:
        carrier = registry.channel(canary.channel)
        told = carrier.statuses(_envelope(canary, now)) if isinstance(carrier, FollowedChannel) else ()
    except (CannotSend, Silent) as problem:
        log.warning("a canary could not be asked after", exc_info=problem, extra={"channel": canary.channel})
        return False
    except Exception:
        # As above: the others are asked after all the same, and this one is lost when its time is up.
        log.exception("the asking after a canary fell over", extra={"channel": canary.channel})
        return False
    if home := any(one.meaning in HOME for one in told):
        Canary.objects.filter(id=canary.id).update(arrived_at=now)
    elif failed := next((one for one in told if one.meaning in {Meaning.FAILED, Meaning.EXPIRED}), None):
        Canary.objects.filter(id=canary.id).update(failure=f"{failed.name} {failed.description}".strip()[:400])
    return home


def _look_in_mailbox(now: datetime) -> int:
    """Those that lie in our own mailbox are taken out of it."""
    out = set(Canary.objects.filter(arrived_at=None, channel=Channel.ENCRYPTED_EMAIL).values_list("id", flat=True))
    try:
        with of(settings.CANARY_MAILBOX) as mailbox:
            home = [found for found in mailbox.canaries() if found in out]
            for found in home:
                Canary.objects.filter(id=found).update(arrived_at=now)
                mailbox.remove(found)
    except (MailboxClosed, ImproperlyConfigured, ValueError) as problem:
        # Also where it is set up wrongly: the other channels' canaries must be asked after all the same.
        log.warning("the canaries' mailbox is closed", exc_info=problem)
        return 0
    except Exception:
        log.exception("the canaries' mailbox fell over")
        return 0
    return len(home)


def flights(now: datetime) -> list[Flight]:
    """How the canaries of each channel fare."""
    return [_flight(channel, now) for channel in channels()]


def _flight(channel: str, now: datetime) -> Flight:
    flown = Canary.objects.filter(channel=channel)
    newest = flown.order_by("-sent_at").first()
    due = flown.filter(sent_at__lte=now - canary_late(channel)).order_by("-sent_at").first()
    later_home = due is not None and flown.filter(sent_at__gt=due.sent_at, arrived_at__isnull=False).exists()
    lost = due is not None and due.arrived_at is None and not later_home
    return Flight(channel, newest, lost, newest is not None and now - newest.sent_at > CANARY_MISSED)


def forget_old(now: datetime) -> int:
    """Delete canaries that are too old to tell anything."""
    deleted, _ = Canary.objects.filter(sent_at__lt=now - KEEP_HEARTBEATS).delete()
    return deleted
