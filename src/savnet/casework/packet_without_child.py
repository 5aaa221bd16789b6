"""The packet for a child nobody has missed yet: whom this centre tells, by which number, and a form to fill in by hand.

It holds no child, so that it may lie printed in a drawer and in clear on any disk: for the night when Savnet is down
and a child goes missing. What is owed is derived from an invented disappearance of a child of whom the most is owed.
"""

from datetime import datetime, timedelta

from savnet.access.models import Person
from savnet.access.rights import Role
from savnet.cases.models import Case
from savnet.casework.case_at_hand import CaseAtHand
from savnet.casework.packet import packet_of
from savnet.letters import Rendered
from savnet.register.circumstances import circumstances
from savnet.register.models import Centre, Resident
from savnet.rules import CaseFile, derive
from savnet.rules.events import AbsenceNoticed, DisappearanceBelieved
from savnet.rules.record import truth

REFERENCE = "UTEN BARN"


def packet_without_child(centre: Centre, now: datetime) -> Rendered:
    """The packet as PDF, in bokmål. Nothing is written to the register or the ledger."""
    nobody = Person(name="", title="", role=Role.SHIFT_STAFF, centre=centre)
    return packet_of(_invented(centre, now), by=nobody, reference=REFERENCE, without_child=True)


def _invented(centre: Centre, now: datetime) -> CaseAtHand:
    """A case that is nowhere: a child who came alone, believed to have disappeared just now."""
    child = Resident(centre=centre, given_name="", family_name="", unaccompanied=True)
    facts = circumstances(child)
    happened = (AbsenceNoticed(at=now - timedelta(minutes=1)), DisappearanceBelieved(at=now))
    file = CaseFile(centre=facts[0], resident=facts[1], events=happened)
    case = Case(resident=child, centre=centre, opened_at=now)
    return CaseAtHand(case, child, (), derive(file, now), tuple(truth(happened, at=now)), now)
