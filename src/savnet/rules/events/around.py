"""What changes around the child: age, appointments, transfers, what is registered; and corrections of the record."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ClassVar

from savnet.rules.events.base import Event
from savnet.rules.facts import Centre, Resident
from savnet.rules.time import in_utc
from savnet.rules.words import AppointmentKind


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

    def __post_init__(self) -> None:
        Event.__post_init__(self)
        in_utc(self, "for_")


@dataclass(frozen=True, slots=True, kw_only=True)
class AppointmentCancelled(Event):
    type: ClassVar[str] = "appointment_cancelled"
    kind: AppointmentKind
    for_: datetime | None = field(default=None, metadata={"name": "for"})

    def __post_init__(self) -> None:
        Event.__post_init__(self)
        in_utc(self, "for_")


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferStarted(Event):
    type: ClassVar[str] = "transfer_started"
    to_centre: str | None = None
    expected: datetime | None = None
    municipality: str | None = None

    def __post_init__(self) -> None:
        Event.__post_init__(self)
        in_utc(self, "expected")


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferArrived(Event):
    type: ClassVar[str] = "transfer_arrived"
    to_centre: str | None = None
    expected: datetime | None = None
    municipality: str | None = None

    def __post_init__(self) -> None:
        Event.__post_init__(self)
        in_utc(self, "expected")


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
