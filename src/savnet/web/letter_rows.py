"""The letters of a case as its page lists them: to whom, how far it has come, and whether it may be opened."""

from dataclasses import dataclass

from django.utils.translation import gettext

from savnet.access.rights import FieldClass
from savnet.casework.gone_astray import is_stopped
from savnet.casework.recall import RECALL
from savnet.delivery.models import Message
from savnet.rules.words import Recipient
from savnet.web.screen import Visit
from savnet.web.sight import WHY, Hidden, Sight, letter_hidden, names_place
from savnet.web.wording.text import Text
from savnet.web.wording.words import RECIPIENT


@dataclass(frozen=True, slots=True)
class LetterRow:
    """One letter. Where it may not be opened, `hidden` says why; asked again she may, so then the link stands."""

    message: Message
    name: str
    hidden: Hidden | None

    @property
    def opens(self) -> bool:
        return self.hidden in {None, Hidden.ASK_AGAIN}

    @property
    def astray(self) -> bool:
        """Whether it went, and to the wrong one: it was not stopped before."""
        return is_stopped(self.message)

    @property
    def why(self) -> Text:
        return "" if self.opens or self.hidden is None else WHY[self.hidden]


def row(message: Message, seen: Sight, visit: Visit) -> LetterRow:
    """The letter as this person may see it."""
    unnamed = names_place(message.obligation) and seen.hides(FieldClass.WHEREABOUTS)
    name = _unnamed(message) if unnamed else message.recipient_name
    return LetterRow(message, name, letter_hidden(message, seen, visit))


def _unnamed(message: Message) -> str:
    """What may be said of the receiver; whoever is to delete a letter is not of the kind that it was for."""
    if message.obligation == RECALL:
        return gettext("Mottakeren")
    return str(RECIPIENT[Recipient(message.recipient)])
