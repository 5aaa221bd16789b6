"""When a letter went to somebody who should not have had it: the notice that asks for it back, and the draft report.

The notice names no child: whoever reads it is not to learn more. The draft holds facts only; whoever answers for the
data decides whether it is reported, and what is written.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from savnet.letters import blocks
from savnet.letters.blanks import Blank, empty
from savnet.letters.blocks import Block
from savnet.letters.frame import Page, office_page
from savnet.letters.parts import Receiver, Sender
from savnet.letters.times import moment
from savnet.letters.wording import Wording
from savnet.rules.words import Answer


@dataclass(frozen=True, slots=True, kw_only=True)
class RecallNotice:
    """Tilbakekalling. `letter` is the reference of the letter that went wrong, which says nothing of the case."""

    sender: Sender
    receiver: Receiver
    written_at: datetime
    reference: str
    letter: str
    sent_at: datetime
    exercise: bool = False

    def blanks(self) -> tuple[Blank, ...]:
        """It needs a receiver, and somebody to call."""
        return empty([("receiver.name", self.receiver.name), ("sender.phone", self.sender.phone)])


@dataclass(frozen=True, slots=True, kw_only=True)
class BreachDraft:
    """Utkast til avviksmelding. What is not known stands as unknown."""

    sender: Sender
    written_at: datetime
    reference: str
    letter: str
    kind: str
    receiver: str
    sent_at: datetime
    known_at: datetime
    report_by: datetime
    what: str = ""
    why: str = ""
    recalled_at: datetime | None = None
    deleted: Answer = Answer.NOT_ASKED
    seen_by_others: Answer = Answer.NOT_ASKED
    exercise: bool = False

    def blanks(self) -> tuple[Blank, ...]:
        """None: what nobody knows yet is itself a fact in the report."""
        return ()


def compose(letter: RecallNotice | BreachDraft, words: Wording) -> list[Page]:
    """Either as one letter."""
    notice = isinstance(letter, RecallNotice)
    one = office_page(
        letter.sender,
        words,
        written_at=letter.written_at,
        reference=letter.reference,
        title=words("recall.title") if notice else words("breach.title"),
        blocks=[*(_notice(letter, words) if isinstance(letter, RecallNotice) else _draft(letter, words))],
    )
    if isinstance(letter, RecallNotice):
        return [one | {"receiver": [letter.receiver.name, *letter.receiver.address]}]
    return [one]


def _notice(notice: RecallNotice, words: Wording) -> Iterator[Block]:
    yield blocks.paragraph(words("recall.lead", at=moment(notice.sent_at, words), letter=notice.letter))
    yield blocks.points(words.all("recall.ask"))
    yield blocks.paragraph(words("recall.call", phone=notice.sender.phone))
    sender = notice.sender
    yield blocks.signature(words("frame.closing"), sender.person, sender.role, sender.office)


def _draft(draft: BreachDraft, words: Wording) -> Iterator[Block]:
    unknown = words("breach.unknown")
    recalled = moment(draft.recalled_at, words) if draft.recalled_at else words("breach.not_done")
    yield blocks.paragraph(words("breach.lead"))
    yield blocks.heading(words("breach.happened"))
    yield blocks.facts(
        [
            (words("breach.known_at"), moment(draft.known_at, words)),
            (words("breach.report_by"), moment(draft.report_by, words)),
            (words("breach.sent_at"), moment(draft.sent_at, words)),
            (words("breach.kind"), draft.kind),
            (words("breach.letter"), draft.letter),
            (words("breach.receiver"), draft.receiver),
            (words("breach.what"), draft.what or unknown),
            (words("breach.why"), draft.why or unknown),
        ]
    )
    yield blocks.heading(words("breach.whom"))
    yield blocks.points(words.all("breach.persons"))
    yield blocks.heading(words("breach.done"))
    yield blocks.facts(
        [
            (words("breach.recalled"), recalled),
            (words("breach.deleted"), words(f"answer.{draft.deleted}")),
            (words("breach.seen"), words(f"answer.{draft.seen_by_others}")),
        ]
    )
    yield blocks.fine_print(words("breach.remark"))
