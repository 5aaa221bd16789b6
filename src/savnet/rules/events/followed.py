"""How a case is followed up after the notices have gone: whose it is, what receivers are asked, what went wrong."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from savnet.rules.events.base import Event
from savnet.rules.words import Actor, Answer, Channel, Question, QuestionAnswer, Recipient


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnerNamed(Event):
    """One person now answers for following the case up. `owner` is the name, `person` who it is in the house."""

    type: ClassVar[str] = "owner_named"
    owner: str
    person: str | None = None
    why: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseReviewed(Event):
    """The case was gone through, point by point."""

    type: ClassVar[str] = "case_reviewed"
    police_inquiries: Answer = Answer.NOT_ASKED
    alert_valid: Answer = Answer.NOT_ASKED
    new_information: Answer = Answer.NOT_ASKED
    tracing_abroad: Answer = Answer.NOT_ASKED
    other_registers: Answer = Answer.NOT_ASKED
    text: str | None = None
    next_review: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionPut(Event):
    """Somebody asked a receiver what it has done; `who` is whom they spoke with, `actor` whose notice it is about."""

    type: ClassVar[str] = "question_put"
    question: Question
    municipality: str | None = None
    who: str | None = None
    actor: Actor = Actor.CENTRE


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionAnswered(Event):
    """A receiver answered (`by`) about the notice of `actor`. What the police confirm of their case and of alerts has
    events of its own.
    """

    type: ClassVar[str] = "question_answered"
    question: Question
    answer: QuestionAnswer
    municipality: str | None = None
    reference: str | None = None
    why: str | None = None
    actor: Actor = Actor.CENTRE


@dataclass(frozen=True, slots=True, kw_only=True)
class NotTheirs(Event):
    """A named person at the receiver says that the notice belongs to somebody else."""

    type: ClassVar[str] = "not_theirs"
    obligation: str
    recipient: Recipient | None = None
    municipality: str | None = None
    because: int | None = None
    message: str | None = None
    why: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RightReceiverNamed(Event):
    """Who is to have it instead: the office of that municipality. `instead_of` is the number of `not_theirs`.

    `because` is what the notice arose from, as in `not_theirs`.
    """

    type: ClassVar[str] = "right_receiver_named"
    instead_of: int
    obligation: str
    municipality: str
    because: int | None = None
    why: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SentInError(Event):
    """A letter reached somebody who should not have had it. `at` is when the house became aware of it.

    `receiver` is whoever got it, at `address`; `recipient` and `municipality` are whose it should have been, and
    `right_one_has_it` is whether they have got it too, where that was asked.
    """

    type: ClassVar[str] = "sent_in_error"
    message: str
    recipient: Recipient | None = None
    municipality: str | None = None
    receiver: str | None = None
    address: str | None = None
    right_one_has_it: bool | None = None
    what: str | None = None
    why: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecallSent(Event):
    """Whoever got it in error was asked to delete it and tell nobody. `error` is the number of `sent_in_error`."""

    type: ClassVar[str] = "recall_sent"
    error: int
    channel: Channel | None = None
    letter: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecallAnswered(Event):
    """Whoever got it in error says (`by`) whether it is deleted, and whether others have seen it."""

    type: ClassVar[str] = "recall_answered"
    error: int
    deleted: Answer
    seen_by_others: Answer = Answer.NOT_ASKED
    text: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BreachDrafted(Event):
    """A draft of the report to the data protection authority was handed out. `letter` is the SHA-256 of its PDF."""

    type: ClassVar[str] = "breach_drafted"
    error: int
    letter: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BreachAssessed(Event):
    """Somebody has decided whether the error is reported to the data protection authority, and why."""

    type: ClassVar[str] = "breach_assessed"
    error: int
    reported: bool
    reference: str | None = None
    why: str | None = None
