"""Carry a message over the wire, and let the ledger know how it went, once, whoever dies when."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Coalesce

from savnet.cases import ledger
from savnet.cases.models import ObligationRow
from savnet.casework.answering import answering_for
from savnet.casework.case_at_hand import CaseAtHand, at_hand
from savnet.casework.holding_back import NO_LONGER_OWED, no_longer_owed
from savnet.casework.message_events import is_recorded, of_attempt
from savnet.casework.paper_instead import go_on_paper
from savnet.casework.queue import enqueue
from savnet.casework.routes import WIRED
from savnet.casework.sending import letter_bytes, send_copies
from savnet.delivery.channel import CannotSend
from savnet.delivery.dispatch import UnderWay, Withdrawn, WrongLetter, attempt, close_cut_off
from savnet.delivery.models import Attempt, Message
from savnet.delivery.standing import progress, retry_at
from savnet.delivery.withdrawing import withdraw
from savnet.delivery.words import AttemptOutcome, Progress
from savnet.policy.house import GIVE_UP_AFTER, RETRY
from savnet.register.addresses import RealAddressInDemo, refuse_real_address
from savnet.rules.events import LetterComposed
from savnet.rules.words import ObligationState
from savnet.sealing import Tampered

LOOK_AGAIN = timedelta(minutes=1)

DAMAGED = "Brevet som er lagret, er ikke det som ble skrevet. Det er ikke sendt. Send på nytt, og si fra til drift."
DEMO_ONLY = "Dette er demoen, og adressen kan være ekte. Ingenting er sendt."
TOO_LONG = "Meldingen har ikke kommet fram på to timer. Siste svar: {answer}"


def carry(message_id: UUID, *, now: datetime) -> None:
    """Try once to send a message, and record what came of it. Safe to run twice: what is sent is not sent again."""
    message = _waiting(message_id)
    try:
        close_cut_off(message.id, now)
        if _may_go(message):
            _try(message, now)
    except UnderWay:
        enqueue(message.id, now + LOOK_AGAIN)
        return
    settle(_waiting(message_id), now=now)


def _waiting(message_id: UUID) -> Message:
    return Message.objects.select_related("withdrawal").prefetch_related("attempts").get(id=message_id)


def _may_go(message: Message) -> bool:
    """Whether it is for the worker: not carried by hand, not withdrawn, not accepted already."""
    withdrawn = hasattr(message, "withdrawal")
    return message.channel in WIRED and not withdrawn and progress(_tries(message)) != Progress.ACCEPTED


def _tries(message: Message) -> list[Attempt]:
    return list(message.attempts.all())


def _try(message: Message, now: datetime) -> None:
    """Send it, unless it is not yet time, or it must not go; then see to what is to happen instead."""
    due = retry_at(_tries(message), RETRY)
    if due and due > now:
        return
    case = at_hand(message.case_id, now)
    if no_longer_owed(case, message):
        _stop(message, NO_LONGER_OWED, now)
        return
    try:
        refuse_real_address(message.address)
        attempt(message.id, _letter(case, message), now)
    except (CannotSend, RealAddressInDemo) as cannot:
        _on_paper(message, cannot.reason if isinstance(cannot, CannotSend) else DEMO_ONLY, now)
    except (Tampered, WrongLetter):
        _stop(message, DAMAGED, now)
    except Withdrawn:
        return  # while we looked, somebody recorded that it no longer holds: the withdrawal is there for all to see


def _letter(case: CaseAtHand, message: Message) -> bytes:
    """The letter's bytes. Raises WrongLetter where the ledger knows of another letter, or of none."""
    fixed = [one.letter for one in case.events if isinstance(one, LetterComposed) and one.message == str(message.id)]
    if fixed != [message.letter_sha256]:
        raise WrongLetter(f"The ledger does not know the letter of {message} by this hash.")
    return letter_bytes(message)


def _stop(message: Message, why: str, now: datetime) -> None:
    withdraw(message.id, why=why, by=str(answering_for(message).pk), now=now)


def settle(message: Message, *, now: datetime) -> None:
    """Let the ledger know of every attempt, and see to what follows: copies, paper instead, or a new try."""
    tries = _tries(message)
    _record_all(message, tries, now=now)
    if progress(tries) == Progress.ACCEPTED:
        send_copies(message.case_id, by=answering_for(message), now=_not_before(tries, now))
    elif _may_go(message):
        _go_on(message, tries, now)


def _go_on(message: Message, tries: Sequence[Attempt], now: datetime) -> None:
    """Another try at its time, or paper where no try is of use any more."""
    here = [one for one in tries if (one.channel, one.address) == (message.channel, message.address)]
    if not here:
        enqueue(message.id)
        return
    newest, give_up_at = here[-1], here[0].started_at + GIVE_UP_AFTER
    if newest.outcome == AttemptOutcome.REFUSED:
        _on_paper(message, f"Mottakeren tok ikke imot: {newest.answer}", now)
    elif now >= give_up_at:
        _on_paper(message, TOO_LONG.format(answer=newest.answer), now)
    else:
        enqueue(message.id, min(retry_at(tries, RETRY) or give_up_at, give_up_at))


def _record_all(message: Message, tries: Sequence[Attempt], *, now: datetime) -> None:
    """Record each attempt that has ended and is not in the ledger. The attempt was a row before the network was
    touched, so whoever was tried told is found here also when the process that tried has died.
    """
    ended = [one for one in tries if one.outcome]
    if not ended:
        return
    with ledger.hold(message.case_id):
        case = at_hand(message.case_id, now)
        new = [event for event in (of_attempt(message, one) for one in ended) if not is_recorded(event, case.events)]
        if new:
            ledger.record(message.case_id, *new, by=answering_for(message), now=_not_before(tries, now))


def _not_before(tries: Sequence[Attempt], now: datetime) -> datetime:
    """Now, or when the last attempt ended: the task's clock was read before it began."""
    return max(now, *(one.ended_at for one in tries if one.ended_at))


def _on_paper(message: Message, why: str, now: datetime) -> None:
    go_on_paper(message, why=why, by=answering_for(message), now=now)


def take_up_again(*, now: datetime) -> None:
    """Put back in the queue each message for the wire that is still owed, or whose last attempt has no outcome."""
    for message in unfinished():
        enqueue(message.id, retry_at(_tries(message), RETRY))


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
    return messages.defer("sealed_letter").prefetch_related("attempts")
