"""Somebody is not where she should be: noticed, looked into, explained, or believed to have disappeared."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext

from savnet.access.models import Person
from savnet.cases import ledger
from savnet.cases.models import Case
from savnet.casework.case_at_hand import CaseAtHand, at_hand, open_case, up_to_date
from savnet.casework.errors import WrongTime
from savnet.casework.facts import absence_now
from savnet.casework.holding_back import stop_what_no_longer_holds
from savnet.casework.instants import refuse_ahead
from savnet.register.models import Resident
from savnet.rules import Derivation
from savnet.rules.events import AbsenceExplained, AbsenceNoticed, DisappearanceBelieved, InquiryMade
from savnet.rules.words import CaseState, NoticedHow


def notice(
    resident: Resident,
    *,
    by: Person,
    now: datetime,
    at: datetime | None = None,
    how: NoticedHow = NoticedHow.NOT_AT_DAILY_ACTIVITY,
    last_observed: datetime | None = None,
    note: str = "",
) -> Case:
    """Note that the child was not where she should be. Returns the case, opened if there was none.

    Two who note the same absence note one. Raises WrongTime for a time ahead, or a last sighting after the absence.
    """
    at = at or now
    refuse_ahead(at, now, field="at")
    if last_observed and last_observed > at:
        raise WrongTime(gettext("Barnet kan ikke være sett etter at fraværet ble oppdaget."), field="last_observed")
    case = open_case(resident, by=by, now=now)
    with ledger.hold(case.id):
        if at_hand(case.id, now).derivation.state not in {CaseState.ABSENT, CaseState.MISSING}:
            noticed = AbsenceNoticed(at=at, how=how, last_observed=last_observed, by=by.name, note=note or None)
            ledger.record(case.id, noticed, by=by, now=now)
    return case


def inquire(
    case_id: UUID, *, by: Person, now: datetime, what: str, finding: str, at: datetime | None = None
) -> Derivation:
    """Record what was done to find out why, and what it gave (2.2-1 before the belief, 2.2-4 after)."""
    refuse_ahead(at or now, now, field="at")
    made = InquiryMade(at=at or now, what=what, finding=finding, by=by.name)
    return ledger.record(case_id, made, by=by, now=now)


def explain(case_id: UUID, *, by: Person, now: datetime, why: str, at: datetime | None = None) -> Derivation:
    """The absence has its explanation, and nobody has disappeared."""
    happened = at or now
    refuse_ahead(happened, now, field="at")
    with ledger.hold(case_id):
        case = at_hand(case_id, now)
        case.require(CaseState.ABSENT, text=gettext("Det er ikke registrert noe fravær som kan forklares nå."))
        refuse_before_absence(case, happened)
        return ledger.record(case_id, AbsenceExplained(at=happened, why=why, by=by.name), by=by, now=now)


def believe(case_id: UUID, *, by: Person, now: datetime, why: str = "", at: datetime | None = None) -> Derivation:
    """There is reason to believe that the child has disappeared: the duties arise, and the 24 hours run from `at`.

    Two who say it say it once: the first stands. Raises WrongTime for a time ahead, or before the absence was noticed.
    """
    happened = at or now
    refuse_ahead(happened, now, field="at")
    with ledger.hold(case_id):
        case = up_to_date(case_id, by=by, now=now)
        if case.derivation.state is CaseState.MISSING:
            return case.derivation
        _refuse_before_return(case, happened)
        refuse_before_absence(case, happened)
        believed = DisappearanceBelieved(at=happened, why=why or None, by=by.name)
        derivation = ledger.record(case_id, believed, by=by, now=now)
        stop_what_no_longer_holds(at_hand(case_id, now), by=by)
        return derivation


def refuse_before_absence(case: CaseAtHand, at: datetime) -> None:
    """Raise WrongTime for an instant before the absence that the case is about was noticed."""
    absence = absence_now(case)
    if absence and at < absence.at.replace(second=0, microsecond=0):
        raise WrongTime(
            gettext(
                "Tidspunktet er før fraværet ble oppdaget. Rett tidspunktet her, eller rett når fraværet ble oppdaget."
            ),
            field="at",
        )


def _refuse_before_return(case: CaseAtHand, at: datetime) -> None:
    """A disappearance can't lie before the return from the one before: it would be a part of that."""
    returned = case.derivation.returned_at
    if returned and at < returned.replace(second=0, microsecond=0):
        raise WrongTime(gettext("Tidspunktet er før barnet kom tilbake forrige gang."), field="at")
