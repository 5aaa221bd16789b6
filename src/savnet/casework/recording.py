"""What happened to a message on the wire, told to the ledger: every attempt, and all that its channels said of it."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from savnet.cases import ledger
from savnet.casework.answering import answering_for, sender_of
from savnet.casework.case_at_hand import CaseAtHand, at_hand
from savnet.casework.gone_astray import still_owed
from savnet.casework.message_events import delivered, is_recorded, lost, of_attempt
from savnet.casework.ways import ledger_channel
from savnet.delivery.course import Course, course
from savnet.delivery.models import Attempt, Message
from savnet.delivery.standing import came_back
from savnet.delivery.words import AttemptOutcome
from savnet.rules.events import Attempted, Corrected, Done, Event
from savnet.rules.record import WITHDRAWN

CAME_BACK = "E-posten kom i retur. Den er ikke sendt."
WRONG_ONE = "Brevet gikk til feil mottaker, og rett mottaker har ikke fått det. Det er ikke sendt."
"""Why what a letter made done is struck out."""


def record_all(message: Message, *, now: datetime) -> None:
    """Record each attempt that has ended, each delivery and each failure that is not in the ledger yet.

    The attempt was a row before the network was touched, so whoever was tried told is found here also when the process
    that tried has died.
    """
    ended = [one for one in message.attempts.all() if one.outcome]
    if not ended:
        return
    with ledger.hold(message.case_id):
        case = at_hand(message.case_id, now)
        told = [*(of_attempt(message, one) for one in ended), *_of_statuses(case, message)]
        if still_owed(case.happened, message):
            told = [one for one in told if not isinstance(one, Done)]  # it went, and not to whose it was
        new: list[Event] = [event for event in told if not is_recorded(event, case.events)]
        new += _struck_out(case, message, now)
        if new:
            ledger.record(message.case_id, *new, by=answering_for(message), now=_not_before(ended, now))


def _of_statuses(case: CaseAtHand, message: Message) -> Iterator[Done | Attempted]:
    """What each channel has told: that it delivered, or that it did not get through, or came back."""
    for channel in sorted({one.channel for one in message.statuses.all()}):
        told = _course(message, channel)
        if told.delivered_at and not _told_done(case, message, channel):
            yield delivered(message, at=told.delivered_at, channel=channel)
        if told.failed_at:
            yield lost(message, at=told.failed_at, channel=channel, failure=told.failure)


def _course(message: Message, channel: str) -> Course:
    said = [one for one in message.statuses.all() if one.channel == channel]
    begun = min((one.started_at for one in message.attempts.all() if one.channel == channel), default=None)
    return course(said, begun)


def _told_done(case: CaseAtHand, message: Message, channel: str) -> bool:
    """Whether the ledger knows that it went this way; that it was earlier than first told changes nothing."""
    return any(_went(one, message, channel) for one in case.events)


def _struck_out(case: CaseAtHand, message: Message, now: datetime) -> list[Event]:
    """What was accepted and has come back was never done: the duty stands open again.

    Not where a named person has confirmed it: then a person must look into what it was that came back.
    """
    back = [one for one in message.attempts.all() if came_back(one, list(message.statuses.all()))]
    back = [one for one in back if one.outcome == AttemptOutcome.ACCEPTED]
    if not back or message.receipts.exists():
        return []
    acts = [one for one in case.happened if any(_went(one, message, tried.channel) for tried in back)]
    by = sender_of(message).name
    return [
        Corrected(at=now, event=one.number, fields={WITHDRAWN: True}, by=by, note=CAME_BACK)
        for one in acts
        if one.number is not None
    ]


def _went(event: Event, message: Message, channel: str) -> bool:
    went_by = ledger_channel(message, channel)
    return isinstance(event, Done) and event.message == str(message.id) and event.channel is went_by


def _not_before(ended: Iterable[Attempt], now: datetime) -> datetime:
    """Now, or when the last attempt ended: the task's clock was read before it began."""
    return max(now, *(one.ended_at for one in ended if one.ended_at))
