"""Carry a message over the wire, and let the ledger know how it went, once, whoever dies when."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from savnet.access.models import Person
from savnet.cases import ledger
from savnet.cases.owed import open_keys
from savnet.cases.recording import locked
from savnet.casework.case_at_hand import at_hand
from savnet.casework.message_events import attempted, done
from savnet.casework.queue import enqueue
from savnet.casework.routes import WIRED, ledger_channel, paper_channel
from savnet.casework.sending import letter_bytes, send_copies
from savnet.delivery.channel import CannotSend
from savnet.delivery.composing import reroute
from savnet.delivery.dispatch import UnderWay, attempt
from savnet.delivery.models import Attempt, Message
from savnet.delivery.standing import retry_at
from savnet.delivery.words import AttemptOutcome
from savnet.policy.house import RETRY
from savnet.register.addresses import refuse_real_address
from savnet.rules.events import Attempted, Done, Event
from savnet.rules.words import Outcome

LOOK_AGAIN = timedelta(minutes=1)

_OUTCOME = {
    AttemptOutcome.REFUSED: Outcome.REFUSED,
    AttemptOutcome.REFUSED_FOR_NOW: Outcome.FAILED,
    AttemptOutcome.UNKNOWN: Outcome.UNKNOWN,
}


def carry(message_id: UUID, *, now: datetime) -> None:
    """Try once to send a message and record the outcome. Safe to run twice: what is sent is not sent again."""
    message = Message.objects.prefetch_related("attempts").get(id=message_id)
    if message.channel not in WIRED:
        return
    refuse_real_address(message.address)
    due = retry_at(list(message.attempts.all()), RETRY)
    if due and due > now:
        enqueue(message.id, due)
        return
    try:
        tried = attempt(message.id, letter_bytes(message), now)
    except CannotSend as cannot:
        on_paper(message, why=cannot.reason, by=_sender(message), now=now)
    except UnderWay:
        enqueue(message.id, now + LOOK_AGAIN)
    else:
        settle(message, tried, now=now)


def settle(message: Message, tried: Attempt, *, now: datetime) -> None:
    """Record an attempt's outcome in the ledger, and see to what follows from it: copies, paper, or a new try."""
    by = _sender(message)
    happened = max(now, tried.ended_at or now)
    _record_once(message, tried, by=by, now=happened)
    if tried.outcome == AttemptOutcome.ACCEPTED:
        send_copies(message.case_id, by=by, now=happened)
    elif tried.outcome == AttemptOutcome.REFUSED:
        on_paper(message, why=f"Mottakeren tok ikke imot: {tried.answer}", by=by, now=happened)
    else:
        enqueue(message.id, retry_at(list(Attempt.objects.filter(message=message)), RETRY))


def _record_once(message: Message, tried: Attempt, *, by: Person, now: datetime) -> None:
    with transaction.atomic():
        locked(message.case_id)
        if not _is_recorded(message, tried, at_hand(message.case_id, now).events):
            ledger.record(message.case_id, _event(message, tried), by=by, now=now)


def _is_recorded(message: Message, tried: Attempt, events: tuple[Event, ...]) -> bool:
    at = _happened(tried)
    mine = [one for one in events if isinstance(one, Done | Attempted) and one.message == str(message.id)]
    return any(isinstance(one, Done) or one.at == at for one in mine)


def _happened(tried: Attempt) -> datetime:
    accepted = tried.outcome == AttemptOutcome.ACCEPTED
    return tried.ended_at if accepted and tried.ended_at else tried.started_at


def _event(message: Message, tried: Attempt) -> Event:
    by, channel = _sender(message), ledger_channel(message)
    if tried.outcome == AttemptOutcome.ACCEPTED:
        return done(message, at=_happened(tried), by=by, channel=channel)
    outcome = _OUTCOME[AttemptOutcome(str(tried.outcome))]
    return attempted(message, at=_happened(tried), by=by, channel=channel, outcome=outcome)


def on_paper(message: Message, *, why: str, by: Person, now: datetime) -> None:
    """Let the letter go on paper instead; a person sees it, with the reason."""
    reroute(message.id, paper_channel(message), address="", why=why[:400], by=str(by.pk), now=now)


def take_up_again(*, now: datetime) -> None:
    """Put back in the queue each message for the wire whose obligation is still open."""
    for message in _unfinished():
        tries = list(message.attempts.all())
        accepted = next((one for one in tries if one.outcome == AttemptOutcome.ACCEPTED), None)
        if accepted:
            settle(message, accepted, now=now)  # a process died between the acceptance and the ledger
        else:
            enqueue(message.id, retry_at(tries, RETRY))


def _unfinished() -> Iterator[Message]:
    """Messages for the wire that meet an obligation which is still open."""
    wanted = set(open_keys())
    messages = Message.objects.filter(
        channel__in=[one.value for one in WIRED], case_id__in={case_id for case_id, *_ in wanted}
    )
    for message in messages.prefetch_related("attempts"):
        if (message.case_id, message.obligation, message.recipient, message.copy_of or "", message.because) in wanted:
            yield message


def _sender(message: Message) -> Person:
    return Person.objects.get(pk=message.composed_by)
