"""Following the course of events, one by one in the order they happened: duties arise, and are met."""

from collections.abc import Iterable
from datetime import datetime
from functools import partial

from savnet.rules.case_file import CaseFile
from savnet.rules.events import AbsenceNoticed, Act, Attempted, DisappearanceBelieved, Done, Event, Received, Returned
from savnet.rules.lawful import legal_basis
from savnet.rules.meaning import TOGETHER, meant, one_letter
from savnet.rules.moment import Disappearance, Moment, Owed
from savnet.rules.obligation import Obligation, Told
from savnet.rules.provision import Trigger
from savnet.rules.rs_2015_009.section_2_2 import TOLD_LATE
from savnet.rules.rs_2015_009.versions import version_on
from savnet.rules.situation import Situation
from savnet.rules.standing import CONCERN_REPORT, Standing
from savnet.rules.time import norwegian_day

TELLING = frozenset({"a-1", "b-4", "b-8", "c-1", "d-1", "d-2", "d-5"})
"""The notices of a disappearance. Whoever was sent one, or whom somebody tried to reach, is told of the return."""

ALSO_TELLING = {"2.2-2": "a-1", "2.2-3": "a-1", "a-2": "a-1", "b-3": "b-4", "b-5": "b-4", "c-2": "c-1"}
"""The same notices under the other names that they carry."""

MAY_COME_EARLY = TELLING | {"d-4"}
"""What may be done before the belief is dated: somebody went to the police first and wrote it down afterwards."""


class Course:
    """The course of one case. `take` each event in order; then read what stands. `coming` is all that will be taken."""

    def __init__(self, case: CaseFile, coming: Iterable[Event] = ()) -> None:
        self.situation = Situation(case)
        self.to_begin = {one.number for one in coming if isinstance(one, DisappearanceBelieved)}
        self.standings: list[Standing] = []
        self.by_name: dict[str, list[Standing]] = {}
        self.met_by_events: list[Standing] = []
        self.waiting: list[Done | Attempted | Received] = []
        self.unmatched: list[int] = []

    def take(self, event: Event) -> None:
        """Follow one event: what it discharges, what it changes, and what it makes arise."""
        if isinstance(event, Done | Attempted | Received):
            self._act(event)
            return
        self._meet(event)
        if self.situation.note(event):
            if isinstance(event, AbsenceNoticed | Returned):
                self.waiting = [one for one in self.waiting if one.at >= event.at]
            self._apply(type(event), event, self.situation.disappearance)
        if isinstance(event, DisappearanceBelieved):
            self._tell_early(event)

    def _meet(self, event: Event) -> None:
        """Let the event discharge the obligations that it meets."""
        for standing in self.met_by_events:
            if standing.open and standing.owed.met_by and standing.owed.met_by(event):
                standing.discharged = event

    # Acts on obligations

    def _act(self, act: Done | Attempted | Received) -> None:
        named = self._named(act.obligation)
        by_the_letter = [one for one in named if one.is_meant_by(act)]
        widely = [one for one in named if one.is_meant_by(act, widely=True)]
        standing = meant(act, by_the_letter) or meant(act, widely)
        if standing:
            self._carry_out(act, standing)
            return
        self.unmatched.append(act.number)
        repeated = next((one for one in reversed(widely) if one.disappearance is self.situation.disappearance), None)
        if repeated is None:
            self.waiting.append(act)
        if not self._is_of_one_to_begin(act):
            self._tell(act, repeated)

    def _is_of_one_to_begin(self, act: Done | Attempted | Received) -> bool:
        """Whether the act is about a disappearance that is dated later than itself."""
        return act.because is not None and any(number <= act.because for number in self.to_begin)

    def _tell_early(self, began: DisappearanceBelieved) -> None:
        """Whoever was told before the disappearance is dated, was told of it, also where no duty stands any more."""
        self.to_begin.discard(began.number)
        for act in self.waiting:
            if act.because is not None and act.because >= began.number and not self._is_of_one_to_begin(act):
                self._tell(act, None)

    def _named(self, name: str) -> list[Standing]:
        """The obligations that go by that name; all concern reports where it is one."""
        if name not in CONCERN_REPORT:
            return self.by_name.get(name, [])
        return [one for report in CONCERN_REPORT for one in self.by_name.get(report, [])]

    def _carry_out(self, act: Done | Attempted | Received, standing: Standing) -> None:
        if isinstance(act, Received):
            standing.receive(act)
            return
        self._tell(act, standing)
        if standing.take(act):
            other = self.by_name.get(TOGETHER.get(standing.obligation.id, ""), [])
            together = [one for one in other if one_letter(one, standing) and one.take(act)]
            for one in (standing, *together):
                self._apply(one.obligation.id, act, one.disappearance, discharged=one.obligation)

    def _tell(self, act: Done | Attempted | Received, standing: Standing | None) -> None:
        """Remember that somebody was told of the disappearance, or that somebody tried to tell them."""
        one = standing.obligation if standing else None
        recipient = (one.recipient if one else None) or act.recipient
        disappearance = standing.disappearance if standing else self.situation.disappearance
        told_of = one.id if one else ALSO_TELLING.get(act.obligation, act.obligation)
        if isinstance(act, Received) or told_of not in TELLING or recipient is None or disappearance is None:
            return
        told = Told(
            recipient=recipient, municipality=one.municipality if one else act.municipality, first_attempt=act.at
        )
        first = disappearance.told.setdefault((told.recipient, told.municipality), told) is told
        if first:
            self._apply(TOLD_LATE, act, disappearance, newly_told=told, written_at=self._written_at(act, standing))

    def _written_at(self, act: Act, standing: Standing | None) -> datetime | None:
        """When what is told was written; a copy is as old as the letter it is a copy of."""
        letters: list[Event | None] = [act]
        if standing and standing.obligation.copy_of:
            copied = self._named(standing.obligation.copy_of)
            letters += [one.discharged for one in copied if one.disappearance is standing.disappearance]
        written = [self.situation.written_at(one) for one in letters if isinstance(one, Act)]
        return min(filter(None, written), default=None)

    # What arises

    def _apply(
        self,
        trigger: Trigger,
        event: Event,
        disappearance: Disappearance | None,
        *,
        discharged: Obligation | None = None,
        newly_told: Told | None = None,
        written_at: datetime | None = None,
    ) -> None:
        """Let what the event sets off arise, by the version in force when it happened."""
        now = self.situation
        if not (now.absence or disappearance):
            return
        day = norwegian_day(event.at)
        version = version_on(day)
        duties = version.by_trigger.get(trigger)
        if not duties:
            return
        moment = Moment(
            event=event,
            centre=now.centre,
            resident=now.resident,
            before=now.before,
            disappearance=disappearance,
            find=partial(self._find, disappearance),
            addresses=tuple(now.addresses),
            appointments=tuple(now.appointments),
            age_examined_over_18=now.examined_over_18,
            without_words=version.wording_not_available,
            lawful=partial(legal_basis, operator=now.centre.operator, on=day),
            discharged=discharged,
            newly_told=newly_told,
            written_at=written_at,
        )
        for duty in duties:
            for owed in duty(moment):
                self._arise(owed, moment)

    def _find(self, whose: Disappearance | None, ids: tuple[str, ...], at: datetime) -> tuple[Obligation, ...]:
        named = [one for id in ids for one in self.by_name.get(id, []) if one.obligation.id == id]
        return tuple(one.as_of(at) for one in named if one.disappearance is whose or one.disappearance is None)

    def _arise(self, owed: Owed, moment: Moment) -> None:
        for old in owed.supersedes:
            self._standing(old).superseded_by = owed.obligation.id
        if owed.replaces:
            self._standing(owed.replaces).turn_to(owed)
            return
        of_absence = isinstance(moment.event, AbsenceNoticed)
        standing = Standing(owed, None if of_absence else moment.disappearance, discharged=owed.already)
        self._list(standing)
        self._catch_up(standing)

    def _list(self, standing: Standing) -> None:
        self.standings.append(standing)
        for name in (standing.obligation.id, *standing.obligation.also):
            self.by_name.setdefault(name, []).append(standing)
        if standing.owed.met_by:
            self.met_by_events.append(standing)

    def _standing(self, obligation: Obligation) -> Standing:
        return next(one for one in self.by_name[obligation.id] if one.obligation.key == obligation.key)

    def _catch_up(self, standing: Standing) -> None:
        """Let what was done before the duty was dated, or at the same instant, count for it."""
        early = standing.obligation.id in MAY_COME_EARLY
        for act in list(self.waiting):
            in_time = early or act.at == standing.obligation.arisen_at
            if in_time and standing.is_meant_by(act) and (standing.open or isinstance(act, Received)):
                self.waiting.remove(act)
                self.unmatched.remove(act.number)
                self._carry_out(act, standing)
