"""The child is back, reports anew or is found: everyone who was told is told so, and the child is talked with."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext

from savnet.access.models import Person
from savnet.cases import ledger
from savnet.casework.absence import refuse_before_absence
from savnet.casework.case_at_hand import CaseAtHand, at_hand
from savnet.casework.errors import CaseworkError, WrongTime
from savnet.casework.holding_back import stop_what_no_longer_holds
from savnet.casework.instants import refuse_ahead
from savnet.rules import Derivation
from savnet.rules.events import (
    AbsenceExplained,
    ConsentGiven,
    ConsentRefused,
    Returned,
    TalkHeld,
    TransportDone,
    TransportRequested,
)
from savnet.rules.words import CaseState, FeelsSafe, ReturnedHow

WHO_CONSENTS = ("resident", "representative", "guardian")


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk:
    """The four topics of the follow-up talk (4-15). An empty text is a topic that was not talked about."""

    why_left: str = ""
    where_stayed: str = ""
    what_done: str = ""
    feels_safe: FeelsSafe | None = None
    asylum_relevant: bool = False


def note_return(
    case_id: UUID,
    *,
    how: ReturnedHow,
    by: Person,
    now: datetime,
    at: datetime | None = None,
    municipality: str | None = None,
    note: str = "",
) -> Derivation:
    """Record that the child is back or found. Raises WrongTime for a time before the disappearance.

    Letters that still wait to say that the child is missing are stopped; their duties stay open, for a person to see.
    A child who was only absent is accounted for, and nobody is told. The same said twice is said once.
    """
    happened = at or now
    refuse_ahead(happened, now, field="at")
    with ledger.hold(case_id):
        case = at_hand(case_id, now)
        case.require(
            CaseState.MISSING,
            CaseState.ABSENT,
            CaseState.FOUND,
            CaseState.CLOSED,
            text=gettext("Barnet er ikke registrert som savnet."),
        )
        if case.derivation.state is CaseState.ABSENT:
            return _accounted_for(case, at=happened, note=note, by=by)
        if _is_known(case, how):
            return case.derivation
        if happened < case.missing_since.replace(second=0, microsecond=0):
            raise WrongTime(gettext("Barnet kan ikke ha kommet tilbake før det ble savnet."), field="at")
        back = Returned(at=happened, how=how, municipality=municipality or None, note=note or None, by=by.name)
        derivation = ledger.record(case_id, back, by=by, now=now)
        stop_what_no_longer_holds(at_hand(case_id, now), by=by)
        return derivation


def _accounted_for(case: CaseAtHand, *, at: datetime, note: str, by: Person) -> Derivation:
    refuse_before_absence(case, at)
    explained = AbsenceExplained(at=at, why=note or "Barnet er tilbake.", by=by.name)
    return ledger.record(case.id, explained, by=by, now=case.now)


def _is_known(case: CaseAtHand, how: ReturnedHow) -> bool:
    """Whether it is recorded that the child came back this way from the disappearance that the case is about."""
    since = case.missing_since
    return any(isinstance(one, Returned) and one.how is how and one.at >= since for one in case.happened)


def hold_talk(case_id: UUID, talk: Talk, *, by: Person, now: datetime, at: datetime | None = None) -> Derivation:
    """Record the follow-up talk. What was not talked about stays open, and can be recorded with the next talk."""
    refuse_ahead(at or now, now, field="at")
    at_hand(case_id, now).require(
        CaseState.FOUND,
        CaseState.CLOSED,
        text=gettext("Samtalen holdes når barnet er tilbake. Registrer først at det er tilbake."),
    )
    held = TalkHeld(
        at=at or now,
        by=by.name,
        why_left=talk.why_left or None,
        where_stayed=talk.where_stayed or None,
        what_done=talk.what_done or None,
        feels_safe=talk.feels_safe,
        asylum_relevant=talk.asylum_relevant,
    )
    return ledger.record(case_id, held, by=by, now=now)


def record_consent(case_id: UUID, *, who: str, given: bool, by: Person, now: datetime) -> Derivation:
    """The resident, the representative or the guardian says yes or no to passing on what the asylum case needs."""
    if who not in WHO_CONSENTS:
        raise CaseworkError(gettext("Velg hvem som har svart: beboeren, representanten eller vergen."), field="who")
    kind = ConsentGiven if given else ConsentRefused
    return ledger.record(case_id, kind(at=now, who=who, by=by.name), by=by, now=now)


def request_transport(
    case_id: UUID, *, asked_by: str, outside_office_hours: bool, by: Person, now: datetime, at: datetime | None = None
) -> Derivation:
    """Police or child welfare (`police`, `child_welfare`) ask the centre to fetch the child."""
    refuse_ahead(at or now, now, field="at")
    asked = TransportRequested(at=at or now, by=asked_by, outside_office_hours=outside_office_hours)
    return ledger.record(case_id, asked, by=by, now=now)


def note_transport(case_id: UUID, *, by: Person, now: datetime, at: datetime | None = None) -> Derivation:
    """The child has been transported."""
    refuse_ahead(at or now, now, field="at")
    return ledger.record(case_id, TransportDone(at=at or now, by=by.name), by=by, now=now)
