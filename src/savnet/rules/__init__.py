"""RS 2015-009 as code: events in, obligations out. Pure: the standard library only, and never the clock."""

from savnet.rules.case_file import CaseFile
from savnet.rules.derive import derive
from savnet.rules.facts import Appointment, Centre, Resident
from savnet.rules.interpretations import INTERPRETATIONS, Interpretation
from savnet.rules.lawful import legal_basis
from savnet.rules.obligation import (
    Attempt,
    Basis,
    Derivation,
    Gap,
    LegalBasis,
    Obligation,
    Refusal,
    Told,
)
from savnet.rules.reading import (
    Unreadable,
    read_centre,
    read_event,
    read_instant,
    read_resident,
    write_event,
    write_facts,
    write_instant,
)
from savnet.rules.rs_2015_009.versions import LATER_VERSION, VERSIONS, NoVersionInForce, Version, version_on

__all__ = [
    "INTERPRETATIONS",
    "LATER_VERSION",
    "VERSIONS",
    "Appointment",
    "Attempt",
    "Basis",
    "CaseFile",
    "Centre",
    "Derivation",
    "Gap",
    "Interpretation",
    "LegalBasis",
    "NoVersionInForce",
    "Obligation",
    "Refusal",
    "Resident",
    "Told",
    "Unreadable",
    "Version",
    "derive",
    "legal_basis",
    "read_centre",
    "read_event",
    "read_instant",
    "read_resident",
    "version_on",
    "write_event",
    "write_facts",
    "write_instant",
]
