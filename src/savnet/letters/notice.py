"""The written notice that the child is back, or that there is news of where the child is (2.2, 4)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from savnet.letters import blocks
from savnet.letters.blanks import Blank, empty
from savnet.letters.blocks import Block, Row
from savnet.letters.child_facts import identity
from savnet.letters.frame import Page, page, signed
from savnet.letters.parts import Envelope, Identity
from savnet.letters.times import moment
from savnet.letters.wording import Wording
from savnet.rules.words import InformationKind, Recipient, ReturnedHow


class News(StrEnum):
    """What the notice tells."""

    RETURNED = "returned"
    WHEREABOUTS = "whereabouts"


NEEDS: dict[Recipient, frozenset[str]] = {
    Recipient.POLICE_DISTRICT: frozenset({"how", "kind", "municipality", "text", "source", "their_reference"}),
    Recipient.CHILD_WELFARE: frozenset({"how", "kind", "municipality", "text", "their_reference"}),
    Recipient.REGION: frozenset({"how", "kind", "municipality", "text"}),
    Recipient.REPRESENTATIVE: frozenset({"how", "kind", "municipality"}),
    Recipient.GUARDIAN: frozenset({"how", "kind", "municipality"}),
    Recipient.LAWYER: frozenset({"how", "kind", "municipality"}),
    Recipient.KOR: frozenset(),
    Recipient.ANK: frozenset(),
    Recipient.BFE: frozenset(),
}
"""What each receiver's purpose needs beside the news itself.

The police look for the child and may have to talk to whoever gave the word: they get all. Child welfare and the
region act on the place, not on who told of it. Representative and lawyer are to know what has come up and where,
and call for the rest. KOR and BFE cancel and make appointments: for them it is enough that the child is back, or not.
"""
DETAILS = ("how", "kind", "municipality", "text", "source", "their_reference")


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """Melding om at barnet er tilbake, eller om opplysninger om hvor barnet er.

    `at` is when the child returned or the information came. What its receiver doesn't need is dropped at once: a
    notice can't hold more than it may tell.
    """

    envelope: Envelope
    child: Identity
    news: News
    at: datetime
    missing_since: datetime
    how: ReturnedHow | None = None
    kind: InformationKind | None = None
    municipality: str = ""
    text: str = ""
    source: str = ""
    their_reference: str = ""

    def __post_init__(self) -> None:
        self.envelope.require(*NEEDS)
        for detail in DETAILS:
            if detail not in NEEDS[self.envelope.receiver.kind]:
                object.__setattr__(self, detail, None if detail in {"how", "kind"} else "")
        object.__setattr__(self, "child", plain(self.child))

    def blanks(self) -> tuple[Blank, ...]:
        """What the notice must say; to those who act on the information, what the information is."""
        tells = self.news is News.WHEREABOUTS and "text" in NEEDS[self.envelope.receiver.kind]
        return (*self.envelope.blanks(), *self.child.blanks(), *empty([("information", self.text)] if tells else []))


def plain(child: Identity) -> Identity:
    """Who is meant and no more, also where the caller hands over all that is known of the child."""
    return Identity(name=child.name, duf_number=child.duf_number, born=child.born, born_uncertain=child.born_uncertain)


def compose(notice: Notice, words: Wording) -> list[Page]:
    """The notice as one letter."""
    title = words(f"notice.title_{notice.news}")
    return [page(notice.envelope, words, title=title, blocks=[*inside(notice, words)])]


def inside(notice: Notice, words: Wording) -> Iterator[Block]:
    """The notice from its news to what it means for its receiver."""
    at, since = moment(notice.at, words), moment(notice.missing_since, words)
    yield blocks.paragraph(
        words(f"notice.lead_{notice.news}", at=at, since=since, office=notice.envelope.sender.office)
    )
    yield blocks.heading(words("notice.child"))
    yield blocks.facts([*identity(notice.child, words), (words("notice.their_reference"), notice.their_reference)])
    if known := [row for row in details(notice, words) if row[1]]:
        yield blocks.heading(words(f"notice.details_{notice.news}"))
        yield blocks.facts(known)
    yield blocks.heading(words("notice.meaning"))
    yield blocks.points(words.all(f"notice.{notice.news}.{notice.envelope.receiver.kind}"))
    yield signed(notice.envelope, words)


def details(notice: Notice, words: Wording) -> list[Row]:
    """What this receiver gets to know beside the news."""
    return [
        (words("notice.how"), words(f"returned.{notice.how}") if notice.how else ""),
        (words("notice.kind"), words(f"information.{notice.kind}") if notice.kind else ""),
        (words("notice.municipality"), notice.municipality),
        (words("notice.text"), notice.text),
        (words("notice.source"), notice.source),
    ]
