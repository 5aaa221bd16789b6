"""The report of a missing child to the police (2.3 a): the nine items, and what a search needs beside them."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import datetime

from savnet.letters.blanks import Blank, empty, unanswered
from savnet.letters.parts import NOT_ASKED, Child, Envelope, Photo, Reply
from savnet.rules.words import ITEMS, Channel, Recipient


@dataclass(frozen=True, slots=True, kw_only=True)
class LastObserved:
    """When, where and by whom the child was last seen at the centre; None or empty where nobody knows."""

    at: datetime | None = None
    place: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedResident:
    """Another resident who may know something (a-7). For the police only."""

    name: str
    knows: str
    with_whom: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Traces:
    """What the child looks like and may have left a trace with. The circular doesn't ask; every search does."""

    description: Reply = NOT_ASKED
    clothing: Reply = NOT_ASKED
    phones: Reply = NOT_ASKED
    imei: Reply = NOT_ASKED
    social_media: Reply = NOT_ASKED
    bank_card: Reply = NOT_ASKED
    travel_documents: Reply = NOT_ASKED
    earlier_disappearances: Reply = NOT_ASKED

    def each(self) -> Iterator[tuple[str, Reply]]:
        """Every trace by name, in the order of the report."""
        return ((field.name, getattr(self, field.name)) for field in fields(self))


@dataclass(frozen=True, slots=True, kw_only=True)
class PoliceReport:
    """Melding om savnet person. `items` holds a reply for each of the nine items, by id (a-3 to a-11).

    `scope` is the provision that makes the child one of the circular's (1-3, 1-5, 1-6, 1-7, or `not_registered`).
    `handover` is how the police get it: in person, or as agreed with them. Nothing of `traces` is ever demanded: a
    report must not wait for the colour of a jacket; the report says what nobody has looked into yet.
    """

    envelope: Envelope
    child: Child
    scope: str
    handover: Channel
    absence_noticed_at: datetime | None
    believed_at: datetime
    items: dict[str, Reply]
    last_observed: LastObserved = LastObserved()
    named_residents: tuple[NamedResident, ...] = ()
    traces: Traces = Traces()
    dangers: tuple[str, ...] = ()
    photo: Photo | None = None
    without_residents: bool = False

    def __post_init__(self) -> None:
        self.envelope.require(Recipient.POLICE_DISTRICT)
        if self.handover not in {Channel.IN_PERSON, Channel.AGREED_CHANNEL}:
            raise ValueError(
                f"The police take the report in person or as agreed with them (a-1), not by {self.handover}."
            )

    def reply(self, item: str) -> Reply:
        """The reply to one of the nine items; `not_asked` where nobody has answered."""
        return self.items.get(item, NOT_ASKED)

    def blanks(self) -> tuple[Blank, ...]:
        """What still stands between this report and the police."""
        nine = unanswered((item, self.reply(item).answer) for item in ITEMS)
        return (*self.envelope.blanks(), *self.child.blanks(), *empty([("scope", self.scope)]), *nine)
