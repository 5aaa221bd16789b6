"""The nine items of the police report: prefilled from the register, answered by staff, recorded in the ledger."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import takewhile
from typing import Any
from uuid import UUID

from django.utils.translation import gettext

from savnet.access.models import Person
from savnet.cases import ledger
from savnet.casework.case_at_hand import CaseAtHand, at_hand
from savnet.casework.errors import WrongTime
from savnet.casework.in_norwegian import in_norwegian
from savnet.casework.instants import refuse_ahead
from savnet.rules import Derivation, read_instant
from savnet.rules.events import (
    AbsenceExplained,
    AbsenceNoticed,
    DisappearanceBelieved,
    Done,
    Event,
    FactRecorded,
    Returned,
)
from savnet.rules.words import ITEMS, Answer


@dataclass(frozen=True, slots=True)
class ItemAnswer:
    """An answer to one item, its words, and what the letter sets out apart (place, named residents, dangers)."""

    answer: Answer = Answer.NOT_ASKED
    text: str = ""
    details: Mapping[str, Any] = field(default_factory=dict)


def record_answers(case_id: UUID, answers: Mapping[str, ItemAnswer], *, by: Person, now: datetime) -> Derivation:
    """Record the answers that are new or changed. What nobody has asked is left out: it stays unanswered.

    Raises WrongTime where the child is said to have been seen at an instant that can't be.
    """
    case = at_hand(case_id, now)
    _refuse_impossible_sighting(case, answers.get("a-3"))
    given = [
        FactRecorded(
            at=now, item=item, answer=one.answer, text=one.text or None, details=dict(one.details) or None, by=by.name
        )
        for item, one in new_answers(case, answers).items()
    ]
    return ledger.record(case_id, *given, by=by, now=now) if given else case.derivation


def new_answers(case: CaseAtHand, answers: Mapping[str, ItemAnswer]) -> dict[str, ItemAnswer]:
    """Those of the answers that the case does not hold already. What nobody has asked is none."""
    return {
        item: one for item, one in answers.items() if one.answer is not Answer.NOT_ASKED and one != answered(case, item)
    }


def _refuse_impossible_sighting(case: CaseAtHand, given: ItemAnswer | None) -> None:
    told = given.details.get("at") if given else None
    if not told:
        return
    seen, absence = read_instant(told), absence_now(case)
    refuse_ahead(seen, case.now, field="seen_at")
    if absence and seen > absence.at:
        raise WrongTime(gettext("Barnet kan ikke være sett etter at fraværet ble oppdaget."), field="seen_at")


def answered(case: CaseAtHand, item: str) -> ItemAnswer:
    """The answer that is recorded for an item, since this absence began: what was true of an earlier one may not be."""
    fact, since = case.derivation.facts.get(item), began(case)
    if fact is None or (since and fact.at < since):
        return ItemAnswer()
    return ItemAnswer(fact.answer, fact.text or "", fact.details or {})


def suggested(case: CaseAtHand) -> dict[str, ItemAnswer]:
    """The answers as recorded; where nothing is, what the register and the ledger already know."""
    known = {"a-3": _last_seen(case), "a-6": _network(case), "a-10": _what_they_knew(case)}
    answers = {item: answered(case, item) for item in ITEMS}
    return {item: known.get(item, one) if one.answer is Answer.NOT_ASKED else one for item, one in answers.items()}


def last_observed(case: CaseAtHand) -> datetime | None:
    """When the child was last seen: as answered to the police's question, else as noted with the absence.

    None where the answer is that nobody knows: the report must not say both.
    """
    said = answered(case, "a-3")
    if told := said.details.get("at"):
        return read_instant(told)
    if said.answer not in {Answer.YES, Answer.NOT_ASKED}:
        return None
    absence = absence_now(case)
    return absence.last_observed if absence else None


def absence_now(case: CaseAtHand) -> AbsenceNoticed | None:
    """The absence that the case is about now; None where the belief came without one, or nothing is noticed."""
    return _absence(case.happened)


def absence_of(case: CaseAtHand, belief: DisappearanceBelieved) -> AbsenceNoticed | None:
    """The absence that led to this belief; None where it came without one."""
    return _absence(takewhile(lambda one: one.number != belief.number, case.happened))


def _absence(happened: Iterable[Event]) -> AbsenceNoticed | None:
    found: AbsenceNoticed | None = None
    over = True
    for event in happened:
        match event:
            case AbsenceNoticed() if over:
                found, over = event, False
            case DisappearanceBelieved() if over:
                found, over = None, False
            case AbsenceExplained():
                found, over = None, True
            case Returned():
                over = True
    return found


def began(case: CaseAtHand) -> datetime | None:
    """When that which the case is about now began: the absence noticed, or else the belief."""
    absence = absence_now(case)
    return absence.at if absence else case.derivation.missing_since


def _last_seen(case: CaseAtHand) -> ItemAnswer:
    seen = last_observed(case)
    if seen is None:
        return ItemAnswer()
    return ItemAnswer(Answer.YES, details={"at": seen.isoformat()})


@in_norwegian
def _network(case: CaseAtHand) -> ItemAnswer:
    people = [
        ", ".join(filter(None, (one.name, one.relation or one.get_kind_display(), one.phone, one.place)))
        for one in case.resident.network.all()
    ]
    return ItemAnswer(Answer.YES, "; ".join(people)) if people else ItemAnswer()


def _what_they_knew(case: CaseAtHand) -> ItemAnswer:
    """What representative and lawyer told on the phone. Tried and not reached is "not obtained", never "no"."""
    since = case.derivation.missing_since
    calls = [one for one in case.derivation.obligations if one.id == "c-1" and since and one.arisen_at >= since]
    told = [_knew(case, one.discharged_by) for one in calls if one.discharged_by]
    words = [one for one in told if one not in {None, "none", "not_obtained"}]
    if words:
        return ItemAnswer(Answer.YES, "; ".join(filter(None, words)))
    if not calls or any(one.discharged_by is None and not one.attempts for one in calls):
        return ItemAnswer()
    if told and all(one == "none" for one in told) and len(told) == len(calls):
        return ItemAnswer(Answer.NO)
    return ItemAnswer(Answer.NOT_OBTAINED)


def _knew(case: CaseAtHand, number: int) -> str | None:
    done = case.event(number)
    return done.knew if isinstance(done, Done) else None
