"""The notice to the region that there is justified suspicion of serious neglect or the like after a return (4-18)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from savnet.letters import blocks
from savnet.letters.blanks import Blank
from savnet.letters.blocks import Block, Row
from savnet.letters.child_facts import identity
from savnet.letters.frame import Page, page, signed
from savnet.letters.parts import Envelope, Identity
from savnet.letters.times import moment
from savnet.letters.wording import Wording
from savnet.rules.words import ConcernKind, Recipient


@dataclass(frozen=True, slots=True, kw_only=True)
class SuspicionNotice:
    """Varsel om begrunnet mistanke. What kind, and what has been done; not what the child has said.

    What was said in the talk stays in the child's file and in the concern report: the region is to know that child
    welfare has been told and that the child's place to live may have to be thought over, and needs no more for that.
    """

    envelope: Envelope
    child: Identity
    returned_at: datetime
    kinds: tuple[ConcernKind, ...]
    child_welfare: str
    child_welfare_told_at: datetime | None = None

    def __post_init__(self) -> None:
        self.envelope.require(Recipient.REGION)

    def blanks(self) -> tuple[Blank, ...]:
        """A suspicion is of something."""
        none = () if self.kinds else (Blank("kinds"),)
        return (*self.envelope.blanks(), *self.child.blanks(), *none)


def compose(notice: SuspicionNotice, words: Wording) -> list[Page]:
    """The notice as one letter."""
    return [page(notice.envelope, words, title=words("suspicion.title"), blocks=[*inside(notice, words)])]


def inside(notice: SuspicionNotice, words: Wording) -> Iterator[Block]:
    """What we suspect, whom we have told, and what we ask the region to think over."""
    yield blocks.paragraph(words("suspicion.lead", returned=moment(notice.returned_at, words)))
    yield blocks.heading(words("suspicion.child"))
    yield blocks.facts(identity(notice.child, words))
    yield blocks.heading(words("suspicion.what"))
    yield blocks.facts(known(notice, words))
    yield blocks.heading(words("suspicion.requests"))
    yield blocks.points(words.all("suspicion.request"))
    yield signed(notice.envelope, words)


def known(notice: SuspicionNotice, words: Wording) -> list[Row]:
    """The kinds of concern, and whether child welfare has been told."""
    told = notice.child_welfare_told_at
    when = words("suspicion.told", at=moment(told, words)) if told else words("suspicion.told_now")
    return [
        (words("suspicion.kinds"), ", ".join(words(f"concern_kind.{kind}") for kind in notice.kinds)),
        (words("suspicion.child_welfare"), f"{notice.child_welfare}. {when}"),
    ]
