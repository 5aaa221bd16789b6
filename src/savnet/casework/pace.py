"""When a letter on the wire is tried or asked about next, and when its way has had its time."""

from datetime import datetime

from django.db.models import OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from savnet.cases.models import ObligationRow
from savnet.casework.ways import ways_for
from savnet.delivery.course import next_look
from savnet.delivery.models import Attempt, Message
from savnet.delivery.standing import progress, retry_at
from savnet.delivery.words import AttemptOutcome, Progress
from savnet.policy.house import RETRY
from savnet.policy.ways import LOOK, give_up_at
from savnet.rules.words import Channel


def here(message: Message) -> list[Attempt]:
    """The attempts on the way that the message is on now, in their order."""
    way = (message.channel, message.address)
    return sorted((one for one in message.attempts.all() if (one.channel, one.address) == way), key=_number)


def give_up(message: Message) -> datetime | None:
    """When the way that it is on has had its time, counted from its first try there; None before that."""
    tries = here(message)
    if not tries:
        return None
    channel = Channel(message.channel)
    return give_up_at(channel, tries[0].started_at, latest=limit_of(message), left=_left(message))


def next_try_at(message: Message) -> datetime | None:
    """When house policy says to try again; None where no retry is of use."""
    return retry_at(list(message.attempts.all()), RETRY, statuses=list(message.statuses.all()))


def next_step(message: Message, now: datetime) -> datetime | None:
    """When the worker is to see to it next; None is now, as where nobody has tried the way that it has come to."""
    if not here(message):
        return None
    over, due = give_up(message), next_try_at(message)
    if due is None and in_their_hands(message):
        due = next_look(_taken_at(message), now, ladder=LOOK)
    return min(filter(None, (due, over)), default=None) if due else None


def in_their_hands(message: Message) -> bool:
    """Whether its channel has taken it, and told neither that it is delivered nor that it failed."""
    return progress(list(message.attempts.all()), list(message.statuses.all())) == Progress.TAKEN


def _taken_at(message: Message) -> datetime:
    taken = [one for one in here(message) if one.outcome in {AttemptOutcome.TAKEN, AttemptOutcome.UNKNOWN}]
    return (taken or here(message))[-1].started_at


def limit_of(message: Message) -> datetime | None:
    """The limit of the duty that it meets, as `with_limits` has looked it up, else looked up now."""
    if "limit" in message.__dict__:
        return message.__dict__["limit"]  # type: ignore[no-any-return]
    return limit_of(with_limits(Message.objects.only("id")).get(id=message.id))


def with_limits(messages: QuerySet[Message]) -> QuerySet[Message]:
    """The messages, each with the limit of its duty, so that it need not be asked for one by one.

    The municipality of a duty is sealed in the ledger, so of two to different municipalities the soonest counts.
    """
    rows = ObligationRow.objects.filter(
        case_id=OuterRef("case_id"),
        obligation=OuterRef("obligation"),
        recipient=OuterRef("recipient"),
        because=OuterRef("because"),
        copy_of=Coalesce(OuterRef("copy_of"), Value("")),
        latest__isnull=False,
    )
    return messages.annotate(limit=Subquery(rows.order_by("latest").values("latest")[:1]))


def _left(message: Message) -> int:
    """How many channels may yet be tried after this one; at most, for the receiver may not have them all."""
    channels = set(ways_for(message.obligation, message.recipient).by_wire)
    return len(channels - {Channel(one.channel) for one in message.attempts.all()} - {Channel(message.channel)})


def _number(tried: Attempt) -> int:
    return tried.number
