"""A letter for the wire goes on paper instead: because no try is of use any more, or because a person won't wait."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from savnet.access.models import Person
from savnet.cases import ledger
from savnet.casework.case_at_hand import at_hand
from savnet.casework.errors import NothingOwed
from savnet.casework.holding_back import key_of, no_longer_owed
from savnet.casework.plan import resolution_for
from savnet.casework.routes import WIRED, paper_channel
from savnet.delivery.composing import reroute
from savnet.delivery.models import Message
from savnet.delivery.standing import progress, retry_at
from savnet.delivery.words import Progress
from savnet.policy.house import GIVE_UP_AFTER, RETRY
from savnet.register.resolution import NoRecipient

BY_ONESELF = "{name} leverer det selv, siden det ikke var kommet fram."
GONE = "Meldingen er kommet fram nå, så den trenger ikke leveres på papir. Last inn siden på nytt."
STOPPED = "Brevet er stanset og skal ikke leveres. Last inn siden på nytt for å se hvorfor."
DONE = "Dette er allerede gjort. Last inn siden på nytt for å se hvordan saken står."


def next_try(message: Message) -> datetime | None:
    """When the worker tries again to send what has not got through.

    None where nothing has been tried, where it has gone, and where it goes on paper before the next try would come.
    """
    tries = list(message.attempts.all())
    due = retry_at(tries, RETRY)
    if due is None or message.channel not in WIRED:
        return None
    here = [one.started_at for one in tries if (one.channel, one.address) == (message.channel, message.address)]
    return due if not here or due < min(here) + GIVE_UP_AFTER else None


def carry_yourself(message_id: UUID, *, by: Person, now: datetime) -> None:
    """Let a person carry a letter that does not get through, without waiting for the worker to give it up.

    It is the same letter under the same message id; an attempt that is under way may still reach the receiver. Asked
    twice, it is done once. Raises NothingOwed where it has gone, was stopped, or nobody is owed it any more.
    """
    message = Message.objects.select_related("withdrawal").defer("sealed_letter").get(id=message_id)
    with ledger.hold(message.case_id):
        if progress(list(message.attempts.all())) == Progress.ACCEPTED:
            raise NothingOwed(GONE)
        if hasattr(message, "withdrawal"):
            raise NothingOwed(STOPPED)
        if no_longer_owed(at_hand(message.case_id, now), message):
            raise NothingOwed(DONE)
        go_on_paper(message, why=BY_ONESELF.format(name=by.name), by=by, now=now)


def go_on_paper(message: Message, *, why: str, by: Person, now: datetime) -> None:
    """Let the letter go on paper instead; a person sees it among what is to be carried, with the reason."""
    address = _postal_address(message, now)
    with transaction.atomic():
        fresh = Message.objects.select_for_update().defer("sealed_letter").get(id=message.id)
        if fresh.channel in WIRED:  # else another was first
            reroute(message.id, paper_channel(message), address=address, why=why[:400], by=str(by.pk), now=now)
    message.refresh_from_db(fields=["channel", "address"])


def _postal_address(message: Message, now: datetime) -> str:
    case = at_hand(message.case_id, now)
    obligation = case.obligation(key_of(message))
    try:
        return resolution_for(case, obligation).address[:400] if obligation else ""
    except NoRecipient:
        return ""  # whoever carries it finds the address as printed on the letter
