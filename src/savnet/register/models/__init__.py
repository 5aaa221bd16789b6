"""The register's tables, one module per thing in the field."""

from savnet.register.models.centre import Centre, CentreKind, OperatorKind
from savnet.register.models.contact import Contact, ContactKind
from savnet.register.models.photo import Photo
from savnet.register.models.places import County, Municipality, MunicipalityPoliceDistrict, PoliceDistrict
from savnet.register.models.recipient import Recipient, RecipientChannel, RecipientKind, SendingChannel
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

__all__ = [
    "Alias",
    "Appointment",
    "AppointmentKind",
    "AsylumCaseAt",
    "Centre",
    "CentreKind",
    "Contact",
    "ContactKind",
    "County",
    "InterpreterNeed",
    "Municipality",
    "MunicipalityPoliceDistrict",
    "NetworkKind",
    "NetworkPerson",
    "OperatorKind",
    "Photo",
    "PoliceDistrict",
    "Recipient",
    "RecipientChannel",
    "RecipientKind",
    "Resident",
    "SendingChannel",
    "Sex",
    "SocialAccount",
    "Telephone",
]
