"""What one office tells another about a child's asylum case: etatsintern melding, a question, a request (3, 4)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from savnet.letters import blocks
from savnet.letters.blanks import Blank, empty
from savnet.letters.blocks import Block, Row
from savnet.letters.child_facts import identity
from savnet.letters.frame import Page, page, signed
from savnet.letters.notice import plain
from savnet.letters.parts import Envelope, Identity
from savnet.letters.times import moment
from savnet.letters.wording import Wording
from savnet.rules.words import InformationKind, Recipient

RECEIVERS: dict[str, frozenset[Recipient]] = {
    "3-4": frozenset({Recipient.DECISION_UNIT}),
    "3-6": frozenset({Recipient.DECISION_UNIT, Recipient.UNE, Recipient.PU}),
    "3-11": frozenset({Recipient.DECISION_UNIT}),
    "3-13": frozenset({Recipient.DECISION_UNIT}),
    "3-14": frozenset({Recipient.DECISION_UNIT}),
    "4-3": frozenset({Recipient.ASA}),
    "4-6": frozenset({Recipient.POLICE_DISTRICT}),
    "4-19": frozenset({Recipient.REGION}),
    "4-20": frozenset({Recipient.ASA}),
}
"""Whom each duty lets such a message go to."""

NEEDS_TEXT = frozenset({"3-6", "4-6", "4-19", "4-20"})
"""Where the message is nothing without somebody's own words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeMessage:
    """Melding mellom kontorene. `text` is what the sender writes; the rest is fixed by the duty it meets."""

    envelope: Envelope
    child: Identity
    centre: str
    missing_since: datetime
    returned_at: datetime | None = None
    kind: InformationKind | None = None
    municipality: str = ""
    text: str = ""

    def __post_init__(self) -> None:
        self.envelope.require(*RECEIVERS[self.envelope.duty])
        object.__setattr__(self, "child", plain(self.child))

    def blanks(self) -> tuple[Blank, ...]:
        """What the message must say before it goes."""
        needed = [("information", self.text)] if self.envelope.duty in NEEDS_TEXT else []
        return (*self.envelope.blanks(), *self.child.blanks(), *empty(needed))


def compose(message: OfficeMessage, words: Wording) -> list[Page]:
    """The message as one letter."""
    title = words(f"office.title.{message.envelope.duty}")
    return [page(message.envelope, words, title=title, blocks=[*inside(message, words)])]


def inside(message: OfficeMessage, words: Wording) -> Iterator[Block]:
    """From what it is about to what is asked of its receiver."""
    duty = message.envelope.duty
    yield blocks.paragraph(words(f"office.lead.{duty}"))
    yield blocks.heading(words("office.child"))
    yield blocks.facts([*identity(message.child, words), *around(message, words)])
    if told := [row for row in details(message, words) if row[1]]:
        yield blocks.heading(words("office.details"))
        yield blocks.facts(told)
    yield blocks.heading(words("office.requests"))
    yield blocks.points(words.all(f"office.request.{duty}"))
    yield signed(message.envelope, words)


def around(message: OfficeMessage, words: Wording) -> list[Row]:
    """From where and since when, and when the child was accounted for."""
    returned = moment(message.returned_at, words) if message.returned_at else ""
    rows = [
        (words("office.centre"), message.centre),
        (words("office.missing_since"), moment(message.missing_since, words)),
        (words("office.returned"), returned),
    ]
    return [row for row in rows if row[1]]


def details(message: OfficeMessage, words: Wording) -> list[Row]:
    """What the sender has to tell."""
    return [
        (words("office.kind"), words(f"information.{message.kind}") if message.kind else ""),
        (words("office.municipality"), message.municipality),
        (words("office.text"), message.text),
    ]
