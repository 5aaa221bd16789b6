"""What was late in a case, or is, and why: a limit that passed, or a concern report that went after the police report.

The circular gives the concern report no hours («uten ugrunnet opphold», b-4), so a delay is asked for its reason, and
is never called a breach.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from django.utils.translation import gettext

from savnet.access.models import Person
from savnet.cases import ledger
from savnet.casework.case_at_hand import CaseAtHand, Key, at_hand
from savnet.casework.errors import CaseworkError, NothingOwed
from savnet.casework.message_events import new_to
from savnet.policy.house import CONCERN_AFTER_POLICE
from savnet.rules import Derivation, Obligation
from savnet.rules.events import DelayExplained
from savnet.rules.words import Actor, ObligationState

CONCERN_REPORTS = frozenset({"b-4", "b-8"})


class LateBecause(StrEnum):
    """In which way something is late."""

    LIMIT = "limit"  # the circular's own limit has passed
    AFTER_POLICE = "after_police"  # the concern report came, or has yet to come, after the report to the police


@dataclass(frozen=True, slots=True, kw_only=True)
class Delay:
    """One duty that was met late or is late. `reason` is what somebody has said of it; empty where nobody has."""

    obligation: Obligation
    because: LateBecause
    since: datetime
    until: datetime | None
    reason: str = ""

    @property
    def open(self) -> bool:
        """Whether it still is not done."""
        return self.until is None


def delays(case: CaseAtHand) -> tuple[Delay, ...]:
    """What the centre is or was late with, in all the child's disappearances, in the order it arose."""
    ours = [one for one in case.derivation.obligations if one.actor is Actor.CENTRE and _counts(one)]
    return tuple(delay for one in ours for delay in _delay(case, one))


def delay_with(case: CaseAtHand, key: Key) -> Delay:
    """The delay of one duty. Raises NothingOwed where it is not late."""
    for one in delays(case):
        if one.obligation.key == key:
            return one
    raise NothingOwed(gettext("Dette ble ikke gjort for sent, så det er ingen grunn å oppgi."))


def _counts(owed: Obligation) -> bool:
    return owed.state in {ObligationState.OPEN, ObligationState.DISCHARGED}


def _delay(case: CaseAtHand, owed: Obligation) -> Iterator[Delay]:
    done = owed.discharged_at
    reason = _reason(case, owed)
    if owed.latest and (done or case.now) > owed.latest:
        yield Delay(obligation=owed, because=LateBecause.LIMIT, since=owed.latest, until=done, reason=reason)
        return
    told = _police_told(case, owed) if owed.id in CONCERN_REPORTS else None
    if told and (done or case.now) - told > CONCERN_AFTER_POLICE:
        yield Delay(obligation=owed, because=LateBecause.AFTER_POLICE, since=told, until=done, reason=reason)


def _police_told(case: CaseAtHand, owed: Obligation) -> datetime | None:
    """When the police had their report of the same disappearance, or when a later address came if that was after."""
    reports = [one for one in case.derivation.obligations if one.id == "a-1" and one.because == _began(case, owed)]
    told = next((one.discharged_at for one in reports if one.discharged_at), None)
    return max(told, owed.arisen_at) if told else None


def _began(case: CaseAtHand, owed: Obligation) -> int:
    """The number of the belief that the concern report's disappearance began with."""
    before = [one for one in case.derivation.obligations if one.id == "a-1" and one.arisen_at <= owed.arisen_at]
    return before[-1].because if before else owed.because


def _reason(case: CaseAtHand, owed: Obligation) -> str:
    told = [
        one.why
        for one in case.happened
        if isinstance(one, DelayExplained)
        and (one.obligation, one.recipient, one.because) == (owed.id, owed.recipient, owed.because)
    ]
    return told[-1] if told else ""


def explain_delay(case_id: UUID, key: Key, *, why: str, by: Person, now: datetime) -> Derivation:
    """Say why it was late. Raises NothingOwed where it was not; said twice, it is said once."""
    if not why.strip():
        raise CaseworkError(gettext("Skriv hvorfor det ble sent."), field="why")
    with ledger.hold(case_id):
        case = at_hand(case_id, now)
        owed = delay_with(case, key).obligation
        told = DelayExplained(
            at=now, by=by.name, obligation=owed.id, recipient=owed.recipient, because=owed.because, why=why.strip()
        )
        if _reason(case, owed) == told.why or not new_to(case.happened, told):
            return case.derivation
        return ledger.record(case_id, told, by=by, now=now)
