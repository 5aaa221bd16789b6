"""The register's tables, one module per thing in the field."""

from savnet.register.models.centre import Centre, CentreKind, OperatorKind
from savnet.register.models.contact import Contact, ContactKind
from savnet.register.models.exercise import Exercise
from savnet.register.models.information_request import AskedBy, InformationRequest, RequestDecision
from savnet.register.models.leave import Leave, LeaveKind
from savnet.register.models.number_test import NumberTest, ReadinessAnswer
from savnet.register.models.photo import Photo
from savnet.register.models.places import County, Municipality, MunicipalityPoliceDistrict, PoliceDistrict
from savnet.register.models.presence import DailyTime, MarkedAs, PresenceQuestion, RollCall, RollMark
from savnet.register.models.recipient import Recipient, RecipientChannel, RecipientKind, SendingChannel
from savnet.register.models.register_change import RegisterChange
from savnet.register.models.resident import (
    Alias,
    Appointment,
    AppointmentKind,
    AsylumCaseAt,
    InterpreterNeed,
    Resident,
    Sex,
)
from savnet.register.models.traces import NetworkKind, NetworkPerson, SocialAccount, Telephone
from savnet.register.models.transfer import Transfer, TransferState

__all__ = [
    "Alias",
    "Appointment",
    "AppointmentKind",
    "AskedBy",
    "AsylumCaseAt",
    "Centre",
    "CentreKind",
    "Contact",
    "ContactKind",
    "County",
    "DailyTime",
    "Exercise",
    "InformationRequest",
    "InterpreterNeed",
    "Leave",
    "LeaveKind",
    "MarkedAs",
    "Municipality",
    "MunicipalityPoliceDistrict",
    "NetworkKind",
    "NetworkPerson",
    "NumberTest",
    "OperatorKind",
    "Photo",
    "PoliceDistrict",
    "PresenceQuestion",
    "ReadinessAnswer",
    "Recipient",
    "RecipientChannel",
    "RecipientKind",
    "RegisterChange",
    "RequestDecision",
    "Resident",
    "RollCall",
    "RollMark",
    "SendingChannel",
    "Sex",
    "SocialAccount",
    "Telephone",
    "Transfer",
    "TransferState",
]
