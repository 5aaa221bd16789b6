"""On paper, or handed over as agreed: a person carries the letter, and says who took it."""

from dataclasses import dataclass
from datetime import datetime

from savnet.delivery.mistakes import Mistake
from savnet.rules.words import Channel

BY_HAND = frozenset({Channel.IN_PERSON, Channel.AGREED_CHANNEL, Channel.POST})


class NotByHand(Mistake):
    """This channel is no handing over. Use in person, agreed channel or post."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOver:
    """A letter left the house: how, when, and who took it at the other end, if anybody is named.

    A letter put in the post has no receiver yet; one handed across a desk usually has.
    """

    channel: Channel
    at: datetime
    received_by: str = ""
    reference: str = ""

    def __post_init__(self) -> None:
        if self.channel not in BY_HAND:
            raise NotByHand("Velg personlig frammøte, avtalt måte eller post.", field="channel")
