"""Whether a letter is known to have reached somebody who should not have had it: nobody can confirm it after that.

Where whose it was has not got it by now, it counts as never sent: the duty stands open again, with the limit it had.
"""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from savnet.casework.errors import NotNow
from savnet.delivery.models import Message
from savnet.rules.events import Event, SentInError

STOPPED = gettext_noop("Meldingen gikk til feil mottaker og skal ikke sendes igjen.")
"""Why such a letter is withdrawn."""
CANNOT_ARRIVE = _("Dette brevet gikk til feil mottaker. Det kan verken leveres eller bekreftes mottatt.")


def sent_in_error(happened: Iterable[Event], message: Message) -> SentInError | None:
    """What is noted of this letter's having reached the wrong one, if anything is."""
    noted = (one for one in happened if isinstance(one, SentInError))
    return next((one for one in noted if one.message == str(message.id)), None)


def still_owed(happened: Iterable[Event], message: Message) -> bool:
    """Whether this letter reached the wrong one, and whose it was has not got it: no sending of it counts as done."""
    noted = sent_in_error(happened, message)
    return noted is not None and noted.right_one_has_it is False


def is_stopped(message: Message) -> bool:
    """Whether it was withdrawn for that, as far as can be told without opening the ledger."""
    withdrawal = getattr(message, "withdrawal", None)
    return withdrawal is not None and withdrawal.why == STOPPED


def refuse_sent_in_error(happened: Iterable[Event], message: Message) -> None:
    """Raise NotNow where the letter reached the wrong one: what they say of it is no receipt, and it stays undelivered.

    Whose it was gets a letter of its own.
    """
    if sent_in_error(happened, message):
        raise NotNow(CANNOT_ARRIVE)
