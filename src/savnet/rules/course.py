"""Following the course of events, one by one in the order they happened: duties arise, and are met."""

from dataclasses import replace
from datetime import datetime
from functools import partial

from savnet.rules.case_file import CaseFile
from savnet.rules.events import AbsenceNoticed, Attempted, Done, Event, Received, Returned
from savnet.rules.lawful import legal_basis
from savnet.rules.moment import Disappearance, Moment, Owed
from savnet.rules.obligation import Obligation, Told
from savnet.rules.provision import Trigger
from savnet.rules.rs_2015_009.section_2_2 import TOLD_LATE
from savnet.rules.rs_2015_009.versions import Version, version_on
from savnet.rules.situation import Situation
from savnet.rules.standing import Standing
from savnet.rules.time import norwegian_day
from savnet.rules.words import Actor

TELLING = frozenset({"a-1", "b-4", "b-8", "c-1", "d-1", "d-2", "d-5"})
"""The notices of a disappearance. Whoever was sent one, or whom somebody tried to reach, is told of the return."""

ALSO_TELLING = {"2.2-2": "a-1", "2.2-3": "a-1", "a-2": "a-1", "b-3": "b-4", "b-5": "b-4", "c-2": "c-1"}
"""The same notices under the other names that they carry."""

MAY_COME_EARLY = TELLING | {"d-4"}
"""What may be done before the belief is dated: somebody went to the police first and wrote it down afterwards."""

_TOGETHER = {"b-9": "4-18", "4-18": "b-9"}
"""One letter fulfils both where they go to the same receiver for the same reason."""


class Course:
    """The course of one case. `take` each event in order; then read what stands."""

    def __init__(self, case: CaseFile) -> None:
        self.situation = Situation(case)
        self.standings: list[Standing] = []
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
            self._apply(type(event), self._moment(event, self.situation.disappearance))

    def _meet(self, event: Event) -> None:
        """Let the event discharge the obligations that it meets."""
        for standing in self.standings:
            if standing.open and standing.owed.met_by and standing.owed.met_by(event):
                standing.discharged = event

    # Acts on obligations

    def _act(self, act: Done | Attempted | Received) -> None:
        by_the_letter = [one for one in self.standings if one.is_meant_by(act)]
        widely = [one for one in self.standings if one.is_meant_by(act, widely=True)]
        standing = _meant(act, by_the_letter) or _meant(act, widely)
        if standing:
            self._carry_out(act, standing)
            return
        self.unmatched.append(act.number)
        repeated = next((one for one in reversed(widely) if one.disappearance is self.situation.disappearance), None)
        if repeated is None:
            self.waiting.append(act)
        self._tell(act, repeated)

    def _carry_out(self, act: Done | Attempted | Received, standing: Standing) -> None:
        if isinstance(act, Received):
            standing.receive(act)
            return
        self._tell(act, standing)
        if standing.take(act):
            together = [one for one in self.standings if _one_letter(one, standing) and one.take(act)]
            for one in (standing, *together):
                self._apply(one.obligation.id, self._moment(act, one.disappearance, discharged=one.obligation))

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
            self._apply(TOLD_LATE, self._moment(act, disappearance, newly_told=told))

    # What arises

    def _moment(
        self,
        event: Event,
        disappearance: Disappearance | None,
        *,
        discharged: Obligation | None = None,
        newly_told: Told | None = None,
    ) -> Moment:
        now = self.situation
        return Moment(
            event=event,
            centre=now.centre,
            resident=now.resident,
            before=now.before,
            disappearance=disappearance,
            find=partial(self._find, disappearance),
            addresses=tuple(now.addresses),
            appointments=tuple(now.appointments),
            age_examined_over_18=now.examined_over_18,
            discharged=discharged,
            newly_told=newly_told,
        )

    def _find(self, whose: Disappearance | None, ids: tuple[str, ...], at: datetime) -> tuple[Obligation, ...]:
        here = (whose, None)
        return tuple(s.as_of(at) for s in self.standings if s.obligation.id in ids and s.disappearance in here)

    def _apply(self, trigger: Trigger, moment: Moment) -> None:
        if not (self.situation.absence or moment.disappearance):
            return
        version = version_on(norwegian_day(moment.at))
        for duty in version.by_trigger.get(trigger, ()):
            for owed in duty(moment):
                self._arise(owed, version, moment)

    def _arise(self, owed: Owed, version: Version, moment: Moment) -> None:
        owed = replace(owed, obligation=self._founded(owed.obligation, version, moment))
        for old in owed.supersedes:
            self._standing(old).superseded_by = owed.obligation.id
        if owed.replaces:
            self._standing(owed.replaces).owed = owed
            return
        of_absence = isinstance(moment.event, AbsenceNoticed)
        standing = Standing(owed, None if of_absence else moment.disappearance, discharged=owed.already)
        self.standings.append(standing)
        self._catch_up(standing)

    def _founded(self, one: Obligation, version: Version, moment: Moment) -> Obligation:
        """With its legal basis, and without words where that version's wording could not be had."""
        if one.id in version.wording_not_available:
            one = replace(one, basis=replace(one.basis, words=None))
        discloses = one.is_notice and one.recipient and (one.actor is Actor.CENTRE or one.id == "3-8")
        if not (discloses and one.recipient):
            return one
        day = norwegian_day(moment.at)
        return replace(one, legal_basis=legal_basis(one.recipient, moment.centre.operator, on=day))

    def _standing(self, obligation: Obligation) -> Standing:
        return next(one for one in self.standings if one.obligation.key == obligation.key)

    def _catch_up(self, standing: Standing) -> None:
        """Let what was done before the duty was dated, or at the same instant, count for it."""
        early = standing.obligation.id in MAY_COME_EARLY
        for act in list(self.waiting):
            if standing.is_meant_by(act) and (early or act.at == standing.obligation.arisen_at) and standing.open:
                self.waiting.remove(act)
                self.unmatched.remove(act.number)
                self._carry_out(act, standing)


def _one_letter(one: Standing, other: Standing) -> bool:
    """Whether one letter fulfils both: to the same receiver for the same reason."""
    mine, theirs = one.obligation, other.obligation
    if not one.open or mine.id != _TOGETHER.get(theirs.id):
        return False
    return (mine.recipient, mine.municipality, mine.because) == (theirs.recipient, theirs.municipality, theirs.because)


def _meant(act: Done | Attempted | Received, named: list[Standing]) -> Standing | None:
    """The obligation that is meant: for a receipt one that was sent, else an open one; the newest first.

    A receipt for what is received already tells more of it: the case number that came the day after.
    """
    if isinstance(act, Received):
        waits = [one for one in named if not one.received and not one.superseded_by]
        fits = _sent(waits) or waits or _sent(named)
    else:
        fits = [one for one in named if one.open]
    return max(fits, key=_newest, default=None)


def _sent(standings: list[Standing]) -> list[Standing]:
    return [one for one in standings if one.discharged or one.attempts]


def _newest(standing: Standing) -> tuple[datetime, int]:
    return (standing.obligation.arisen_at, standing.obligation.because)
