"""On paper, or handed over as agreed: a person carries the letter, and says who took it."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext

from savnet.delivery.mistakes import Mistake
from savnet.rules.words import Channel

BY_HAND = frozenset({Channel.IN_PERSON, Channel.AGREED_CHANNEL, Channel.POST})


class NotByHand(Mistake):
    """This channel is no handing over. Use in person, agreed channel or post."""


class NobodyYet(Mistake):
    """A letter that was just posted has nobody who took it. Leave the name out, and take the receipt later."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOver:
    """A letter left the house: how, when, and who took it at the other end, if anybody is named.

    A letter put in the post has no receiver yet, and none can be named; one handed across a desk usually has.
    """

    channel: Channel
    at: datetime
    received_by: str = ""
    reference: str = ""

    def __post_init__(self) -> None:
        if self.channel not in BY_HAND:
            raise NotByHand("Velg personlig frammøte, avtalt måte eller post.", field="channel")
        if self.channel is Channel.POST and self.received_by.strip():
            said = gettext(
                "Når brevet er lagt i posten, har ingen bekreftet ennå. La navnet stå tomt, og noter hvem som har "
                "brevet når de har svart."
            )
            raise NobodyYet(said, field="received_by")
