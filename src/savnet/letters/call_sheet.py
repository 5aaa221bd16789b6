"""The sheet for the call to representative and lawyer (2.3 c): the number, what to say, what to ask, boxes to tick."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from savnet.letters import blocks
from savnet.letters.blanks import Blank, empty
from savnet.letters.blocks import Block
from savnet.letters.child_facts import identity
from savnet.letters.frame import Page, legal_basis, office_page
from savnet.letters.parts import Envelope, Identity
from savnet.letters.times import moment
from savnet.letters.wording import Wording
from savnet.rules.words import Recipient


@dataclass(frozen=True, slots=True, kw_only=True)
class CallSheet:
    """Samtaleark. The envelope's receiver is whom to call; the sheet itself stays at the centre."""

    envelope: Envelope
    child: Identity
    missing_since: datetime

    def __post_init__(self) -> None:
        self.envelope.require(Recipient.REPRESENTATIVE, Recipient.GUARDIAN, Recipient.LAWYER)

    def blanks(self) -> tuple[Blank, ...]:
        """Nobody can be called without a number."""
        return (
            *self.envelope.blanks(),
            *self.child.blanks(),
            *empty([("receiver.phone", self.envelope.receiver.phone)]),
        )


def compose(sheet: CallSheet, words: Wording) -> list[Page]:
    """The sheet as one page, with no address: it is not sent."""
    it = sheet.envelope
    front = office_page(
        it.sender,
        words,
        written_at=it.written_at,
        reference=it.reference,
        title=words("call.title", whom=words(f"whom.{it.receiver.kind}")),
        blocks=[*inside(sheet, words), legal_basis(it, words)],
    )
    return [front | {"mark": words("call.mark")}]


def inside(sheet: CallSheet, words: Wording) -> Iterator[Block]:
    """The call from its number to what was answered."""
    receiver, since = sheet.envelope.receiver, moment(sheet.missing_since, words)
    yield blocks.number_to_call(receiver.name, receiver.phone)
    yield blocks.facts(identity(sheet.child, words))
    yield blocks.heading(words("call.say"))
    yield blocks.paragraph(
        words("call.script", office=sheet.envelope.sender.office, name=sheet.child.name, since=since)
    )
    yield blocks.heading(words("call.ask"))
    yield blocks.points(words.all("call.question"))
    yield blocks.fine_print(words("call.careful"))
    yield blocks.heading(words("call.outcome"))
    yield blocks.boxes(words.all("call.reach"), words.all("call.box"))
    yield blocks.space(words("call.knew"))
    yield blocks.lines(words.all("call.line"), columns=2)
