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
WHILE_MISSING = {
    Recipient.POLICE_DISTRICT: frozenset({"a-1"}),
    Recipient.CHILD_WELFARE: frozenset({"b-4", "b-8", "3-8"}),
}
"""The notices after which somebody is asked, as long as the child is gone. Then whoever was told is told of the return,
and those of the return are asked about."""
ONCE_BACK = {Recipient.CHILD_WELFARE: frozenset({"b-9", "4-18"})}
"""The reports of a concern that arose when the child was back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenQuestion:
    """One question to one receiver, by whoever sent it the notice: child welfare answers each that reports.

    `due` counts from when the notice was sent; `asked` is when it was last put. `which` tells it from the same question
    after another notice that was sent in the same minute.
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
    why: str | None = None

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
    since, reports = _asked_about(derivation)
    if since is None:
        return ()
    events = [one for one in happened if one.at >= since]
    declined = {_named(one) for one in events if isinstance(one, NotTheirs)}
    asked = [
        _numbered(one, report)
        for report, one in _told_apart(_sent(derivation, since, reports))
        if (report.id, report.recipient, report.municipality) not in declined
    ]
    return tuple(_followed(one, events) for one in asked)


def _asked_about(derivation: Derivation) -> tuple[datetime | None, Reports]:
    """Which notices are asked about now, and from when on."""
    if derivation.state is CaseState.MISSING:
        return derivation.missing_since, WHILE_MISSING
    return derivation.returned_at, ONCE_BACK


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


def _numbered(one: OpenQuestion, report: Obligation) -> OpenQuestion:
    """The case number may have come with the receipt already."""
    if one.question is not Question.CASE_NUMBER or not report.reference:
        return one
    return replace(
        one,
        answer=QuestionAnswer.CONFIRMED,
        answered=report.received_at or report.sent_at,
        reference=report.reference,
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
        case AlertConfirmed() if one.question is OF_SCOPE[event.scope]:
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
