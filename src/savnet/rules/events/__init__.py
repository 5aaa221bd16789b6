"""What can happen in a case: one frozen type per event, as the contract names them.

`at` is when it happened, `recorded_at` when somebody wrote it down. `number` is the event's place in the record,
from 1; corrections and `because` point to it.
"""

from savnet.rules.events.acts import (
    Act,
    Attempted,
    Done,
    LetterComposed,
    Received,
)
from savnet.rules.events.around import (
    AgeDecided,
    AgeExamined,
    AppointmentCancelled,
    AppointmentMade,
    CircumstancesNoted,
    Corrected,
    TransferArrived,
    TransferStarted,
)
from savnet.rules.events.back import (
    ConcernRaised,
    ConsentGiven,
    ConsentRefused,
    DufUpdated,
    Returned,
    TalkHeld,
    TransportDone,
    TransportRequested,
)
from savnet.rules.events.base import (
    Event,
)
from savnet.rules.events.missing import (
    AbsenceExplained,
    AbsenceNoticed,
    AlertConfirmed,
    DisappearanceBelieved,
    FactRecorded,
    InformationReceived,
    InquiryMade,
    MeasureEnded,
    PoliceCaseOpened,
)

__all__ = [
    "TYPES",
    "AbsenceExplained",
    "AbsenceNoticed",
    "Act",
    "AgeDecided",
    "AgeExamined",
    "AlertConfirmed",
    "AppointmentCancelled",
    "AppointmentMade",
    "Attempted",
    "CircumstancesNoted",
    "ConcernRaised",
    "ConsentGiven",
    "ConsentRefused",
    "Corrected",
    "DisappearanceBelieved",
    "Done",
    "DufUpdated",
    "Event",
    "FactRecorded",
    "InformationReceived",
    "InquiryMade",
    "LetterComposed",
    "MeasureEnded",
    "PoliceCaseOpened",
    "Received",
    "Returned",
    "TalkHeld",
    "TransferArrived",
    "TransferStarted",
    "TransportDone",
    "TransportRequested",
]

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
