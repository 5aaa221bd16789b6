"""Which rows a person reaches in the database: one line for every table of ours. PostgreSQL holds it, whatever we ask.

It mirrors `rights`: that table says what a person may do and see of a row, this one which rows there are at all. What
a row holds by class (whereabouts, suspicions) is sealed, and opening it is for the code. A new table needs a line here;
a guard test says so. `row_applying` makes policies of the lines after every migration; `row_functions` has the words
that the conditions are made of.
"""

from collections.abc import Mapping

from savnet.access.rights import Role

HOUSE = "(SELECT savnet_is_house())"
CENTRES = "ANY ((SELECT savnet_centres())::uuid[])"
LENT = "ANY ((SELECT savnet_lent_children())::uuid[])"
OFFICE = "(SELECT savnet_is_office())"
COUNTRY = "(SELECT savnet_sees_country())"
ME = "(SELECT savnet_me())"

AT_MY_CENTRE = f"{HOUSE} OR centre_id = {CENTRES}"
CHILD = f"{AT_MY_CENTRE} OR id = {LENT} OR ({OFFICE} AND savnet_child_is_addressed(id))"
# An exercise is its own centre's, and nobody else sees that there is one.
REAL = "NOT EXISTS (SELECT 1 FROM register_centre z WHERE z.id = centre_id AND z.exercise_of_id IS NOT NULL)"
CASE = (
    f"{AT_MY_CENTRE} OR resident_id = {LENT} OR ({COUNTRY} AND {REAL}) "
    f"OR ({OFFICE} AND savnet_is_addressed(id, centre_id))"
)
OF_CHILD = "EXISTS (SELECT 1 FROM register_resident reached WHERE reached.id = resident_id)"
OF_CASE = "EXISTS (SELECT 1 FROM cases_case reached WHERE reached.id = case_id)"
# Who oversees the country sees that something is open and for how long, and opens nothing without a mandate.
INSIDE_CASE = (
    "EXISTS (SELECT 1 FROM cases_case reached WHERE reached.id = case_id "
    f"AND (NOT {COUNTRY} OR reached.centre_id = {CENTRES}))"
)
# Offices get what was sent to them, and what is written about the duties of sections 3 and 4; not the centre's letters
# to others.
MESSAGE = (
    f"{INSIDE_CASE} AND (NOT {OFFICE} OR recipient = ANY ((SELECT savnet_kinds())::text[]) OR obligation ~ '^[34]-')"
)
BREAK_GLASS = f"{AT_MY_CENTRE} OR person_id = {ME} OR {COUNTRY}"
LEADER = f"(SELECT savnet_setting('role') = '{Role.CENTRE_LEADER.value}')"
LOOK = (
    f"{HOUSE} OR person_id = {ME} OR ({LEADER} AND (person_centre = {CENTRES} OR subject_centre = {CENTRES})) "
    f"OR ({COUNTRY} AND NOT allowed)"
)
PROPOSAL = f"{AT_MY_CENTRE} OR proposed_by_id = {ME} OR case_id IS NULL OR {OF_CASE}"
TRANSFER = f"from_centre_id = {CENTRES} OR to_centre_id = {CENTRES} OR {OF_CHILD}"
OF_MESSAGE = "EXISTS (SELECT 1 FROM delivery_message reached WHERE reached.id = message_id)"

CLOSED: Mapping[str, str] = {
    "register_resident": CHILD,
    "register_alias": OF_CHILD,
    "register_appointment": OF_CHILD,
    "register_contact": OF_CHILD,
    "register_photo": OF_CHILD,
    "register_telephone": OF_CHILD,
    "register_socialaccount": OF_CHILD,
    "register_networkperson": OF_CHILD,
    "register_informationrequest": OF_CHILD,
    "register_leave": OF_CHILD,
    "register_readinessanswer": OF_CHILD,
    "register_rollmark": OF_CHILD,
    "register_presencequestion": OF_CHILD,
    "register_transfer": TRANSFER,
    "register_dailytime": AT_MY_CENTRE,
    "register_rollcall": AT_MY_CENTRE,
    "register_numbertest": AT_MY_CENTRE,
    "register_exercise": f"{AT_MY_CENTRE} OR place_id = {CENTRES}",
    "access_breakglass": BREAK_GLASS,
    "access_proposal": PROPOSAL,
    "access_look": LOOK,
    "access_looksreviewed": AT_MY_CENTRE,
    "cases_case": CASE,
    "cases_casekey": INSIDE_CASE,
    "cases_record": INSIDE_CASE,
    "cases_obligationrow": OF_CASE,
    "delivery_message": MESSAGE,
    "delivery_attempt": OF_MESSAGE,
    "delivery_channelstatus": OF_MESSAGE,
    "delivery_receipt": OF_MESSAGE,
    "delivery_rerouting": OF_MESSAGE,
    "delivery_returnedmail": f"{HOUSE} OR {OF_MESSAGE}",  # some is about no message that we know of
    "delivery_hold": OF_MESSAGE,
    "delivery_withdrawal": OF_MESSAGE,
    "followup_watch": OF_CASE,
    "followup_readledger": OF_CASE,
    "followup_openitem": OF_CASE,
    "followup_alarm": OF_CASE,
    "followup_acknowledgement": OF_CASE,
    "followup_receiptlink": INSIDE_CASE,
    "followup_receiveranswer": "EXISTS (SELECT 1 FROM followup_receiptlink reached WHERE reached.id = link_id)",
    "followup_wrongtry": HOUSE,
    "followup_pushdevice": f"{HOUSE} OR person_id = {ME}",
    "followup_calendarlink": f"{HOUSE} OR person_id = {ME}",
    "web_submission": f"person_id = {ME}",
    "web_uploadedlist": AT_MY_CENTRE,
}
"""Tables that say something of a child: the condition on which a person reaches a row, to read or to write it."""

WRITTEN: Mapping[str, str] = {"access_look": f"{HOUSE} OR person_id = {ME}"}
"""Where a person may write fewer rows than she reads."""

OPEN: Mapping[str, str] = {
    "register_county": "public knowledge",
    "register_municipality": "public knowledge",
    "register_municipality_successors": "public knowledge",
    "register_policedistrict": "public knowledge",
    "register_municipalitypolicedistrict": "public knowledge",
    "register_centre": "which centres there are is public; a centre says nothing of who lives there",
    "register_registerchange": "what was changed of offices and places, and by whom of our own people",
    "register_recipient": "offices and how to reach them",
    "register_recipientchannel": "offices and how to reach them",
    "delivery_receivercertificate": "the public half of a key, and an address, of an office or of who acts for a child",
    "access_person": "who is employed; the sign-in must find a person before it knows who asks",
    "access_mandate": "what somebody may look into, and why; every check of a right asks",
    "followup_staffnotice": "that somebody was told that something waits; nothing of a case, and anybody may tell",
    "followup_fallbackpacket": "when a centre's packet outside Savnet was made, and how many cases were in it",
    "followup_onduty": "who is on duty when, and in which order; nothing of a child",
    "sign_in_signin": "who is signed in where, of staff; looked up before anybody is known",
    "sign_in_knowndevice": "hashes of devices' cookies, of staff; looked up before anybody is known",
    "sign_in_budget": "numbers under keyed hashes",
    "sign_in_recoveryperson": "who may help a colleague back in",
    "sign_in_waybackin": "hashes of codes, of staff; looked up before anybody is known",
    "sign_in_identity": "keyed hashes, of staff; looked up before anybody is known",
    "sign_in_keptform": "sealed, and bound to one person; written when nobody is signed in any more",
    "statistics_edition": "counts that are safe to publish, and nothing else",
    "watching_heartbeat": "numbers without persons",
    "watching_canary": "messages without content, to ourselves",
    "watching_readerreport": "an instant",
    "watching_wayout": "whether a mail server answers",
}
"""Tables without a condition, and why none is needed."""

ONLY_ADDED = frozenset({"access_look", "cases_record", "delivery_receipt", "delivery_rerouting"})
"""Tables in which the roles of web and worker may not change or delete, beside the triggers that refuse it."""

ONLY_READ = frozenset({"django_migrations", "register_registerchange"})
"""What only the owner writes; also the log that the database keeps by itself."""
