"""Where things stand as events are followed: who answers for the child, absent or missing, what is known."""

from dataclasses import replace
from datetime import datetime

from savnet.rules.case_file import CaseFile
from savnet.rules.events import (
    AbsenceExplained,
    AbsenceNoticed,
    Act,
    AgeDecided,
    AgeExamined,
    AppointmentCancelled,
    AppointmentMade,
    CircumstancesNoted,
    ConsentGiven,
    ConsentRefused,
    DisappearanceBelieved,
    DufUpdated,
    Event,
    FactRecorded,
    InformationReceived,
    LetterComposed,
    Returned,
    TransferArrived,
    TransferStarted,
)
from savnet.rules.facts import Appointment
from savnet.rules.moment import Disappearance
from savnet.rules.obligation import Refusal
from savnet.rules.rs_2015_009.section_1 import refusal as refusal_on
from savnet.rules.rs_2015_009.section_4_udi import police_updated_duf
from savnet.rules.rs_2015_009.versions import version_on
from savnet.rules.time import norwegian_day
from savnet.rules.words import About, InformationKind


class Situation:
    """The child's situation. `note` each event in order."""

    def __init__(self, case: CaseFile) -> None:
        self.centre = case.centre
        self.resident = case.resident
        self.before = case.resident
        self.absence: AbsenceNoticed | None = None
        self.disappearance: Disappearance | None = None
        self.facts: dict[str, FactRecorded] = {}
        self.composed: dict[str, datetime] = {}
        self.addresses: list[InformationReceived] = []
        self.appointments: list[Appointment] = list(case.resident.appointments)
        self.refused: list[Refusal] = []
        self.absence_covered = False
        self.absence_refused: Refusal | None = None
        self.in_transit: TransferStarted | None = None
        self.decided_over_18 = False
        self.examined_over_18 = False

    @property
    def missing(self) -> bool:
        """Disappeared, and not yet back or found."""
        return self.disappearance is not None and not self.disappearance.ended

    def note(self, event: Event) -> bool:
        """Take note of the event. Returns False where it sets nothing off: a repetition, or not covered."""
        match event:
            case AbsenceNoticed():
                return self._absent(event)
            case DisappearanceBelieved():
                return self._believed(event)
            case Returned():
                return self._returned(event)
            case _:
                self._note_circumstances(event)
                self._note_knowledge(event)
        return self.disappearance is None or self.disappearance.refusal is None

    def _absent(self, event: AbsenceNoticed) -> bool:
        if self.absence or self.missing:
            return False
        self.absence = event
        found = self._refused(event)
        self.absence_covered = found is None
        self.absence_refused = found if self._refuse(found) else None
        return found is None

    def _believed(self, event: DisappearanceBelieved) -> bool:
        if self.missing:
            return False
        if self.absence and self.absence_refused:
            # What this day says takes the place of what the day of the absence said.
            self.refused.remove(self.absence_refused)
        # Who was covered on the day of the absence is not let go at midnight (reading 12).
        found = self._refused(event)
        refusal = None if self.absence and self.absence_covered else found
        self._refuse(refusal)
        first = self.disappearance is None or self.disappearance.refusal is not None
        self.disappearance = Disappearance(began=event, refusal=refusal, first=first)
        if not self.absence:
            self.facts = {}
        self.absence = None
        return self.disappearance.refusal is None

    def _returned(self, event: Returned) -> bool:
        self.absence = None
        self.addresses = []
        if self.disappearance is None or event.how in {one.how for one in self.disappearance.returns}:
            return False
        self.disappearance.returns.append(event)
        return self.disappearance.refusal is None

    def _refused(self, event: Event) -> Refusal | None:
        """Why the circular does not cover the child on this day; None where it does. Raises NoVersionInForce."""
        day = norwegian_day(event.at)
        version_on(day)
        return refusal_on(self.resident, decided_over_18=self.decided_over_18, on=day)

    def _refuse(self, found: Refusal | None) -> bool:
        """Remember the refusal. Returns whether it is a new one."""
        new = found is not None and found not in self.refused
        if found and new:
            self.refused.append(found)
        return new

    def _note_circumstances(self, event: Event) -> None:
        match event:
            case CircumstancesNoted():
                self.before, self.resident, self.centre = self.resident, event.resident, event.centre
                self.appointments = list(event.resident.appointments)
            case AppointmentMade():
                self.appointments.append(Appointment(kind=event.kind, for_=event.for_))
            case AppointmentCancelled():
                self.appointments = [one for one in self.appointments if not _cancelled(one, event)]
            case TransferStarted():
                self.in_transit = event
            case TransferArrived():
                self._arrived(event)

    def _note_knowledge(self, event: Event) -> None:
        match event:
            case AbsenceExplained():
                self.absence = None
            case FactRecorded():
                self.facts[event.item] = event
            case LetterComposed():
                self.composed.setdefault(event.message or event.letter, event.at)
            case InformationReceived():
                self._informed(event)
            case AgeDecided():
                self.decided_over_18 = event.over_18
                # A decision outranks the examination before it.
                self.examined_over_18 = self.examined_over_18 and event.over_18
            case AgeExamined():
                self.examined_over_18 = event.most_likely_over_18
            case ConsentGiven() | ConsentRefused() if self.disappearance:
                self.disappearance.consents[event.who] = isinstance(event, ConsentGiven)
            case DufUpdated() if self.missing and self.disappearance and police_updated_duf(event):
                self.disappearance.duf_updated = event

    def _informed(self, event: InformationReceived) -> None:
        if event.kind is InformationKind.KNOWN_ADDRESS:
            self.addresses.append(event)
        if self.disappearance and self.missing and event.about is About.WHEREABOUTS:
            self.disappearance.whereabouts.append(event)

    def written_at(self, act: Act) -> datetime | None:
        """When the letter that this act carries was composed; None where the act names none, or nobody knows it."""
        return self.composed.get(act.message or act.letter or "")

    def _arrived(self, event: TransferArrived) -> None:
        """The receiving centre has confirmed; only now does it answer for the child (reading 5)."""
        started = self.in_transit
        where = event.municipality or (started.municipality if started else None)
        name = event.to_centre or (started.to_centre if started else None)
        self.centre = replace(self.centre, municipality=where or self.centre.municipality, name=name)
        self.in_transit = None


def _cancelled(one: Appointment, event: AppointmentCancelled) -> bool:
    return one.kind is event.kind and event.for_ in {None, one.for_}
