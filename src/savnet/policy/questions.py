"""What receivers are asked after they have got the notice, when an answer is due, and how each question stands.

None of this is the circular's: it ends with the notice. What is asked of the police is the house's choice; the two
dates of child welfare are from the rules child welfare works by, and are shown as neighbouring rules.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from savnet.rules import Derivation, Obligation
from savnet.rules.events import (
    AlertConfirmed,
    Event,
    NotTheirs,
    PoliceCaseOpened,
    QuestionAnswered,
    QuestionPut,
)
from savnet.rules.words import Actor, AlertScope, CaseState, Question, QuestionAnswer, Recipient

Reports = Mapping[Recipient, frozenset[str]]
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


class Source(StrEnum):
    """Whose date it is that an answer is due."""

    HOUSE = "house"
    NEIGHBOUR = "neighbour"  # a rule that the receiver works by, beside the circular


ASKED_OF: dict[Question, tuple[Recipient, timedelta, Source]] = {
    Question.CASE_OPENED: (Recipient.POLICE_DISTRICT, 4 * HOUR, Source.HOUSE),
    Question.CASE_NUMBER: (Recipient.POLICE_DISTRICT, DAY, Source.HOUSE),
    Question.ALERT_NATIONAL: (Recipient.POLICE_DISTRICT, DAY, Source.HOUSE),
    Question.ALERT_SIS: (Recipient.POLICE_DISTRICT, 2 * DAY, Source.HOUSE),
    Question.ALERT_INTERPOL: (Recipient.POLICE_DISTRICT, 7 * DAY, Source.HOUSE),
    Question.REVIEWED: (Recipient.CHILD_WELFARE, 7 * DAY, Source.NEIGHBOUR),
    Question.FEEDBACK: (Recipient.CHILD_WELFARE, 21 * DAY, Source.NEIGHBOUR),
}
"""Of whom each is asked, how long after the notice was sent an answer is due, and whose date that is."""

OF_SCOPE = {
    AlertScope.NATIONAL: Question.ALERT_NATIONAL,
    AlertScope.SIS: Question.ALERT_SIS,
    AlertScope.INTERPOL: Question.ALERT_INTERPOL,
}
ALERTS = {question: scope for scope, question in OF_SCOPE.items()}
OF_THE_DISAPPEARANCE = {
    Recipient.POLICE_DISTRICT: frozenset({"a-1"}),
    Recipient.CHILD_WELFARE: frozenset({"b-4", "b-8", "3-8"}),
}
"""The notices after which somebody is asked, from when they are sent. Once the child is back, the police are asked only
whether the alerts are withdrawn; child welfare works by its own dates, and is asked all the same."""
STANDS = "_stands"
"""What is added to the name of an alert when the question is whether it is withdrawn."""
ONCE_BACK = {Recipient.CHILD_WELFARE: frozenset({"b-9", "4-18"})}
"""The reports of a concern that arose when the child was back."""
WITHDRAWN_WITHIN = DAY
"""How long after the return it is asked whether an alert is withdrawn: one that stands can stop a child at a border."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenQuestion:
    """One question to one receiver, by whoever sent it the notice: child welfare answers each that reports.

    `due` counts from when the notice was sent; `asked` is when it was last put. `which` tells it from the same question
    after another notice that was sent in the same minute. `heard` is a reference that they gave when they confirmed: it
    may be the case number, or somebody's initials. `stands` tells that the child is back and the alert was confirmed:
    then the question is whether it is withdrawn.
    """

    question: Question
    actor: Actor
    recipient: Recipient
    municipality: str | None
    source: Source
    since: datetime
    due: datetime
    which: int = 1
    asked: datetime | None = None
    answer: QuestionAnswer | None = None
    answered: datetime | None = None
    reference: str | None = None
    heard: str | None = None
    why: str | None = None
    stands: bool = False

    @property
    def name(self) -> str:
        """What is asked: the question itself, or whether an alert that was confirmed stands no more."""
        return f"{self.question}{STANDS}" if self.stands else str(self.question)

    @property
    def minute(self) -> str:
        """When the notice was sent, to the minute, as numbers alone."""
        return f"{self.since:%Y%m%d%H%M}"

    @property
    def open(self) -> bool:
        """Whether nobody has answered."""
        return self.answer is None

    def late(self, now: datetime) -> bool:
        """Whether the answer should have come."""
        return self.open and self.due < now


def questions(derivation: Derivation, happened: Iterable[Event]) -> tuple[OpenQuestion, ...]:
    """Every question of the disappearance that the case is about now, with the newest answer.

    Nothing is asked before the notice has been sent, nor of who says that it is somebody else's.
    """
    if derivation.missing_since is None:
        return ()
    events = [one for one in happened if one.at >= derivation.missing_since]
    asked = _asked(_sent(derivation, derivation.missing_since, OF_THE_DISAPPEARANCE), events)
    if derivation.state is CaseState.MISSING or derivation.returned_at is None:
        return asked
    return _once_back(derivation, derivation.returned_at, asked, events)


def _asked(sent: Iterable[Obligation], events: Sequence[Event]) -> tuple[OpenQuestion, ...]:
    """What is asked after these, as it stands after the events."""
    declined = {_named(one) for one in events if isinstance(one, NotTheirs)}
    asked = [
        replace(one, heard=report.reference) if one.question is Question.CASE_NUMBER else one
        for report, one in _told_apart(sent)
        if (report.id, report.recipient, report.municipality) not in declined
    ]
    return tuple(_followed(one, events) for one in asked)


def _once_back(
    derivation: Derivation, back: datetime, asked: Sequence[OpenQuestion], events: Sequence[Event]
) -> tuple[OpenQuestion, ...]:
    """Child welfare has its own dates; an alert that was confirmed is to be withdrawn; and what arose at the return.

    Where one sender has sent one office both, it is asked about the newer: an answer does not say which it is of.
    """
    since = [one for one in events if one.at >= back]
    new = _asked(_sent(derivation, back, ONCE_BACK), since)
    renewed = {_whom(one) for one in new}
    kept = (one for one in asked if one.recipient is Recipient.CHILD_WELFARE and _whom(one) not in renewed)
    standing = (one for one in asked if one.question in ALERTS and one.answer is QuestionAnswer.CONFIRMED)
    return (*kept, *(_followed(_stands(one, back), since) for one in standing), *new)


def _whom(one: OpenQuestion) -> tuple[Actor, Recipient, str | None]:
    return one.actor, one.recipient, one.municipality


def _stands(one: OpenQuestion, back: datetime) -> OpenQuestion:
    due = back + WITHDRAWN_WITHIN
    return replace(one, since=back, due=due, asked=None, answer=None, answered=None, why=None, stands=True)


def _told_apart(sent: Iterable[Obligation]) -> Iterator[tuple[Obligation, OpenQuestion]]:
    """What is asked after each report. One that is declined counts too, so that the others stay what they were."""
    alike: Counter[tuple[Question, str]] = Counter()
    for report in sent:
        for one in _of(report):
            alike[one.question, one.minute] += 1
            yield report, replace(one, which=alike[one.question, one.minute])


def _named(said: NotTheirs) -> tuple[str, Recipient | None, str | None]:
    return said.obligation, said.recipient, said.municipality


def _sent(derivation: Derivation, since: datetime, reports: Reports) -> Iterator[Obligation]:
    """The reports of this disappearance that have gone; from one sender to one receiver, the first."""
    seen = set()
    for one in derivation.obligations:
        where = (one.actor, one.recipient, one.municipality)
        mine = one.recipient and one.id in reports.get(one.recipient, ()) and one.sent_at
        if mine and one.arisen_at >= since and where not in seen:
            seen.add(where)
            yield one


def _of(report: Obligation) -> Iterator[OpenQuestion]:
    for question, (recipient, wait, source) in ASKED_OF.items():
        if recipient is report.recipient and report.sent_at:
            yield OpenQuestion(
                question=question,
                actor=report.actor,
                recipient=recipient,
                municipality=report.municipality,
                source=source,
                since=report.sent_at,
                due=report.sent_at + wait,
            )


def _followed(one: OpenQuestion, events: Sequence[Event]) -> OpenQuestion:
    for event in events:
        one = _after(one, event)
    return one


def _after(one: OpenQuestion, event: Event) -> OpenQuestion:
    """The question after an event that may ask or answer it."""
    match event:
        case QuestionPut() if _same(one, event):
            return replace(one, asked=event.at)
        case QuestionAnswered() if _same(one, event):
            return _answered(one, event, event.answer, why=event.why)
        case PoliceCaseOpened() if one.question is Question.CASE_OPENED or (
            one.question is Question.CASE_NUMBER and event.reference
        ):
            return _answered(one, event, QuestionAnswer.CONFIRMED)
        case AlertConfirmed() if one.question is OF_SCOPE[event.scope] and not one.stands:
            return _answered(one, event, QuestionAnswer.CONFIRMED)
    return one


def _answered(
    one: OpenQuestion,
    event: QuestionAnswered | PoliceCaseOpened | AlertConfirmed,
    answer: QuestionAnswer,
    *,
    why: str | None = None,
) -> OpenQuestion:
    return replace(one, answer=answer, answered=event.at, reference=event.reference or one.reference, why=why)


def _same(one: OpenQuestion, event: QuestionPut | QuestionAnswered) -> bool:
    mine = event.question is one.question and event.actor is one.actor
    return mine and event.municipality in {None, one.municipality}
