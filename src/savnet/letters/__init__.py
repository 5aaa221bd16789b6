"""What each notice must hold, composed from facts; rendering to PDF at its edge."""

from savnet.letters.blanks import Blank
from savnet.letters.call_sheet import CallSheet
from savnet.letters.cancellation import Cancellation, CancelledAppointment
from savnet.letters.composing import compose
from savnet.letters.concern_report import ConcernAbout, ConcernReport
from savnet.letters.copy_cover import CopyCover, SentCopy
from savnet.letters.errors import FontsMissing, Incomplete, LetterError, NotRendered, WrongReceiver
from savnet.letters.notice import News, Notice
from savnet.letters.office_message import OfficeMessage
from savnet.letters.packet import Letter, Packet, Task
from savnet.letters.parts import (
    NOT_ASKED,
    Child,
    Confirmation,
    Contact,
    Envelope,
    Identity,
    Photo,
    Receiver,
    Reply,
    Sender,
    Sex,
)
from savnet.letters.police_answer import PoliceAnswer, WhoSheIs
from savnet.letters.police_report import LastObserved, NamedResident, PoliceReport, Traces
from savnet.letters.recall import BreachDraft, RecallNotice
from savnet.letters.redaction import redacted, without_residents
from savnet.letters.rendering import Rendered, render
from savnet.letters.suspicion_notice import SuspicionNotice
from savnet.letters.wording import NoWording

__all__ = [
    "NOT_ASKED",
    "Blank",
    "BreachDraft",
    "CallSheet",
    "Cancellation",
    "CancelledAppointment",
    "Child",
    "ConcernAbout",
    "ConcernReport",
    "Confirmation",
    "Contact",
    "CopyCover",
    "Envelope",
    "FontsMissing",
    "Identity",
    "Incomplete",
    "LastObserved",
    "Letter",
    "LetterError",
    "NamedResident",
    "News",
    "NoWording",
    "NotRendered",
    "Notice",
    "OfficeMessage",
    "Packet",
    "Photo",
    "PoliceAnswer",
    "PoliceReport",
    "RecallNotice",
    "Receiver",
    "Rendered",
    "Reply",
    "Sender",
    "SentCopy",
    "Sex",
    "SuspicionNotice",
    "Task",
    "Traces",
    "WhoSheIs",
    "WrongReceiver",
    "compose",
    "redacted",
    "render",
    "without_residents",
]
