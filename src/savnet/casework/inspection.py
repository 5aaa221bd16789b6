"""How a centre has handled its disappearances over a period: what was due when, what was done when, how, receipts."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import islice
from uuid import UUID

from django.db.models import Q, QuerySet

from savnet.cases.models import Case
from savnet.cases.reading import Entry
from savnet.casework.case_at_hand import AT_A_TIME, CaseAtHand, Key, each_at_hand
from savnet.casework.lateness import delays
from savnet.casework.plan import receivers_of
from savnet.casework.transfers import answering, answering_for
from savnet.register.models.transfer import Transfer, TransferState
from savnet.rules import Obligation
from savnet.rules.events import AbsenceNoticed, Act, Corrected, DisappearanceBelieved, Returned
from savnet.rules.time import norwegian_day
from savnet.rules.words import Actor, ObligationState


@dataclass(frozen=True, slots=True, kw_only=True)
class Handled:
    """One duty of the centre. `how` is the channel; `reason` what somebody has said of why it was late."""

    obligation: Obligation
    receiver: str
    how: str | None
    late: bool
    reason: str

    @property
    def done_at(self) -> datetime | None:
        return self.obligation.discharged_at

    @property
    def open(self) -> bool:
        return self.obligation.state is ObligationState.OPEN


@dataclass(frozen=True, slots=True, kw_only=True)
class Disappearance:
    """One disappearance of one child. `ended_at` is when the child was accounted for; None while it is missing.

    What belongs to it lies from `noticed_at` until the next one was noticed: `until`, None where there is no next.
    """

    case: Case
    name: str
    noticed_at: datetime
    believed_at: datetime
    until: datetime | None
    ended_at: datetime | None
    duties: tuple[Handled, ...] = ()

    @property
    def reference(self) -> str:
        """What stands for the child where no name may: in files."""
        return self.case.id.hex[:8].upper()

    @property
    def late(self) -> int:
        return sum(one.late for one in self.duties)

    def holds(self, at: datetime) -> bool:
        """Whether what was then belongs to this disappearance."""
        return self.noticed_at <= at and (self.until is None or at < self.until)


@dataclass(frozen=True, slots=True)
class Period:
    """Days, the last one too; without a day it is open."""

    began: date | None = None
    ended: date | None = None

    def holds(self, day: date) -> bool:
        return (self.began is None or self.began <= day) and (self.ended is None or day <= self.ended)

    def within(self, other: "Period") -> "Period":
        """What of this period lies in the other."""
        began = max(filter(None, (self.began, other.began)), default=None)
        ended = min(filter(None, (self.ended, other.ended)), default=None)
        return Period(began, ended)


def handled(centre_id: UUID, period: Period, now: datetime) -> tuple[Disappearance, ...]:
    """Every disappearance that the centre had duties in and that began in the period, the newest first.

    Whoever asks must have been let in to the centre. Children who have moved on are found too.
    """
    found = of_cases(each_at_hand(_had(centre_id), now), period, centre_id)
    return tuple(sorted(found, key=lambda one: one.believed_at, reverse=True))


def _had(centre_id: UUID) -> QuerySet[Case, UUID]:
    """The cases of the children whom the centre has, or has had."""
    moved = Transfer.objects.filter(from_centre_id=centre_id, state=TransferState.ARRIVED)
    here = Q(centre_id=centre_id) | Q(resident__centre_id=centre_id) | Q(resident__in=moved.values("resident"))
    return Case.objects.filter(here, centre__exercise_of=None).order_by("id").values_list("id", flat=True)


def of_cases(cases: Iterable[CaseAtHand], period: Period, centre_id: UUID) -> Iterator[Disappearance]:
    """The children's disappearances that began in the period, with what this centre had to do in each; none without."""
    waiting = iter(cases)
    while some := tuple(islice(waiting, AT_A_TIME)):
        receivers = receivers_of([one.id for one in some])
        answers = answering_for([one.resident for one in some])
        for case in some:
            yield from _of_case(case, period, centre_id, answers[case.resident.id], receivers[case.id])


def of_case(case: CaseAtHand, period: Period, centre_id: UUID) -> Iterator[Disappearance]:
    """The same of one child."""
    return of_cases([case], period, centre_id)


def _of_case(
    case: CaseAtHand, period: Period, centre_id: UUID, answers: Callable[[datetime], UUID], receivers: Mapping[Key, str]
) -> Iterator[Disappearance]:
    for one in _all_of(case, period, receivers):
        ours = tuple(duty for duty in one.duties if answers(duty.obligation.arisen_at) == centre_id)
        if ours or answers(one.believed_at) == centre_id:
            yield replace(one, duties=ours)


def recorded(case: CaseAtHand, period: Period, centre_id: UUID) -> list[Entry]:
    """What was recorded of these while the centre had the child, and whatever has corrected it since."""
    answers, spells = answering(case.resident), list(of_case(case, period, centre_id))
    shown: set[int] = set()
    for one in case.entries:
        at = one.event.at
        corrects = isinstance(one.event, Corrected) and one.event.event in shown
        if corrects or (answers(at) == centre_id and any(spell.holds(at) for spell in spells)):
            shown.add(one.event.number)
    return [one for one in case.entries if one.event.number in shown]


def _all_of(case: CaseAtHand, period: Period, receivers: Mapping[Key, str]) -> Iterator[Disappearance]:
    beliefs = sorted(one.at for one in case.happened if isinstance(one, DisappearanceBelieved))
    returns = sorted(one.at for one in case.happened if isinstance(one, Returned))
    every, noticed = _duties(case, receivers), [_noticed(case, at) for at in beliefs]
    for place, (began, since) in enumerate(zip(beliefs, noticed, strict=True)):
        if not period.holds(norwegian_day(began)):
            continue
        until = noticed[place + 1] if place + 1 < len(noticed) else None
        ended = next((at for at in returns if at >= began and (until is None or at < until)), None)
        one = Disappearance(
            case=case.case, name=case.resident.name, noticed_at=since, believed_at=began, until=until, ended_at=ended
        )
        yield replace(one, duties=tuple(duty for duty in every if one.holds(duty.obligation.arisen_at)))


def _noticed(case: CaseAtHand, believed_at: datetime) -> datetime:
    """When the absence was noticed that a belief followed; the belief itself where nobody noted one.

    The belief may be dated to the minute in which the absence was noticed, and so some seconds before it.
    """
    seen = [one.at for one in case.happened if isinstance(one, AbsenceNoticed)]
    before = [at for at in seen if at.replace(second=0, microsecond=0) <= believed_at]
    return min(max(before, default=believed_at), believed_at)


def _duties(case: CaseAtHand, receivers: Mapping[Key, str]) -> list[Handled]:
    late = {one.obligation.key: one for one in delays(case)}
    ours = [one for one in case.derivation.obligations if one.actor is Actor.CENTRE]
    kept = [one for one in ours if one.state in {ObligationState.OPEN, ObligationState.DISCHARGED}]
    return [
        Handled(
            obligation=one,
            receiver=receivers.get(one.key, ""),
            how=_how(case, one),
            late=one.key in late,
            reason=late[one.key].reason if one.key in late else "",
        )
        for one in sorted(kept, key=lambda one: one.arisen_at)
    ]


def _how(case: CaseAtHand, owed: Obligation) -> str | None:
    act = case.event(owed.discharged_by) if owed.discharged_by else None
    return act.channel.value if isinstance(act, Act) and act.channel else None
