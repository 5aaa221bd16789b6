"""The letters of a case as its page lists them: to whom, how far it has come, and whether it may be opened."""

from dataclasses import dataclass

from savnet.access.rights import FieldClass
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
    def why(self) -> Text:
        return "" if self.opens or self.hidden is None else WHY[self.hidden]


def row(message: Message, seen: Sight, visit: Visit) -> LetterRow:
    """The letter as this person may see it."""
    unnamed = names_place(message.obligation) and seen.hides(FieldClass.WHEREABOUTS)
    name = str(RECIPIENT[Recipient(message.recipient)]) if unnamed else message.recipient_name
    return LetterRow(message, name, letter_hidden(message, seen, visit))
