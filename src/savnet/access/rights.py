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
    KOR_OFFICER = "kor_officer", "Saksbehandler i Koordineringsenheten"
    BFE_OFFICER = "bfe_officer", "Saksbehandler i Barnefaglig enhet"
    ASA_OFFICER = "asa_officer", "Saksbehandler i Asylavdelingen"
    RECEIVING_OFFICER = "receiving_officer", "Mottaker i UNE eller PU"
    NATIONAL_OVERSEER = "national_overseer", "Nasjonal oppfølging"
    INSPECTOR = "inspector", "Tilsyn"
    STATISTICIAN = "statistician", "Statistikk"
    REGISTER_KEEPER = "register_keeper", "Registeransvarlig"
    SYSTEM_OPERATOR = "system_operator", "Systemdrift"


class Relation(StrEnum):
    """How a person stands to a case. One person may stand in several; the table gives what each adds."""

    OWN_CENTRE = "own_centre"  # the centre that has the child
    SENDING_CENTRE = "sending_centre"  # on a transfer: responsible until arrival is confirmed (I7)
    RECEIVING_CENTRE = "receiving_centre"  # on a transfer: awaits the child
    OWN_REGION = "own_region"  # the centre belongs to the officer's regional office
    ADDRESSED = "addressed"  # something of the case was sent to, or is owed to, the officer's unit
    MANDATE = "mandate"  # an inspector's: a legal basis, a centre or the country, a period
    COUNTRY = "country"  # those who oversee
    NONE = "none"


class FieldClass(StrEnum):
    """What sort of knowledge a field holds. What a person may see of a case is a set of these."""

    ROUTING = "routing"  # which duty, to what kind of office, when; no name
    IDENTITY = "identity"  # who the child is
    WHEREABOUTS = "whereabouts"  # where the child may be
    SUSPICION = "suspicion"  # what somebody fears or believes, and who said it
    THIRD_PARTY = "third_party"  # other residents, friends, family
    HEALTH = "health"  # BUP, injuries, talks about how the child is


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
