"""A letter for the wire goes on paper instead: because no try is of use any more, or because a person won't wait."""

from datetime import datetime
from uuid import UUID

from savnet.access.models import Person
from savnet.cases import ledger
from savnet.casework.case_at_hand import at_hand
from savnet.casework.errors import NothingOwed
from savnet.casework.holding_back import no_longer_owed
from savnet.casework.next_way import go_on_paper
from savnet.casework.pace import give_up, next_try_at
from savnet.casework.ways import WIRED
from savnet.delivery.models import Message
from savnet.delivery.standing import progress
from savnet.delivery.words import SENT

BY_ONESELF = "{name} leverer det selv, siden det ikke var kommet fram."
GONE = "Meldingen er kommet fram nå, så den trenger ikke leveres på papir. Last inn siden på nytt."
STOPPED = "Brevet er stanset og skal ikke leveres. Last inn siden på nytt for å se hvorfor."
DONE = "Dette er allerede gjort. Last inn siden på nytt for å se hvordan saken står."


def next_try(message: Message) -> datetime | None:
    """When the worker tries again to send what has not got through.

    None where nothing has been tried, where it has gone, and where it goes on paper before the next try would come.
    """
    if message.channel not in WIRED:
        return None
    due, over = next_try_at(message), give_up(message)
    return due if due and (over is None or due < over) else None


def carry_yourself(message_id: UUID, *, by: Person, now: datetime) -> None:
    """Let a person carry a letter that does not get through, without waiting for the worker to give it up.

    It is the same letter under the same message id; an attempt that is under way may still reach the receiver. Asked
    twice, it is done once. Raises NothingOwed where it has gone, was stopped, or nobody is owed it any more.
    """
    message = Message.objects.select_related("withdrawal").defer("sealed_letter").get(id=message_id)
    with ledger.hold(message.case_id):
        if progress(list(message.attempts.all()), list(message.statuses.all())) in SENT:
            raise NothingOwed(GONE)
        if hasattr(message, "withdrawal"):
            raise NothingOwed(STOPPED)
        if no_longer_owed(at_hand(message.case_id, now), message):
            raise NothingOwed(DONE)
        go_on_paper(message, why=BY_ONESELF.format(name=by.name), by=by, now=now)
