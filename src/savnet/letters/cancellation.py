"""The cancellation of appointments with UDI (2.3 d): to KOR (ANK before 2018-01-18) or BFE."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from savnet.letters import blocks
from savnet.letters.blanks import Blank
from savnet.letters.blocks import Block
from savnet.letters.child_facts import identity
from savnet.letters.frame import Page, page, signed
from savnet.letters.parts import Envelope, Identity
from savnet.letters.times import moment
from savnet.letters.wording import Wording
from savnet.rules.words import AppointmentKind, Priority, Recipient


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelledAppointment:
    """A meeting that the child can't come to."""

    kind: AppointmentKind
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Cancellation:
    """Avlysning. Which child, that the child is missing, and which appointments fall away; nothing else."""

    envelope: Envelope
    child: Identity
    missing_since: datetime
    appointments: tuple[CancelledAppointment, ...]
    priority: Priority = Priority.NORMAL

    def __post_init__(self) -> None:
        self.envelope.require(Recipient.KOR, Recipient.ANK, Recipient.BFE)

    def blanks(self) -> tuple[Blank, ...]:
        """What must be there: a cancellation without an appointment cancels nothing."""
        none = () if self.appointments else (Blank("appointments"),)
        return (*self.envelope.blanks(), *self.child.blanks(), *none)


def compose(letter: Cancellation, words: Wording) -> list[Page]:
    """The cancellation as one letter, marked where it is urgent (d-3)."""
    mark = words("cancellation.high_priority") if letter.priority is Priority.HIGH else ""
    return [page(letter.envelope, words, title=words("cancellation.title"), blocks=[*inside(letter, words)], mark=mark)]


def inside(letter: Cancellation, words: Wording) -> Iterator[Block]:
    """The cancellation from its first sentence to what we ask for."""
    yield blocks.paragraph(
        words("cancellation.lead", office=letter.envelope.sender.office, since=moment(letter.missing_since, words))
    )
    if letter.priority is Priority.HIGH:
        yield blocks.callout(words("cancellation.near"), [words("cancellation.read_now")])
    yield blocks.heading(words("cancellation.child"))
    yield blocks.facts(identity(letter.child, words))
    yield blocks.heading(words("cancellation.appointments"))
    yield blocks.table(
        [words("cancellation.what"), words("cancellation.when")],
        [(words(f"appointment.{one.kind}"), moment(one.at, words)) for one in letter.appointments],
        widths=(3, 4),
    )
    yield blocks.heading(words("cancellation.requests"))
    yield blocks.points(words.all("cancellation.request"))
    yield signed(letter.envelope, words)
