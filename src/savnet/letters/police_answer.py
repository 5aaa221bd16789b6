"""The answer to the police's written request for information about a resident (utlendingsloven § 84 b).

Four things may be given and no more: so the letter has room for four, and none for anybody's own words.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from savnet.letters import blocks
from savnet.letters.blanks import Blank, empty
from savnet.letters.blocks import Block, Row
from savnet.letters.frame import Page, office_page
from savnet.letters.parts import Sender
from savnet.letters.times import day, moment
from savnet.letters.wording import Wording


@dataclass(frozen=True, slots=True, kw_only=True)
class WhoSheIs:
    """Name, birth date and nationality. What is not registered says so."""

    name: str
    born: date | None
    nationality: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PoliceAnswer:
    """Svar på politiets skriftlige begjæring. What is None was not asked for, or is not needed, and is not mentioned.

    `away` are the leaves that were agreed, from and until; where the child was is not among what may be given.
    """

    sender: Sender
    receiver: tuple[str, ...]
    written_at: datetime
    reference: str
    their_reference: str
    asked_on: date
    who: WhoSheIs
    identity: bool = False
    stay: tuple[date | None, date | None] | None = None
    away: tuple[tuple[datetime, datetime], ...] | None = None
    moved_to: str | None = None
    exercise: bool = False

    def blanks(self) -> tuple[Blank, ...]:
        """It needs a receiver, a child by name, and somebody who answers for it."""
        name = self.receiver[0] if self.receiver else ""
        return empty([("receiver.name", name), ("child.name", self.who.name), ("sender.person", self.sender.person)])


def compose(answer: PoliceAnswer, words: Wording) -> list[Page]:
    """The answer as one letter."""
    one = office_page(
        answer.sender,
        words,
        written_at=answer.written_at,
        reference=answer.reference,
        title=words("police_answer.title"),
        blocks=[*_inside(answer, words)],
    )
    return [one | {"receiver": list(answer.receiver)}]


def _inside(answer: PoliceAnswer, words: Wording) -> Iterator[Block]:
    asked = day(answer.asked_on, words)
    theirs = words("police_answer.their_reference", reference=answer.their_reference) if answer.their_reference else ""
    yield blocks.paragraph(words("police_answer.lead", asked=asked, theirs=theirs))
    yield blocks.facts([(words("police_answer.name"), answer.who.name), *_identity(answer, words)])
    yield blocks.facts([*_stay(answer, words), *_away(answer, words), *_moved(answer, words)])
    yield blocks.fine_print(words("police_answer.no_more"))
    sender = answer.sender
    yield {"kind": "basis", "title": words("basis.title"), "text": words("police_answer.basis")}
    yield blocks.signature(words("frame.closing"), sender.person, sender.role, sender.office)


def _identity(answer: PoliceAnswer, words: Wording) -> Iterator[Row]:
    unknown = words("police_answer.not_registered")
    if answer.identity:
        born = answer.who.born
        yield words("police_answer.born"), day(born, words) if born else unknown
        yield words("police_answer.nationality"), answer.who.nationality or unknown


def _stay(answer: PoliceAnswer, words: Wording) -> Iterator[Row]:
    if answer.stay is None:
        return
    arrived, left = answer.stay
    yield words("police_answer.arrived"), day(arrived, words) if arrived else words("police_answer.not_registered")
    yield words("police_answer.left"), day(left, words) if left else words("police_answer.lives_here")


def _away(answer: PoliceAnswer, words: Wording) -> Iterator[Row]:
    if answer.away is None:
        return
    spans = [f"{moment(began, words)} – {moment(ended, words)}" for began, ended in answer.away]
    yield words("police_answer.away"), "\n".join(spans) or words("police_answer.none")


def _moved(answer: PoliceAnswer, words: Wording) -> Iterator[Row]:
    if answer.moved_to is not None:
        yield words("police_answer.moved_to"), answer.moved_to or words("police_answer.not_registered")
