"""Follow what a channel has taken: ask it how the message fares, and keep all that it says."""

import uuid
from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q, QuerySet

from savnet.delivery import registry
from savnet.delivery.channel import CannotSend, Envelope, FollowedChannel, Silent, Status
from savnet.delivery.models import Attempt, ChannelStatus, Message
from savnet.delivery.standing import Standing, standing
from savnet.delivery.words import AttemptOutcome, Meaning

WORTH_ASKING = Q(
    outcome__in=[AttemptOutcome.TAKEN.value, AttemptOutcome.UNKNOWN.value],
    channel__in=[channel.value for channel in registry.FOLLOWED],
)
"""Attempts after which the channel may know more than it told."""


def poll(message_id: uuid.UUID, now: datetime) -> Standing:
    """Ask each channel that has taken this message how it fares, keep what is new, and return where it now stands.

    Also where it has gone another way since: what was given up may arrive all the same. Harmless to do at any time and
    any number of times, so a webhook's hint needs only to lead here. Raises Silent where a channel gave no answer and
    CannotSend where it is no longer set up, but only after the others have been asked: one that is down must not hide
    what the next one has delivered.
    """
    message = Message.objects.only("id", "composed_at").get(id=message_id)
    hindrances = list[Silent | CannotSend]()
    for channel, address in _asked(message):
        try:
            _keep(message, channel, told=_told(message, channel, address, now), now=now)
        except (Silent, CannotSend) as hindrance:
            hindrances.append(hindrance)
    if hindrances:
        raise hindrances[0]
    return stands(message)


def stands(message: Message) -> Standing:
    """Where a message stands by the rows there are."""
    return standing(list(message.attempts.all()), list(message.receipts.all()), list(message.statuses.all()))


def to_follow(since: datetime) -> QuerySet[Message]:
    """Messages tried since then over a channel that may yet tell more: not opened, and worth asking about."""
    asked = Attempt.objects.filter(WORTH_ASKING, started_at__gte=since).values("message")
    opened = ChannelStatus.objects.filter(meaning=Meaning.OPENED.value).values("message")
    return Message.objects.filter(id__in=asked).exclude(id__in=opened).defer("sealed_letter", "sealed_data")


def _asked(message: Message) -> Iterable[tuple[str, str]]:
    rows = message.attempts.filter(WORTH_ASKING).order_by("number").values_list("channel", "address")
    return dict.fromkeys(rows)


def _told(message: Message, channel: str, address: str, now: datetime) -> Iterable[Status]:
    carrier = registry.channel(channel)
    if not isinstance(carrier, FollowedChannel):
        return ()
    envelope = Envelope(
        message_id=message.id,
        address=address,
        at=now,
        composed_at=message.composed_at,
        answers=_answers(message, channel, address),
    )
    return carrier.statuses(envelope)


def _answers(message: Message, channel: str, address: str) -> tuple[str, ...]:
    """What the channel answered each time it took the message there."""
    taken = message.attempts.filter(outcome=AttemptOutcome.TAKEN.value, channel=channel, address=address)
    return tuple(answer or "" for answer in taken.order_by("number").values_list("answer", flat=True))


def _keep(message: Message, channel: str, *, told: Iterable[Status], now: datetime) -> None:
    """Add what is new; the same status told again is the row that is there."""
    ChannelStatus.objects.bulk_create(
        [
            ChannelStatus(
                message=message,
                channel=channel,
                name=one.name[:60],
                meaning=one.meaning,
                at=one.at,
                read_at=now,
                description=one.description.replace("\0", "")[:400],  # PostgreSQL refuses NUL
            )
            for one in told
        ],
        ignore_conflicts=True,
    )
