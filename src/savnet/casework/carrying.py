"""Carry a message over the wire, and let the ledger know how it went, once, whoever dies when."""

from collections.abc import Callable
from datetime import datetime, timedelta
from time import monotonic
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Coalesce

from savnet.cases.models import ObligationRow
from savnet.casework.answering import answering_for
from savnet.casework.case_at_hand import CaseAtHand, at_hand
from savnet.casework.concerned import tell_of_failure
from savnet.casework.holding_back import NO_LONGER_OWED, key_of, no_longer_owed, why_not
from savnet.casework.kept import data_bytes, letter_bytes
from savnet.casework.next_way import go_another_way
from savnet.casework.pace import give_up, here, next_step, next_try_at, with_limits
from savnet.casework.queue import enqueue
from savnet.casework.recording import record_all
from savnet.casework.sending import send_copies
from savnet.casework.ways import WIRED
from savnet.delivery.channel import CannotSend, Silent
from savnet.delivery.dispatch import UnderWay, Withdrawn, WrongLetter, attempt, close_cut_off
from savnet.delivery.following import poll, to_follow
from savnet.delivery.models import Attempt, ChannelStatus, Message
from savnet.delivery.standing import progress
from savnet.delivery.withdrawing import withdraw
from savnet.delivery.words import SENT, AttemptOutcome, Progress
from savnet.policy.ways import FOLLOWED_FOR
from savnet.register.addresses import RealAddressInDemo, refuse_real_address
from savnet.rules.events import LetterComposed
from savnet.rules.words import Channel, ObligationState
from savnet.sealing import Tampered

LOOK_AGAIN = timedelta(minutes=1)

DAMAGED = "Brevet som er lagret, er ikke det som ble skrevet. Det er ikke sendt. Send på nytt, og si fra til drift."
DEMO_ONLY = "Dette er demoen, og adressen kan være ekte. Ingenting er sendt."
TOO_LONG = "Meldingen kom ikke fram i tide på denne måten. Siste svar: {answer}"
REFUSED = "Mottakeren tok ikke imot: {answer}"
LOST = "Kanalen melder at meldingen ikke kom fram: {status}"
MINUTE = timedelta(minutes=1)
SETTLED = frozenset({Progress.FAILED, Progress.EXPIRED})


def carry(message_id: UUID, *, now: datetime) -> None:
    """Take a message a step further, and record what came of it: ask its channel, try, or let it go another way.

    Safe to run twice: what is sent is not sent again.
    """
    now += _minutes_of(lambda: _ask(message_id, now))
    message = _waiting(message_id)
    try:
        close_cut_off(message.id, now)
        if _may_go(message) and _worth_trying(message, now):
            _try(message, now)
    except UnderWay:
        enqueue(message.id, now + LOOK_AGAIN)
        return
    settle(_waiting(message_id), now=now)


def _minutes_of(work: Callable[[], object]) -> timedelta:
    """Do it; how many whole minutes it took.

    Channels may be slow to answer, and Maskinporten believes no statement older than two minutes.
    """
    began = monotonic()
    work()
    return MINUTE * ((monotonic() - began) // 60)


def _ask(message_id: UUID, now: datetime) -> None:
    """Ask each channel that has taken the message how it fares. Silence changes nothing: we ask again."""
    try:
        poll(message_id, now)
    except (Silent, CannotSend):
        return


def _waiting(message_id: UUID) -> Message:
    messages = Message.objects.select_related("withdrawal").prefetch_related("attempts", "statuses", "reroutings")
    return messages.get(id=message_id)


def _may_go(message: Message) -> bool:
    """Whether it is for the worker: not carried by hand, not withdrawn, not sent already."""
    return message.channel in WIRED and not hasattr(message, "withdrawal") and not _sent(message)


def _worth_trying(message: Message, now: datetime) -> bool:
    """Whether it has not been tried on this way, or did not get through and is due to be tried again."""
    if not here(message):
        return True
    due = next_try_at(message)
    return due is not None and due <= now


def _sent(message: Message) -> bool:
    return progress(list(message.attempts.all()), list(message.statuses.all())) in SENT


def _try(message: Message, now: datetime) -> None:
    """Send it, unless it must not go; then see to what is to happen instead."""
    case = at_hand(message.case_id, now)
    if no_longer_owed(case, message):
        _stop(message, NO_LONGER_OWED, now)
        return
    obligation = case.obligation(key_of(message))
    try:
        refuse_real_address(message.address, Channel(message.channel))
        letter, data = _letter(case, message)
        attempt(message.id, letter, now, data=data, until=obligation.latest if obligation else None)
    except (CannotSend, RealAddressInDemo) as cannot:
        _another_way(message, cannot.reason if isinstance(cannot, CannotSend) else DEMO_ONLY, now)
    except (Tampered, WrongLetter):
        _stop(message, DAMAGED, now)
    except Withdrawn:
        return  # while we looked, somebody recorded that it no longer holds: the withdrawal is there for all to see


def _letter(case: CaseAtHand, message: Message) -> tuple[bytes, bytes | None]:
    """The letter's bytes and what goes beside it. Raises WrongLetter where the ledger knows of others, or of none."""
    fixed = [one for one in case.events if isinstance(one, LetterComposed) and one.message == str(message.id)]
    if [(one.letter, one.data) for one in fixed] != [(message.letter_sha256, message.data_sha256)]:
        raise WrongLetter(f"The ledger does not know the letter of {message} by this hash.")
    return letter_bytes(message), data_bytes(message)


def _stop(message: Message, why: str, now: datetime) -> None:
    """Let no attempt begin after this. Where it is owed all the same, those whom it concerns are told."""
    with transaction.atomic():
        withdraw(message.id, why=why, by=str(answering_for(message).pk), now=now)
        if why != NO_LONGER_OWED:
            tell_of_failure(message, now=now)


def settle(message: Message, *, now: datetime) -> None:
    """Let the ledger know of all that happened, and see to what follows: copies, another way, or a new try."""
    record_all(message, now=now)
    if _sent(message):
        send_copies(message.case_id, by=answering_for(message), now=_not_before(message, now))
    elif _may_go(message):
        _go_on(message, now)


def _go_on(message: Message, now: datetime) -> None:
    """Another try or question at its time; another way where none is of use here any more."""
    tries = here(message)
    if not tries:
        enqueue(message.id)
        return
    newest, over = tries[-1], give_up(message)
    if newest.outcome == AttemptOutcome.REFUSED:
        _another_way(message, REFUSED.format(answer=newest.answer), now)
    elif progress(tries, list(message.statuses.all())) in SETTLED:
        _another_way(message, LOST.format(status=_last_word(message)), now, lost=True)
    elif over and now >= over:
        _another_way(message, TOO_LONG.format(answer=newest.answer), now)
    else:
        enqueue(message.id, next_step(message, now) or over)


def _last_word(message: Message) -> str:
    said: list[ChannelStatus] = [one for one in message.statuses.all() if one.channel == message.channel]
    return " ".join(filter(None, (said[-1].name, said[-1].description))) if said else ""


def _not_before(message: Message, now: datetime) -> datetime:
    """Now, or when the last attempt ended: the task's clock was read before it began."""
    return max(now, *(one.ended_at for one in message.attempts.all() if one.ended_at))


def _another_way(message: Message, why: str, now: datetime, *, lost: bool = False) -> None:
    """The next way; the job for it is put in the queue at once. What a person must carry waits for a person.

    A person is told of that, and of what was lost: the ladder's next rung may be hours away.
    """
    if stop := _must_stop(message, now):
        _stop(message, stop, now)
        return
    with transaction.atomic():
        moved = go_another_way(message, why=why, by=answering_for(message), now=now)
        if moved and (lost or message.channel not in WIRED):
            tell_of_failure(message, now=now)
    if message.channel in WIRED:
        enqueue(message.id)


def _must_stop(message: Message, now: datetime) -> str | None:
    """Why the letter must not go any other way: what came back long after it was sent may no longer be true."""
    case = at_hand(message.case_id, now)
    if no_longer_owed(case, message):
        return NO_LONGER_OWED
    returned = any(one.outcome == AttemptOutcome.ACCEPTED for one in message.attempts.all())
    return why_not(case, message) if returned else None


def take_up_again(*, now: datetime) -> None:
    """Put back in the queue each message for the wire that is still owed, or whose last attempt has no outcome."""
    for message in unfinished():
        enqueue(message.id, next_step(message, now))


def follow(*, now: datetime) -> None:
    """Ask about each message that a channel may yet tell more of: delivered late, opened, or come back."""
    for message in to_follow(now - FOLLOWED_FOR):
        enqueue(message.id)


def unfinished() -> QuerySet[Message]:
    """Messages that a worker ought to be at; without their letters, which are large."""
    owed = ObligationRow.objects.filter(
        state=ObligationState.OPEN.value,
        case_id=OuterRef("case_id"),
        obligation=OuterRef("obligation"),
        recipient=OuterRef("recipient"),
        because=OuterRef("because"),
        copy_of=Coalesce(OuterRef("copy_of"), Value("")),
    )
    dangling = Attempt.objects.filter(message=OuterRef("pk"), outcome=None)
    to_go = Q(channel__in=[one.value for one in WIRED], withdrawal__isnull=True)
    messages = Message.objects.filter(Q(Exists(owed)) & to_go | Q(Exists(dangling)))
    return with_limits(messages.defer("sealed_letter", "sealed_data")).prefetch_related("attempts", "statuses")
