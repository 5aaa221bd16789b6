"""Who may do and see what: the whole of it is the two tables below, and what stands in neither is refused.

RIGHTS says for each role and action in which relations to a case, a child or a centre the person may do it. SEES says
for each role and relation which classes of knowledge are shown; `savnet.access.classes` says of which class a field is.
A letter addressed to a person's own office is read whole by whoever may see what is addressed to it: it was written to
them. `docs/reference/access.md` is made from these tables, and a test holds it to them.
"""

from collections.abc import Mapping
from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    """What a person is employed as. The label is what the screens show."""

    SHIFT_STAFF = "shift_staff", _("Ansatt på vakt")
    CENTRE_LEADER = "centre_leader", _("Mottaksleder")
    REGIONAL_OFFICER = "regional_officer", _("Saksbehandler ved regionkontor")
    KOR_OFFICER = "kor_officer", _("Saksbehandler i Koordineringsenheten")
    BFE_OFFICER = "bfe_officer", _("Saksbehandler i Barnefaglig enhet")
    ASA_OFFICER = "asa_officer", _("Saksbehandler i Asylavdelingen")
    RECEIVING_OFFICER = "receiving_officer", _("Mottaker i UNE eller PU")
    NATIONAL_OVERSEER = "national_overseer", _("Nasjonal oppfølging")
    INSPECTOR = "inspector", _("Tilsyn")
    STATISTICIAN = "statistician", _("Statistikk")
    REGISTER_KEEPER = "register_keeper", _("Registeransvarlig")
    SYSTEM_OPERATOR = "system_operator", _("Systemdrift")


class Relation(StrEnum):
    """How a person stands to a case, a child or a centre. One may stand in several; the tables give what each adds."""

    OWN_CENTRE = "own_centre"  # the centre that has the child
    SENDING_CENTRE = "sending_centre"  # on a transfer: responsible until arrival is confirmed (I7)
    RECEIVING_CENTRE = "receiving_centre"  # on a transfer: awaits the child
    OWN_REGION = "own_region"  # the centre belongs to the officer's regional office
    ADDRESSED = "addressed"  # something of the case was sent to, or is owed to, the officer's unit
    MANDATE = "mandate"  # an inspector's or an overseer's: a legal basis, a centre or the country, a period
    COUNTRY = "country"  # those who oversee, wherever it is
    BREAK_GLASS = "break_glass"  # opened in an emergency, for a short time; a leader has been told
    NONE = "none"  # everybody stands in this one: what needs no relation


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

    SEARCH = "search"  # find a child by name or number, among those one may see
    SEE_CENTRE = "see_centre"  # who lives here, who is absent, what is owed
    SEE_CASE = "see_case"  # one child's case, each field by its class
    RECORD = "record"  # say what has happened
    SEND = "send"  # let a notice leave the house
    CORRECT = "correct"  # say that something was recorded wrongly
    ADD_TO_RESIDENT = "add_to_resident"  # who acts for a child, summonses, traces to search by; nothing is taken away
    KEEP_RESIDENTS = "keep_residents"  # who a child is, moving in and out, and whole lists
    SEE_POST_ROOM = "see_post_room"  # the demo receivers' mailbox; exists in the demo only
    KEEP_OWN_ACCOUNT = "keep_own_account"  # one's own sessions, passkeys and codes
    HELP_BACK_IN = "help_back_in"  # be one of the two who give a colleague a new way in
    NAME_HELPERS = "name_helpers"  # say who at the centre may do that
    CONFIRM_IDENTITY = "confirm_identity"  # say once more who one is, before whereabouts and sending
    CLOSE_CASE = "close_case"  # propose that a case is over
    CONFIRM_CLOSING = "confirm_closing"  # be the second who says so
    MARK_FOUND = "mark_found"  # propose that a child is found who is not here
    CONFIRM_FOUND = "confirm_found"
    MOVE_LATER = "move_later"  # propose that the 24 hours began later, or not at all (I6)
    CONFIRM_LATER = "confirm_later"
    CHANGE_RECIPIENT = "change_recipient"  # propose where notices go
    CONFIRM_RECIPIENT = "confirm_recipient"
    CHANGE_REPORTS_TO = "change_reports_to"  # propose which police district and regional office a centre reports to
    CONFIRM_REPORTS_TO = "confirm_reports_to"
    GRANT_ROLE = "grant_role"  # propose what somebody may do
    CONFIRM_ROLE = "confirm_role"
    SEE_PROPOSALS = "see_proposals"  # the list of what awaits a second person
    BREAK_THE_GLASS = "break_the_glass"  # open in an emergency what one otherwise may not
    REVIEW_BREAK_GLASS = "review_break_glass"  # say afterwards whether it was in order
    REVIEW_LOOKS = "review_looks"  # go through who has looked at what, week by week
    PRINT_LOOKS = "print_looks"  # give a child the list of who has looked at her
    KEEP_CENTRE = "keep_centre"  # the centre's own numbers, whom it reports to, when everyone is counted
    HOLD_EXERCISE = "hold_exercise"  # begin and end an exercise with invented children
    LEAD_CENTRE = "lead_centre"  # what is late at the centre, and why
    SEE_PERSONAL_FILE = "see_personal_file"  # what RS 2015-009 puts in the child's file at the centre
    SEE_REGION = "see_region"  # how the region's centres stand, in numbers
    SEE_OFFICE = "see_office"  # what has been sent to one's office, and what it owes
    SEE_OFFICE_CASE = "see_office_case"  # one child's case, as far as the office has been told
    ACT_FOR_OFFICE = "act_for_office"  # say that the office has it, what it has done, and let its messages leave
    MAKE_APPOINTMENT = "make_appointment"  # summon the child anew when it is back
    SEE_ALARMS = "see_alarms"  # what the house has told oneself of, because nobody had acted
    KEEP_ROSTER = "keep_roster"  # who is on duty when, and in which order they are told
    SEE_DISCLOSED = "see_disclosed"  # who has been given what of a child, and on which legal basis
    NOTE_REQUEST = "note_request"  # note that somebody outside asks for information about a child
    OVERSEE = "oversee"  # what is open across the country, in numbers
    SEE_OVERSEEN_CHILD = "see_overseen_child"  # who a case on that page is about; the reason goes in the log
    SEE_MANDATES = "see_mandates"  # what one has been given a right to look into
    INSPECT = "inspect"  # how a centre has handled its disappearances, by mandate
    GRANT_MANDATE = "grant_mandate"  # propose whom may look into a centre, on which legal basis; end it
    CONFIRM_MANDATE = "confirm_mandate"
    SEE_STATISTICS = "see_statistics"  # counts that are safe to publish
    SEE_REGISTER_CHANGES = "see_register_changes"  # who changed what in the registers of offices and places
    SEE_OPERATIONS = "see_operations"  # how the machinery runs; nothing of a case
    DECIDE_DISCLOSURE = "decide_disclosure"  # say what the police get of what they ask for in writing


Relations = frozenset[Relation]
OWN: Relations = frozenset({Relation.OWN_CENTRE})
AT_HAND: Relations = OWN | {Relation.SENDING_CENTRE, Relation.BREAK_GLASS}
"""Own centre, also while the child is on its way from it, and what was opened in an emergency."""
AWAITED: Relations = AT_HAND | {Relation.RECEIVING_CENTRE}
REGION: Relations = frozenset({Relation.OWN_REGION})
TOLD: Relations = frozenset({Relation.ADDRESSED})
MANDATE: Relations = frozenset({Relation.MANDATE})
COUNTRY: Relations = frozenset({Relation.COUNTRY})
EVERYWHERE: Relations = frozenset({Relation.NONE})

RIGHTS: Mapping[Role, Mapping[Action, Relations]] = {
    Role.SHIFT_STAFF: {
        Action.SEARCH: OWN,
        Action.SEE_ALARMS: EVERYWHERE,
        Action.KEEP_ROSTER: OWN,
        Action.SEE_CENTRE: AWAITED,
        Action.SEE_CASE: AWAITED,
        Action.RECORD: AT_HAND,
        Action.SEND: AT_HAND,
        Action.CORRECT: OWN,
        Action.ADD_TO_RESIDENT: AT_HAND,
        Action.SEE_POST_ROOM: EVERYWHERE,
        Action.CONFIRM_IDENTITY: EVERYWHERE,
        Action.KEEP_OWN_ACCOUNT: EVERYWHERE,
        Action.HELP_BACK_IN: OWN,
        Action.SEE_PROPOSALS: EVERYWHERE,
        Action.CLOSE_CASE: OWN,
        Action.MARK_FOUND: AT_HAND,
        Action.CONFIRM_FOUND: OWN,
        Action.MOVE_LATER: OWN,
        Action.CONFIRM_LATER: OWN,
        Action.BREAK_THE_GLASS: EVERYWHERE,
        Action.SEE_PERSONAL_FILE: OWN,
        Action.SEE_DISCLOSED: OWN,
        Action.NOTE_REQUEST: OWN,
    },
    Role.CENTRE_LEADER: {
        Action.SEARCH: OWN,
        Action.SEE_ALARMS: EVERYWHERE,
        Action.KEEP_ROSTER: OWN,
        Action.SEE_CENTRE: AWAITED,
        Action.SEE_CASE: AWAITED,
        Action.RECORD: AT_HAND,
        Action.SEND: AT_HAND,
        Action.CORRECT: OWN,
        Action.ADD_TO_RESIDENT: AT_HAND,
        Action.KEEP_RESIDENTS: OWN,
        Action.SEE_POST_ROOM: EVERYWHERE,
        Action.CONFIRM_IDENTITY: EVERYWHERE,
        Action.KEEP_OWN_ACCOUNT: EVERYWHERE,
        Action.HELP_BACK_IN: OWN,
        Action.NAME_HELPERS: OWN,
        Action.SEE_PROPOSALS: EVERYWHERE,
        Action.CLOSE_CASE: OWN,
        Action.CONFIRM_CLOSING: OWN,
        Action.MARK_FOUND: AT_HAND,
        Action.CONFIRM_FOUND: OWN,
        Action.MOVE_LATER: OWN,
        Action.CONFIRM_LATER: OWN,
        Action.GRANT_ROLE: OWN,
        Action.CONFIRM_ROLE: OWN,
        Action.BREAK_THE_GLASS: EVERYWHERE,
        Action.REVIEW_BREAK_GLASS: OWN,
        Action.REVIEW_LOOKS: OWN,
        Action.PRINT_LOOKS: OWN,
        Action.SEE_PERSONAL_FILE: OWN,
        Action.LEAD_CENTRE: OWN,
        Action.KEEP_CENTRE: OWN,
        Action.CHANGE_REPORTS_TO: OWN,
        Action.CONFIRM_REPORTS_TO: OWN,
        Action.HOLD_EXERCISE: OWN,
        Action.SEE_DISCLOSED: OWN,
        Action.NOTE_REQUEST: OWN,
        Action.DECIDE_DISCLOSURE: OWN,
    },
    Role.REGIONAL_OFFICER: {
        Action.SEARCH: REGION,
        Action.SEE_ALARMS: EVERYWHERE,
        Action.SEE_POST_ROOM: EVERYWHERE,
        Action.CONFIRM_IDENTITY: EVERYWHERE,
        Action.KEEP_OWN_ACCOUNT: EVERYWHERE,
        Action.HELP_BACK_IN: EVERYWHERE,
        Action.SEE_PROPOSALS: EVERYWHERE,
        Action.CONFIRM_CLOSING: REGION,
        Action.MARK_FOUND: REGION,
        Action.CONFIRM_FOUND: REGION,
        Action.CONFIRM_LATER: REGION,
        Action.CONFIRM_REPORTS_TO: REGION,
        Action.SEE_REGION: REGION,
        Action.SEE_OFFICE_CASE: REGION,
        Action.ACT_FOR_OFFICE: REGION,
    },
    Role.KOR_OFFICER: {
        Action.SEARCH: EVERYWHERE,
        Action.CONFIRM_IDENTITY: EVERYWHERE,
        Action.KEEP_OWN_ACCOUNT: EVERYWHERE,
        Action.HELP_BACK_IN: EVERYWHERE,
        Action.SEE_OFFICE: EVERYWHERE,
        Action.SEE_OFFICE_CASE: TOLD,
        Action.ACT_FOR_OFFICE: TOLD,
        Action.MAKE_APPOINTMENT: TOLD,
    },
    Role.BFE_OFFICER: {
        Action.SEARCH: EVERYWHERE,
        Action.CONFIRM_IDENTITY: EVERYWHERE,
        Action.KEEP_OWN_ACCOUNT: EVERYWHERE,
        Action.HELP_BACK_IN: EVERYWHERE,
        Action.SEE_OFFICE: EVERYWHERE,
        Action.SEE_OFFICE_CASE: TOLD,
        Action.ACT_FOR_OFFICE: TOLD,
        Action.MAKE_APPOINTMENT: TOLD,
    },
    Role.ASA_OFFICER: {
        Action.SEARCH: EVERYWHERE,
        Action.SEE_ALARMS: EVERYWHERE,
        Action.CONFIRM_IDENTITY: EVERYWHERE,
        Action.KEEP_OWN_ACCOUNT: EVERYWHERE,
        Action.HELP_BACK_IN: EVERYWHERE,
        Action.SEE_OFFICE: EVERYWHERE,
        Action.SEE_OFFICE_CASE: TOLD,
        Action.ACT_FOR_OFFICE: TOLD,
    },
    Role.RECEIVING_OFFICER: {
        Action.SEARCH: EVERYWHERE,
        Action.CONFIRM_IDENTITY: EVERYWHERE,
        Action.KEEP_OWN_ACCOUNT: EVERYWHERE,
        Action.HELP_BACK_IN: EVERYWHERE,
        Action.SEE_OFFICE: EVERYWHERE,
        Action.SEE_OFFICE_CASE: TOLD,
        Action.ACT_FOR_OFFICE: TOLD,
    },
    Role.NATIONAL_OVERSEER: {
        Action.SEE_ALARMS: EVERYWHERE,
        Action.CONFIRM_IDENTITY: EVERYWHERE,
        Action.KEEP_OWN_ACCOUNT: EVERYWHERE,
        Action.HELP_BACK_IN: EVERYWHERE,
        Action.SEE_PROPOSALS: EVERYWHERE,
        Action.CONFIRM_RECIPIENT: EVERYWHERE,
        Action.GRANT_ROLE: COUNTRY,
        Action.CONFIRM_ROLE: COUNTRY,
        Action.REVIEW_BREAK_GLASS: COUNTRY,
        Action.OVERSEE: COUNTRY,
        Action.SEE_OVERSEEN_CHILD: MANDATE,
        Action.GRANT_MANDATE: EVERYWHERE,
        Action.CONFIRM_MANDATE: EVERYWHERE,
        Action.SEE_STATISTICS: EVERYWHERE,
        Action.SEE_REGISTER_CHANGES: EVERYWHERE,
    },
    Role.INSPECTOR: {
        Action.CONFIRM_IDENTITY: EVERYWHERE,
        Action.KEEP_OWN_ACCOUNT: EVERYWHERE,
        Action.HELP_BACK_IN: EVERYWHERE,
        Action.SEE_MANDATES: EVERYWHERE,
        Action.INSPECT: MANDATE,
    },
    Role.STATISTICIAN: {
        Action.KEEP_OWN_ACCOUNT: EVERYWHERE,
        Action.HELP_BACK_IN: EVERYWHERE,
        Action.SEE_STATISTICS: EVERYWHERE,
    },
    Role.REGISTER_KEEPER: {
        Action.CONFIRM_IDENTITY: EVERYWHERE,
        Action.KEEP_OWN_ACCOUNT: EVERYWHERE,
        Action.HELP_BACK_IN: EVERYWHERE,
        Action.SEE_PROPOSALS: EVERYWHERE,
        Action.CHANGE_RECIPIENT: EVERYWHERE,
        Action.CONFIRM_RECIPIENT: EVERYWHERE,
        Action.SEE_REGISTER_CHANGES: EVERYWHERE,
    },
    Role.SYSTEM_OPERATOR: {
        Action.CONFIRM_IDENTITY: EVERYWHERE,
        Action.KEEP_OWN_ACCOUNT: EVERYWHERE,
        Action.HELP_BACK_IN: EVERYWHERE,
        Action.SEE_PROPOSALS: EVERYWHERE,
        Action.GRANT_ROLE: EVERYWHERE,
        Action.GRANT_MANDATE: EVERYWHERE,
        Action.SEE_OPERATIONS: EVERYWHERE,
    },
}

Classes = frozenset[FieldClass]
ROUTED: Classes = frozenset({FieldClass.ROUTING})
NAMED: Classes = ROUTED | {FieldClass.IDENTITY}
WITH_WHEREABOUTS: Classes = NAMED | {FieldClass.WHEREABOUTS}
BUT_SUSPICION: Classes = frozenset(FieldClass) - {FieldClass.SUSPICION}
EVERYTHING: Classes = frozenset(FieldClass)

SEES: Mapping[Role, Mapping[Relation, Classes]] = {
    Role.SHIFT_STAFF: {
        Relation.OWN_CENTRE: BUT_SUSPICION,
        Relation.SENDING_CENTRE: BUT_SUSPICION,
        Relation.RECEIVING_CENTRE: NAMED,
        Relation.BREAK_GLASS: BUT_SUSPICION,
    },
    Role.CENTRE_LEADER: {
        Relation.OWN_CENTRE: EVERYTHING,
        Relation.SENDING_CENTRE: EVERYTHING,
        Relation.RECEIVING_CENTRE: NAMED,
        Relation.BREAK_GLASS: EVERYTHING,
    },
    Role.REGIONAL_OFFICER: {Relation.OWN_REGION: WITH_WHEREABOUTS, Relation.ADDRESSED: NAMED},
    Role.KOR_OFFICER: {Relation.ADDRESSED: NAMED},
    Role.BFE_OFFICER: {Relation.ADDRESSED: NAMED},
    Role.ASA_OFFICER: {Relation.ADDRESSED: NAMED},
    Role.RECEIVING_OFFICER: {Relation.ADDRESSED: NAMED},
    Role.NATIONAL_OVERSEER: {Relation.COUNTRY: ROUTED, Relation.MANDATE: NAMED},
    Role.INSPECTOR: {Relation.MANDATE: EVERYTHING},
    Role.STATISTICIAN: {},
    Role.REGISTER_KEEPER: {},
    Role.SYSTEM_OPERATOR: {},
}

UNTIL_SENT: Mapping[Role, Classes] = {Role.SHIFT_STAFF: frozenset({FieldClass.SUSPICION})}
"""Shown beside SEES, where the role sees the case at hand, until the report that needs it has been sent."""

ASKED_AFRESH: Classes = frozenset({FieldClass.WHEREABOUTS})
"""Shown only to who has lately said once more who they are."""

OVERSEES: frozenset[Role] = frozenset({Role.NATIONAL_OVERSEER, Role.STATISTICIAN})
"""Whose relation to every case is the country."""

UNITS: Mapping[Role, frozenset[str]] = {
    Role.REGIONAL_OFFICER: frozenset({"region"}),
    Role.KOR_OFFICER: frozenset({"kor", "ank"}),
    Role.BFE_OFFICER: frozenset({"bfe"}),
    Role.ASA_OFFICER: frozenset({"asa", "decision_unit"}),
    Role.RECEIVING_OFFICER: frozenset({"une", "pu"}),
}
"""The kinds of receiver whose notices are for people in the role; one who receives is further held to her office."""
