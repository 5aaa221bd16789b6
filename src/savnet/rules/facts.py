"""What the rules need to know of the centre and the resident, beside the events."""

from dataclasses import dataclass, field
from datetime import date, datetime

from savnet.rules.time import in_utc
from savnet.rules.words import AppointmentKind, Operator, Recipient


@dataclass(frozen=True, slots=True, kw_only=True)
class Centre:
    """The reception centre that answers for the child. `municipality` is the four-digit number."""

    operator: Operator
    municipality: str | None = None
    kind: str = "ordinary"
    name: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Appointment:
    """A summons to a meeting with UDI that lies at a known instant."""

    kind: AppointmentKind
    for_: datetime = field(metadata={"name": "for"})

    def __post_init__(self) -> None:
        in_utc(self, "for_")


@dataclass(frozen=True, slots=True, kw_only=True)
class Resident:
    """What is registered of the child. `born` is the registered date; None where nobody has registered one."""

    born: date | None = None
    unaccompanied: bool = True
    registered_in_duf: bool = True
    permit: bool = False
    accompanied_by: str | None = None
    representative: bool = True
    guardian: bool = False
    lawyer: bool = True
    paragraph_8_8a: bool = False
    asylum_case_at: Recipient = Recipient.DECISION_UNIT
    appointments: tuple[Appointment, ...] = ()
