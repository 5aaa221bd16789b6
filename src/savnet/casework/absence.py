"""Somebody is not where she should be: noticed, looked into, explained, or believed to have disappeared."""

from datetime import datetime
from uuid import UUID

from savnet.access.models import Person
from savnet.cases import ledger
from savnet.cases.models import Case
from savnet.cases.recording import CLOCK_SKEW
from savnet.casework.case_at_hand import at_hand, open_case
from savnet.casework.errors import WrongTime
from savnet.register.models import Resident
from savnet.rules import Derivation
from savnet.rules.events import AbsenceExplained, AbsenceNoticed, DisappearanceBelieved, Event, InquiryMade
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
        raise WrongTime("Barnet kan ikke være sett etter at fraværet ble oppdaget.", field="last_observed")
    case = open_case(resident, by=by, now=now)
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
    case = at_hand(case_id, now)
    case.require(CaseState.ABSENT, text="Det er ikke registrert noe fravær som kan forklares nå.")
    happened = at or now
    _refuse_before_absence(case.events, happened)
    refuse_ahead(happened, now, field="at")
    return ledger.record(case_id, AbsenceExplained(at=happened, why=why, by=by.name), by=by, now=now)


def believe(case_id: UUID, *, by: Person, now: datetime, why: str = "", at: datetime | None = None) -> Derivation:
    """There is reason to believe that the child has disappeared: the duties arise, and the 24 hours run from `at`.

    Two who say it say it once: the first stands. Raises WrongTime for a time ahead, or before the absence was noticed.
    """
    happened = at or now
    refuse_ahead(happened, now, field="at")
    case = at_hand(case_id, now)
    if case.derivation.state is CaseState.MISSING:
        return case.derivation
    _refuse_before_absence(case.events, happened)
    believed = DisappearanceBelieved(at=happened, why=why or None, by=by.name)
    return ledger.record(case_id, believed, by=by, now=now)


def _refuse_before_absence(events: tuple[Event, ...], at: datetime) -> None:
    noticed = [one.at for one in events if isinstance(one, AbsenceNoticed)]
    if noticed and at < noticed[-1].replace(second=0, microsecond=0):
        raise WrongTime(
            "Tidspunktet er før fraværet ble oppdaget. Rett tidspunktet her, eller rett når fraværet ble oppdaget.",
            field="at",
        )


def refuse_ahead(at: datetime, now: datetime, *, field: str) -> None:
    """Raise WrongTime for an instant that has not come yet."""
    if at > now + CLOCK_SKEW:
        raise WrongTime("Tidspunktet ligger fram i tid. Skriv når det skjedde.", field=field)
