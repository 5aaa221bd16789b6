"""What happens while somebody is absent or missing."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from savnet.rules.events.base import Event
from savnet.rules.time import in_utc
from savnet.rules.words import About, AlertScope, Answer, InformationKind, MeasureKind, NoticedHow


@dataclass(frozen=True, slots=True, kw_only=True)
class AbsenceNoticed(Event):
    type: ClassVar[str] = "absence_noticed"
    how: NoticedHow = NoticedHow.NOT_AT_DAILY_ACTIVITY
    last_observed: datetime | None = None

    def __post_init__(self) -> None:
        Event.__post_init__(self)
        in_utc(self, "last_observed")


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
class PoliceCaseOpened(Event):
    type: ClassVar[str] = "police_case_opened"
    reference: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertConfirmed(Event):
    type: ClassVar[str] = "alert_confirmed"
    scope: AlertScope
    reference: str | None = None
