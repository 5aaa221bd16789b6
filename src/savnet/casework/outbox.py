"""What of a centre waits for a person: letters to print and carry, and letters that somebody must ask about."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet, Value
from django.db.models.functions import Coalesce

from savnet.access.models import Person
from savnet.cases.models import Case, ObligationRow
from savnet.casework.by_hand import hand_over
from savnet.delivery.channels.paper import BY_HAND, HandOver
from savnet.delivery.models import Message
from savnet.delivery.words import AttemptOutcome, Meaning
from savnet.policy.ways import ASK_THE_RECEIVER_BEFORE, FOLLOWED_FOR
from savnet.rules.words import Actor, Channel, ObligationState


def to_carry(centre_id: UUID) -> QuerySet[Message]:
    """The letters of the centre that are owed and wait for somebody's hands, those with the nearest limit first."""
    owed = ObligationRow.objects.filter(
        state=ObligationState.OPEN.value,
        actor=Actor.CENTRE.value,
        case_id=OuterRef("case_id"),
        obligation=OuterRef("obligation"),
        recipient=OuterRef("recipient"),
        because=OuterRef("because"),
        copy_of=Coalesce(OuterRef("copy_of"), Value("")),
    )
    by_hand = [one.value for one in BY_HAND]
    messages = _of(centre_id).filter(Exists(owed), channel__in=by_hand, withdrawal__isnull=True)
    return messages.annotate(limit=owed.values("latest")[:1]).order_by("limit", "composed_at")


def to_post(centre_id: UUID) -> QuerySet[Message]:
    """Those of them that are to be put in the post."""
    return to_carry(centre_id).filter(channel=Channel.POST.value)


def post(messages: Collection[Message], *, by: Person, now: datetime) -> int:
    """Note that these were put in the post just now; returns how many. What has left already is left alone."""
    for message in messages:
        hand_over(message.id, HandOver(channel=Channel.POST, at=now), by=by, now=now)
    return len(messages)


def soon_deleted(centre_id: UUID, now: datetime) -> QuerySet[Message]:
    """Delivered through a channel that deletes letters after a month, nobody has confirmed them, and it is soon.

    Somebody is to call the receiver while the letter is still there to be opened.
    """
    tried = {
        "attempts__channel": Channel.FIKS.value,
        "attempts__outcome": AttemptOutcome.TAKEN.value,
        "attempts__started_at__lte": now - FOLLOWED_FOR + ASK_THE_RECEIVER_BEFORE,
        "attempts__started_at__gt": now - FOLLOWED_FOR,
    }
    opened = [Meaning.OPENED.value]
    messages = _of(centre_id).filter(receipts__isnull=True, withdrawal__isnull=True, **tried)
    return messages.exclude(statuses__meaning__in=opened).distinct()


def failed_after_all(centre_id: UUID, now: datetime) -> list[Message]:
    """Told delivered once, and failed later: what the duty rests on may not be true, and somebody must ask."""
    lost = [Meaning.FAILED.value, Meaning.EXPIRED.value]
    recent = _of(centre_id).filter(statuses__meaning__in=lost, statuses__at__gt=now - FOLLOWED_FOR)
    recent = recent.filter(statuses__meaning=Meaning.DELIVERED.value, receipts__isnull=True, withdrawal__isnull=True)
    return list(recent.distinct())


def _of(centre_id: UUID) -> QuerySet[Message]:
    cases = Case.objects.filter(centre_id=centre_id).values("id")
    return Message.objects.filter(case_id__in=cases).defer("sealed_letter", "sealed_data")
