"""The cover for the copies that the region gets of what was sent to police and child welfare (2.3 d)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from savnet.letters import blocks, concern_report, police_report_page
from savnet.letters.blanks import Blank
from savnet.letters.blocks import Block
from savnet.letters.child_facts import identity
from savnet.letters.concern_report import ConcernReport
from savnet.letters.frame import Page, page, signed
from savnet.letters.parts import Envelope
from savnet.letters.police_report import PoliceReport
from savnet.letters.redaction import redacted
from savnet.letters.times import moment
from savnet.letters.wording import Wording
from savnet.rules.words import Channel, Recipient


@dataclass(frozen=True, slots=True, kw_only=True)
class SentCopy:
    """A letter that was sent, when, and how."""

    letter: PoliceReport | ConcernReport
    sent_at: datetime
    channel: Channel


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyCover:
    """Kopi til regionkontoret. A copied police report is always the redacted one: see `redaction.redacted`."""

    envelope: Envelope
    copies: tuple[SentCopy, ...]

    def __post_init__(self) -> None:
        self.envelope.require(Recipient.REGION)

    def blanks(self) -> tuple[Blank, ...]:
        """A cover covers something, and a copy is a copy of something complete."""
        none = () if self.copies else (Blank("copies"),)
        return (*self.envelope.blanks(), *none, *(blank for copy in self.copies for blank in copy.letter.blanks()))


def compose(cover: CopyCover, words: Wording) -> list[Page]:
    """The cover and, after it, each copy."""
    front = page(cover.envelope, words, title=words("copy.title"), blocks=[*inside(cover, words)])
    return [front, *(copied for copy in cover.copies for copied in copy_pages(copy.letter, words))]


def copy_pages(letter: PoliceReport | ConcernReport, words: Wording) -> list[Page]:
    """A letter again, as its copy, marked so that nobody takes it for a second report."""
    if isinstance(letter, PoliceReport):
        return police_report_page.compose(redacted(letter), words)
    return [one | {"mark": words("copy.mark")} for one in concern_report.compose(letter, words)]


def inside(cover: CopyCover, words: Wording) -> Iterator[Block]:
    """What is enclosed, and what the region is to do with it."""
    yield blocks.paragraph(words("copy.lead"))
    yield blocks.heading(words("copy.child"))
    for child in {copy.letter.child.identity(): None for copy in cover.copies}:
        yield blocks.facts(identity(child, words))
    yield blocks.heading(words("copy.enclosed"))
    yield blocks.table(
        [words(f"copy.{column}") for column in ("what", "to", "when", "reference")],
        rows(cover, words),
        widths=(3, 3, 3, 2),
    )
    yield blocks.fine_print(words("copy.residents"))
    yield blocks.heading(words("copy.requests"))
    yield blocks.points(words.all("copy.request"))
    yield signed(cover.envelope, words)


def rows(cover: CopyCover, words: Wording) -> Iterator[tuple[str, str, str, str]]:
    """Each copy: what it is a copy of, to whom it went, when and how, and its reference."""
    for copy in cover.copies:
        report = isinstance(copy.letter, PoliceReport)
        yield (
            words("copy.police_report") if report else words("copy.concern_report"),
            copy.letter.envelope.receiver.name,
            f"{moment(copy.sent_at, words)}, {words(f'channel.{copy.channel}').lower()}",
            copy.letter.envelope.reference,
        )
