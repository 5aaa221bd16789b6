"""How an exercise went: what was done when, how long each notice took from the belief, and what was forgotten."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from savnet.cases.models import Case
from savnet.casework.case_at_hand import CaseAtHand, at_hand
from savnet.register.models import Exercise
from savnet.rules import Obligation
from savnet.rules.events import AbsenceNoticed, DisappearanceBelieved, Event, Returned
from savnet.rules.words import Actor, ObligationState


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyTried:
    """One duty of the centre: how long after the belief it was met, or that it was forgotten."""

    obligation: Obligation
    took: timedelta | None
    received: bool

    @property
    def forgotten(self) -> bool:
        """Open when the exercise ended."""
        return self.obligation.state is ObligationState.OPEN

    @property
    def late(self) -> bool:
        """Met after the law's limit, or not met when it passed."""
        done, limit = self.obligation.discharged_at, self.obligation.latest
        return self.obligation.overdue or bool(done and limit and done > limit)


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """The whole of it. `answered` is how long from the house's question to somebody's answer."""

    noticed_at: datetime | None
    answered: timedelta | None
    believed: timedelta | None
    duties: tuple[DutyTried, ...]
    events: tuple[Event, ...]
    back: bool
    until: datetime

    @property
    def forgotten(self) -> tuple[DutyTried, ...]:
        """What nobody did."""
        return tuple(one for one in self.duties if one.forgotten)

    @property
    def met(self) -> tuple[DutyTried, ...]:
        """What was done, the quickest first."""
        done = [one for one in self.duties if one.took is not None]
        return tuple(sorted(done, key=lambda one: one.took or timedelta()))


def summary(exercise: Exercise, now: datetime) -> Summary:
    """How it went, as things stood when it ended; so far, while it goes on."""
    until = exercise.ended_at or now
    case = at_hand(Case.objects.get(resident=exercise.child_id).id, until)
    noticed, believed = _first(case, AbsenceNoticed), _first(case, DisappearanceBelieved)
    asked = exercise.child.questions.order_by("asked_at").first()
    answered = asked.answered_at - asked.asked_at if asked and asked.answered_at else None
    return Summary(
        noticed_at=noticed.at if noticed else None,
        answered=answered,
        believed=believed.at - noticed.at if noticed and believed else None,
        duties=tuple(_tried(one, believed) for one in case.derivation.obligations if _counts(one)),
        events=case.happened,
        back=_first(case, Returned) is not None,
        until=until,
    )


def _first(case: CaseAtHand, kind: type[Event]) -> Event | None:
    return next((one for one in case.happened if isinstance(one, kind)), None)


def _counts(one: Obligation) -> bool:
    """The centre's own duties; what has been put in another's place is judged there."""
    return one.actor is Actor.CENTRE and one.state is not ObligationState.SUPERSEDED


def _tried(one: Obligation, believed: Event | None) -> DutyTried:
    """Counted from the belief; what arose before it, with the absence, from when that was noticed."""
    done = one.discharged_at
    since = max(one.arisen_at, believed.at) if believed and done and done >= believed.at else one.arisen_at
    return DutyTried(obligation=one, took=done - since if done else None, received=one.received_at is not None)
