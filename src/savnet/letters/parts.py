"""What several letters hold: who writes, to whom, why it is lawful, and who the child is."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Self

from savnet.letters.blanks import Blank, empty
from savnet.letters.errors import WrongReceiver
from savnet.rules.words import Answer, Recipient

LATEST_VERSION = date(2018, 7, 3)


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer to a question, with the words that go with it. Only `not_asked` is a blank."""

    answer: Answer = Answer.NOT_ASKED
    text: str = ""

    @classmethod
    def yes(cls, text: str) -> Self:
        """Yes, and this is what is known."""
        return cls(Answer.YES, text)

    @property
    def asked(self) -> bool:
        """Whether anybody has asked; "unknown" and "not obtained" are answers."""
        return self.answer is not Answer.NOT_ASKED


NOT_ASKED = Reply()
"""The reply before anybody has asked."""


class Sex(StrEnum):
    """As registered; never derived from a number."""

    FEMALE = "female"
    MALE = "male"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """The office that writes, and the person who answers for the letter."""

    office: str
    address: tuple[str, ...]
    person: str
    role: str
    phone: str
    on_call: str
    email: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Receiver:
    """Whom the letter is for. `address` is the lines under the name, as on an envelope."""

    kind: Recipient
    name: str
    address: tuple[str, ...] = ()
    phone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirmation:
    """How the receiver confirms without an account: a code, and the address where the letter may hold it."""

    code: str
    address: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """What every letter carries.

    `duty` is the provision that demands the letter, `basis` the one that makes the disclosure lawful (ids of the
    circular's provisions), `version` the dated version of the circular that it follows. `reference` is neutral: the
    short form of the message id, nothing of the case. What is written in an `exercise` says so across every page.
    """

    sender: Sender
    receiver: Receiver
    written_at: datetime
    reference: str
    duty: str
    basis: str
    version: date = LATEST_VERSION
    exercise: bool = False
    confirm: Confirmation | None = None

    def blanks(self) -> tuple[Blank, ...]:
        """What no letter goes without."""
        sender, receiver = self.sender, self.receiver
        return empty(
            (
                ("sender.office", sender.office),
                ("sender.person", sender.person),
                ("sender.phone", sender.phone),
                ("receiver.name", receiver.name),
                ("reference", self.reference),
            )
        )

    def require(self, *kinds: Recipient) -> None:
        """Refuse a receiver whom this kind of letter is not meant for."""
        if self.receiver.kind not in kinds:
            raise WrongReceiver(f"This letter is for {', '.join(kinds)}, not for {self.receiver.kind}. Choose another.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """Enough to know which child is meant. `duf_number` is None where none is registered."""

    name: str
    duf_number: str | None = None
    born: date | None = None
    born_uncertain: bool = False

    def blanks(self) -> tuple[Blank, ...]:
        """A child with no name at all can't be looked for."""
        return empty((("child.name", self.name),))


@dataclass(frozen=True, slots=True, kw_only=True)
class Child(Identity):
    """The child as those must know who look for the child, or who are to help."""

    name_in_original_script: str = ""
    aliases: tuple[str, ...] = ()
    identity_uncertain: bool = False
    sex: Sex = Sex.UNKNOWN
    citizenship: str = ""
    languages: tuple[str, ...] = ()
    interpreter: Reply = NOT_ASKED

    def identity(self) -> Identity:
        """The same child, with no more than enough to know who is meant."""
        return Identity(name=self.name, duf_number=self.duf_number, born=self.born, born_uncertain=self.born_uncertain)


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """A representative, guardian or lawyer."""

    name: str
    phone: str = ""
    office: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Photo:
    """A picture of the child as JPEG or PNG bytes, and when it was taken where that is known."""

    data: bytes
    taken: date | None = None
