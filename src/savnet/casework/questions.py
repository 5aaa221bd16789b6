"""What receivers are asked after they got the notice: put, answered with a reference or a reason, and what is open."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

from savnet.access.models import Person
from savnet.cases import ledger
from savnet.casework.case_at_hand import CaseAtHand, at_hand
from savnet.casework.closing import is_closed
from savnet.casework.errors import CaseworkError, NothingOwed
from savnet.casework.instants import refuse_ahead
from savnet.policy.questions import ALERTS, OpenQuestion, questions
from savnet.rules import Derivation
from savnet.rules.events import AlertConfirmed, Event, PoliceCaseOpened, QuestionAnswered, QuestionPut
from savnet.rules.words import Actor, Question, QuestionAnswer

BACK = gettext_noop("Barnet er kommet til rette.")
"""Why an alert is withdrawn when nobody has said otherwise."""
NO_LONGER = _("Dette er det ikke lenger noe å spørre om i saken. Last inn siden på nytt.")


def asked_in(case: CaseAtHand) -> tuple[OpenQuestion, ...]:
    """Every question of this disappearance, with how it stands. None once two have said that the case is over."""
    return () if is_closed(case) else questions(case.derivation, case.happened)


def put(
    case_id: UUID,
    question: Question,
    *,
    municipality: str | None,
    who: str,
    by: Person,
    now: datetime,
    at: datetime,
    actor: Actor = Actor.CENTRE,
) -> Derivation:
    """Record that somebody asked, and has had no answer yet."""
    refuse_ahead(at, now, field="at")
    with ledger.hold(case_id):
        _the(at_hand(case_id, now), question, municipality, actor)
        asked = QuestionPut(
            at=at, by=by.name, question=question, municipality=municipality, who=who.strip() or None, actor=actor
        )
        return ledger.record(case_id, asked, by=by, now=now)


def answer(
    case_id: UUID,
    question: Question,
    given: QuestionAnswer,
    *,
    municipality: str | None,
    who: str,
    reference: str,
    why: str,
    by: Person,
    now: datetime,
    at: datetime,
    actor: Actor = Actor.CENTRE,
) -> Derivation:
    """Record what the receiver answered. A «no» and a withdrawal need their reason; a case number needs the number.

    That the child is back is reason enough to withdraw an alert; that it stands answers nothing.
    """
    refuse_ahead(at, now, field="at")
    if not who.strip():
        raise CaseworkError(gettext("Skriv hvem som svarte."), field="who")
    if question is Question.CASE_NUMBER and given is QuestionAnswer.CONFIRMED and not reference.strip():
        raise CaseworkError(gettext("Skriv saksnummeret."), field="reference")
    with ledger.hold(case_id):
        asked = _the(at_hand(case_id, now), question, municipality, actor)
        why = why.strip() or (BACK if asked.stands else "")
        if given is not QuestionAnswer.CONFIRMED and not why:
            raise CaseworkError(gettext("Skriv grunnen de oppga."), field="why")
        if given is QuestionAnswer.CONFIRMED and asked.stands:
            raise CaseworkError(gettext("Skriv om etterlysningen er trukket tilbake."), field="answer")
        told = _event(
            asked, given, municipality=municipality, who=who.strip(), reference=reference.strip(), why=why, at=at
        )
        return ledger.record(case_id, told, by=by, now=now)


def _event(
    asked: OpenQuestion,
    given: QuestionAnswer,
    *,
    municipality: str | None,
    who: str,
    reference: str,
    why: str,
    at: datetime,
) -> Event:
    """What the ledger is told; a confirmation by the police of their case or of an alert has an event of its own."""
    question = asked.question
    if given is QuestionAnswer.CONFIRMED:
        if question in ALERTS:
            return AlertConfirmed(at=at, by=who, scope=ALERTS[question], reference=reference or None)
        if question in {Question.CASE_OPENED, Question.CASE_NUMBER}:
            return PoliceCaseOpened(at=at, by=who, reference=reference or None)
    return QuestionAnswered(
        at=at,
        by=who,
        question=question,
        answer=given,
        municipality=municipality,
        reference=reference or None,
        why=why or None,
        actor=asked.actor,
    )


def _the(case: CaseAtHand, question: Question, municipality: str | None, actor: Actor) -> OpenQuestion:
    for one in asked_in(case):
        if one.question is question and one.actor is actor and municipality in {None, one.municipality}:
            return one
    raise NothingOwed(NO_LONGER)
