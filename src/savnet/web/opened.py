"""A case opened for the screens: its ledger read once, what is owed derived once, for the instant of the visit."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.shortcuts import get_object_or_404

from savnet.access.models import Person
from savnet.cases.models import Case
from savnet.cases.reading import Entry, case_file, entries
from savnet.register.models import Resident
from savnet.rules.derive import derive
from savnet.rules.obligation import Derivation


@dataclass(frozen=True, slots=True)
class Opened:
    """What the ledger holds of a case, and what follows from it at an instant."""

    case: Case
    known: tuple[Entry, ...]
    derivation: Derivation

    @property
    def resident(self) -> Resident:
        found: Resident = self.case.resident
        return found


def find_case(person: Person, case_id: UUID, **_: object) -> Case:
    """The case of an address; whether this person may see it is for the `screen` decorator."""
    found: Case = get_object_or_404(Case.objects.select_related("resident", "centre"), id=case_id)
    return found


def opened(case: Case, now: datetime) -> Opened:
    """Read and derive."""
    known = entries(case.id)
    return Opened(case, known, derive(case_file(case.id, known), now))
