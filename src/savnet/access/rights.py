"""Who may do what: every role, every action, and how far it reaches. The whole of it is the table below.

What is not in the table is refused. A regional officer has no row for `see_case` on purpose: the region is to know
what the circular sends it (d-5, section 3) and no more, and nothing here can yet show a part of a case.
"""

from collections.abc import Mapping
from enum import StrEnum

from django.db.models import TextChoices


class Role(TextChoices):
    """What a person is employed as. The label is what the screens show."""

    SHIFT_STAFF = "shift_staff", "Ansatt på vakt"
    CENTRE_LEADER = "centre_leader", "Mottaksleder"
    REGIONAL_OFFICER = "regional_officer", "Saksbehandler ved regionkontor"


class Action(StrEnum):
    """What a person may want to do."""

    SEE_CENTRE = "see_centre"  # who lives here, who is absent, what is owed
    SEE_CASE = "see_case"  # one child's case with everything in it
    RECORD = "record"  # say what has happened
    SEND = "send"  # let a notice leave the house
    CORRECT = "correct"  # say that something was recorded wrongly
    ADD_TO_RESIDENT = "add_to_resident"  # who acts for a child, summonses, traces to search by; nothing is taken away
    KEEP_RESIDENTS = "keep_residents"  # who a child is, moving in and out, and whole lists
    SEE_POST_ROOM = "see_post_room"  # the demo receivers' mailbox; exists in the demo only


class Reach(StrEnum):
    """For which centres a right holds."""

    OWN_CENTRE = "own_centre"
    EVERYWHERE = "everywhere"  # belongs to no centre


OWN, EVERYWHERE = Reach.OWN_CENTRE, Reach.EVERYWHERE

RIGHTS: Mapping[Role, Mapping[Action, Reach]] = {
    Role.SHIFT_STAFF: {
        Action.SEE_CENTRE: OWN,
        Action.SEE_CASE: OWN,
        Action.RECORD: OWN,
        Action.SEND: OWN,
        Action.CORRECT: OWN,
        Action.ADD_TO_RESIDENT: OWN,
        Action.SEE_POST_ROOM: EVERYWHERE,
    },
    Role.CENTRE_LEADER: {
        Action.SEE_CENTRE: OWN,
        Action.SEE_CASE: OWN,
        Action.RECORD: OWN,
        Action.SEND: OWN,
        Action.CORRECT: OWN,
        Action.ADD_TO_RESIDENT: OWN,
        Action.KEEP_RESIDENTS: OWN,
        Action.SEE_POST_ROOM: EVERYWHERE,
    },
    Role.REGIONAL_OFFICER: {
        Action.SEE_POST_ROOM: EVERYWHERE,
    },
}
