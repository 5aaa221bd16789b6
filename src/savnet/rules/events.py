"""What can happen in a case: one frozen type per event, as the contract names them.

`at` is when it happened, `recorded_at` when somebody wrote it down. `number` is the event's place in the record,
from 1; corrections and `because` point to it.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ClassVar

from savnet.rules.facts import Centre, Resident
from savnet.rules.words import (
    About,
    AlertScope,
    Answer,
    AppointmentKind,
    Channel,
    ConcernKind,
    ConcernLevel,
    FeelsSafe,
    InformationKind,
    MeasureKind,
    NoticedHow,
    Outcome,
    Recipient,
    ReturnedHow,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happened. Both instants are aware datetimes."""

    type: ClassVar[str] = ""

    at: datetime
    number: int = 0
    recorded_at: datetime | None = None
    by: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AbsenceNoticed(Event):
    type: ClassVar[str] = "absence_noticed"
    how: NoticedHow = NoticedHow.NOT_AT_DAILY_ACTIVITY
    last_observed: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class InquiryMade(Event):
    type: ClassVar[str] = "inquiry_made"
    what: str | None = None
    finding: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AbsenceExplained(Event):
    type: ClassVar[str] = "absence_explained"
    why: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DisappearanceBelieved(Event):
    type: ClassVar[str] = "disappearance_believed"
    why: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FactRecorded(Event):
    """An answer to one of the nine items. `details` holds what the letter sets out apart, such as named residents."""

    type: ClassVar[str] = "fact_recorded"
    item: str
    answer: Answer
    text: str | None = None
    details: dict[str, Any] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Act(Event):
    """What `done` and `attempted` share: an obligation is met, or somebody tried to meet it."""

    obligation: str
    recipient: Recipient | None = None
    municipality: str | None = None
    channel: Channel | None = None
    reference: str | None = None
    copy_of: str | None = None
    knew: str | None = None
    more_information_needed: bool | None = None
    because: int | None = None
    letter: str | None = None
    message: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Done(Act):
    type: ClassVar[str] = "done"


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempted(Act):
    type: ClassVar[str] = "attempted"
    outcome: Outcome = Outcome.UNKNOWN


@dataclass(frozen=True, slots=True, kw_only=True)
class Received(Event):
    """A named person at the receiver has it (`by`), with the receiver's own reference."""

    type: ClassVar[str] = "received"
    obligation: str
    recipient: Recipient | None = None
    municipality: str | None = None
    copy_of: str | None = None
    reference: str | None = None
    because: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterComposed(Event):
    """A letter's bytes were fixed: `letter` is their SHA-256, `message` the id all its attempts carry."""

    type: ClassVar[str] = "letter_composed"
    obligation: str
    letter: str
    message: str | None = None
    recipient: Recipient | None = None
    municipality: str | None = None
    copy_of: str | None = None
    because: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class InformationReceived(Event):
    type: ClassVar[str] = "information_received"
    about: About = About.WHEREABOUTS
    kind: InformationKind = InformationKind.OTHER
    municipality: str | None = None
    source: str | None = None
    text: str | None = None
    relevant_to_asylum_case: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureEnded(Event):
    type: ClassVar[str] = "measure_ended"
    kind: MeasureKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Returned(Event):
    type: ClassVar[str] = "returned"
    how: ReturnedHow = ReturnedHow.TO_CENTRE
    municipality: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DufUpdated(Event):
    type: ClassVar[str] = "duf_updated"


@dataclass(frozen=True, slots=True, kw_only=True)
class TransportRequested(Event):
    type: ClassVar[str] = "transport_requested"
    outside_office_hours: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TransportDone(Event):
    type: ClassVar[str] = "transport_done"
    outside_office_hours: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TalkHeld(Event):
    type: ClassVar[str] = "talk_held"
    why_left: str | None = None
    where_stayed: str | None = None
    what_done: str | None = None
    feels_safe: FeelsSafe | None = None
    asylum_relevant: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ConcernRaised(Event):
    type: ClassVar[str] = "concern_raised"
    kind: ConcernKind
    level: ConcernLevel | None = None
    text: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentGiven(Event):
    type: ClassVar[str] = "consent_given"
    who: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentRefused(Event):
    type: ClassVar[str] = "consent_refused"
    who: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AgeExamined(Event):
    type: ClassVar[str] = "age_examined"
    most_likely_over_18: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AgeDecided(Event):
    type: ClassVar[str] = "age_decided"
    over_18: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AppointmentMade(Event):
    type: ClassVar[str] = "appointment_made"
    kind: AppointmentKind
    for_: datetime = field(metadata={"name": "for"})


@dataclass(frozen=True, slots=True, kw_only=True)
class AppointmentCancelled(Event):
    type: ClassVar[str] = "appointment_cancelled"
    kind: AppointmentKind
    for_: datetime | None = field(default=None, metadata={"name": "for"})


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferStarted(Event):
    type: ClassVar[str] = "transfer_started"
    to_centre: str | None = None
    expected: datetime | None = None
    municipality: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferArrived(Event):
    type: ClassVar[str] = "transfer_arrived"
    to_centre: str | None = None
    expected: datetime | None = None
    municipality: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PoliceCaseOpened(Event):
    type: ClassVar[str] = "police_case_opened"
    reference: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertConfirmed(Event):
    type: ClassVar[str] = "alert_confirmed"
    scope: AlertScope
    reference: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrected(Event):
    """Another event was recorded wrongly. `fields` replaces those fields; `{"withdrawn": true}` strikes it out."""

    type: ClassVar[str] = "corrected"
    event: int
    fields: dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class CircumstancesNoted(Event):
    """What is registered of the centre and the resident from this instant on: what the duties rest on."""

    type: ClassVar[str] = "circumstances_noted"
    centre: Centre
    resident: Resident


TYPES: dict[str, type[Event]] = {
    kind.type: kind
    for kind in (
        AbsenceNoticed,
        InquiryMade,
        AbsenceExplained,
        DisappearanceBelieved,
        FactRecorded,
        Done,
        Attempted,
        Received,
        LetterComposed,
        InformationReceived,
        MeasureEnded,
        Returned,
        DufUpdated,
        TransportRequested,
        TransportDone,
        TalkHeld,
        ConcernRaised,
        ConsentGiven,
        ConsentRefused,
        AgeExamined,
        AgeDecided,
        AppointmentMade,
        AppointmentCancelled,
        TransferStarted,
        TransferArrived,
        PoliceCaseOpened,
        AlertConfirmed,
        Corrected,
        CircumstancesNoted,
    )
}
"""Every public event type, by its name in scenarios and in the ledger."""
