"""Of which class each piece of knowledge is: every field of every event, letter and row of the register.

The whole of it is the tables below. A field that stands in none is an error, and a guard test finds it: what nobody has
classed can be shown to nobody. Free text is classed by the most delicate thing that people write there.
"""

from collections.abc import Mapping

from savnet.access.rights import EVERYTHING, Classes, FieldClass
from savnet.rules.words import CONCERN_ITEM

R, ID, W, S, TP, H = (
    FieldClass.ROUTING,
    FieldClass.IDENTITY,
    FieldClass.WHEREABOUTS,
    FieldClass.SUSPICION,
    FieldClass.THIRD_PARTY,
    FieldClass.HEALTH,
)

EVERY_EVENT: Mapping[str, FieldClass] = {"at": R, "number": R, "recorded_at": R, "by": R}

_ACT: Mapping[str, FieldClass] = {
    "obligation": R,
    "recipient": R,
    "municipality": W,
    "channel": R,
    "reference": R,
    "copy_of": R,
    "knew": S,
    "more_information_needed": R,
    "because": R,
    "letter": R,
    "message": R,
    "note": W,
}
_TRANSFER: Mapping[str, FieldClass] = {"to_centre": W, "expected": W, "municipality": W, "note": W}
_TRANSPORT: Mapping[str, FieldClass] = {"outside_office_hours": R, "note": W}

EVENTS: Mapping[str, Mapping[str, FieldClass]] = {
    "absence_noticed": {"how": R, "last_observed": W, "note": W},
    "inquiry_made": {"what": W, "finding": W, "note": W},
    "absence_explained": {"why": W, "note": W},
    "disappearance_believed": {"why": S, "note": S},
    "fact_recorded": {"item": R, "answer": S, "text": S, "details": S, "note": S},  # more closely in FACTS
    "done": _ACT,
    "attempted": {**_ACT, "outcome": R},
    "received": {
        "obligation": R,
        "recipient": R,
        "municipality": W,
        "copy_of": R,
        "reference": R,
        "because": R,
        "note": W,
    },
    "letter_composed": {
        "obligation": R,
        "letter": R,
        "data": R,
        "message": R,
        "recipient": R,
        "municipality": W,
        "copy_of": R,
        "because": R,
        "note": W,
    },
    "information_received": {
        "about": R,
        "kind": W,
        "municipality": W,
        "source": S,
        "text": W,
        "relevant_to_asylum_case": R,
        "note": W,
    },
    "measure_ended": {"kind": W, "note": W},
    "returned": {"how": R, "municipality": W, "note": W},
    "duf_updated": {"note": W},
    "transport_requested": _TRANSPORT,
    "transport_done": _TRANSPORT,
    "talk_held": {
        "why_left": ID,
        "where_stayed": W,
        "what_done": ID,
        "feels_safe": ID,
        "asylum_relevant": R,
        "note": H,
    },
    "concern_raised": {"kind": S, "level": S, "text": S, "note": S},
    "consent_given": {"who": R, "note": ID},
    "consent_refused": {"who": R, "note": ID},
    "age_examined": {"most_likely_over_18": ID, "note": H},
    "age_decided": {"over_18": ID, "note": ID},
    "appointment_made": {"kind": ID, "for_": ID, "note": ID},
    "appointment_cancelled": {"kind": ID, "for_": ID, "note": ID},
    "transfer_started": _TRANSFER,
    "transfer_arrived": _TRANSFER,
    "police_case_opened": {"reference": R, "note": W},
    "alert_confirmed": {"scope": R, "reference": R, "note": W},
    "proposal_answered": {"what": R, "confirmed": R, "proposed_by": R, "why": W, "note": W},
    "case_closed": {"outcome": R, "source": W, "proposed_by": R, "note": W},
    "corrected": {"event": R, "fields": S, "note": S},  # may correct anything
    "circumstances_noted": {"centre": R, "resident": ID, "note": ID},
    "owner_named": {"owner": R, "person": R, "why": ID, "note": ID},
    "case_reviewed": {
        "police_inquiries": R,
        "alert_valid": R,
        "new_information": R,
        "tracing_abroad": R,
        "other_registers": R,
        "text": W,
        "next_review": R,
        "note": W,
    },
    "question_put": {"question": R, "municipality": W, "who": R, "actor": R, "note": W},
    "question_answered": {
        "question": R,
        "answer": R,
        "municipality": W,
        "reference": R,
        "why": W,
        "actor": R,
        "note": W,
    },
    "not_theirs": {
        "obligation": R,
        "recipient": R,
        "municipality": W,
        "because": R,
        "message": R,
        "why": W,
        "note": W,
    },
    "right_receiver_named": {"instead_of": R, "obligation": R, "because": R, "municipality": W, "why": W, "note": W},
    "sent_in_error": {
        "message": R,
        "recipient": R,
        "municipality": W,
        "receiver": W,
        "address": W,
        "right_one_has_it": R,
        "what": S,
        "why": R,
        "note": W,
    },
    "recall_sent": {"error": R, "channel": R, "letter": R, "note": W},
    "delay_explained": {"obligation": R, "recipient": R, "because": R, "why": R, "note": W},
    "recall_answered": {"error": R, "deleted": R, "seen_by_others": R, "text": W, "note": W},
    "breach_drafted": {"error": R, "letter": R, "note": W},
    "breach_assessed": {"error": R, "reported": R, "reference": R, "why": W, "note": W},
}
"""Type of event, field, class; what every event has stands in EVERY_EVENT."""

FACTS: Mapping[str, FieldClass] = {
    "a-3": W,  # when and where the child was last seen
    "a-4": S,  # what the child said, what staff saw
    "a-5": ID,  # belongings
    "a-6": TP,  # network
    "a-7": TP,  # other residents who may know
    "a-8": ID,  # age examination
    "a-9": S,  # incidents and concerns
    "a-10": S,  # what representative and lawyer knew
    "a-11": H,  # child welfare and BUP
    CONCERN_ITEM: S,  # what the centre worries about, and where the child may be
}
"""What the answer to each item is, in `fact_recorded`: its answer, words and details alike."""

LETTERS: Mapping[str, Classes] = {
    "PoliceReport": EVERYTHING,
    "ConcernReport": EVERYTHING - {TP},
    "CopyCover": EVERYTHING - {TP},  # other residents are left out
    "SuspicionNotice": frozenset({R, ID, S}),
    "Notice": frozenset({R, ID, W, S}),  # also who told of it, where the receiver is to know
    "OfficeMessage": frozenset({R, ID, W}),
    "Cancellation": frozenset({R, ID}),
    "CallSheet": frozenset({R, ID}),
    "Packet": EVERYTHING,
}
"""What each kind of letter can hold."""

WRITTEN_AS: Mapping[str, str] = {
    "a-1": "PoliceReport",
    "b-4": "ConcernReport",
    "b-8": "ConcernReport",
    "b-9": "ConcernReport",
    "3-8": "ConcernReport",
    "4-18": "ConcernReport",  # or a notice of suspicion, which holds less
    "d-5": "CopyCover",
    "2.2-7": "Notice",
    "d-1": "Cancellation",
    "d-2": "Cancellation",
    "c-1": "CallSheet",
    "3-4": "OfficeMessage",
    "3-6": "OfficeMessage",
    "3-11": "OfficeMessage",
    "3-13": "OfficeMessage",
    "3-14": "OfficeMessage",
    "4-3": "OfficeMessage",
    "4-6": "OfficeMessage",
    "4-19": "OfficeMessage",
    "4-20": "OfficeMessage",
}
"""The kind of letter that meets each obligation; of one that is not here the strictest is taken."""

_CHILD: Mapping[str, FieldClass] = {
    "centre": R,
    "given_name": ID,
    "family_name": ID,
    "original_name": ID,
    "identity_uncertain": ID,
    "duf_number": ID,
    "born": ID,
    "born_uncertain": ID,
    "sex": ID,
    "citizenship": ID,
    "languages": ID,
    "interpreter": ID,
    "room": ID,
    "arrived": ID,
    "left": ID,
    "description": ID,
    "clothing": ID,
    "bank_card": ID,
    "travel_documents": ID,
    "unaccompanied": ID,
    "registered_in_duf": ID,
    "accompanied_by": TP,
    "permit": ID,
    "paragraph_8_8a": ID,
    "asylum_case_at": R,
}
REGISTER: Mapping[str, Mapping[str, FieldClass]] = {
    "Resident": _CHILD,
    "Alias": {"name": ID},
    "Appointment": {"kind": ID, "at": ID, "cancelled": ID},
    "Photo": {"image": ID, "taken": ID, "consent_by": ID, "consent_on": ID},
    "Contact": {
        "kind": R,
        "name": ID,
        "firm": ID,
        "phone": ID,
        "email": ID,
        "address": ID,
        "valid_from": ID,
        "valid_to": ID,
    },
    "Telephone": {"number": ID, "imei": ID, "note": ID},
    "SocialAccount": {"service": ID, "handle": ID},
    "NetworkPerson": {"kind": TP, "name": TP, "relation": TP, "phone": TP, "place": TP},
    "Leave": {
        "kind": ID,
        "from_at": ID,
        "return_at": ID,
        "place": W,
        "with_whom": TP,
        "phone": TP,
        "agreed_by": R,
        "agreed_at": R,
        "replaces": R,
        "ended_at": ID,
        "ended_by": R,
        "looked_at": R,
    },
    "InformationRequest": {
        "asked_by": R,
        "office": R,
        "person": R,
        "reference": R,
        "written": R,
        "dated": R,
        "purpose": S,
        "noted_at": R,
        "noted_by": R,
        "decision": R,
        "why": S,
        "legal_basis": R,
        "decided_at": R,
        "decided_by": R,
        "given": W,  # the new residence is among it
        "letter_sha256": R,
        "handed_over_at": R,
        "handed_over_how": R,
    },
    "ReadinessAnswer": {"item": R, "why": ID, "at": R, "by": R},
    "RollMark": {"roll_call": R, "marked_as": ID, "at": ID, "by": R},
    "PresenceQuestion": {
        "because": ID,
        "says": ID,
        "expected_at": ID,
        "asked_at": R,
        "answered_at": R,
        "answered_by": R,
        "was_here": ID,
    },
    "Transfer": {
        "from_centre": R,
        "to_centre": R,
        "state": R,
        "how": ID,
        "escort": ID,  # who brings the child is for both centres to know, as how and when are
        "escort_phone": ID,
        "departs_at": ID,
        "expected_at": ID,
        "planned_at": R,
        "planned_by": R,
        "left_at": ID,
        "left_by": R,
        "arrived_at": ID,
        "arrived_by": R,
        "cancelled_at": R,
        "cancelled_by": R,
        "cancelled_why": ID,
        "looked_at": R,
    },
}
"""Table of the register, field, class; keys to the child itself are left out."""

OBLIGATION: Mapping[str, FieldClass] = {"municipality": W, "remark": W}
"""What of an obligation is more than routing: where a known address lies shows in whose duty it became."""

NAMES_A_PLACE: frozenset[str] = frozenset({"b-8", "3-7", "3-8", "3-10", "3-12", "3-14", "recall"})
"""Obligations whose receiver, by name, tells where the child is; a recall's is whoever got a letter in error."""


class NotClassed(LookupError):
    """A field that nobody has classed. Add it to the tables of savnet.access.classes."""


def class_of(event_type: str, field: str, *, item: str | None = None) -> FieldClass:
    """The class of an event's field; `item` is that of an answer. Raises NotClassed."""
    if field in EVERY_EVENT:
        return EVERY_EVENT[field]
    if event_type == "fact_recorded" and field in {"answer", "text", "details"}:
        return FACTS.get(item or "", S)
    try:
        return EVENTS[event_type][field]
    except KeyError:
        raise NotClassed(f"{event_type}.{field}") from None


def letter_classes(obligation: str) -> Classes:
    """What the letter that meets the obligation can hold."""
    kind = WRITTEN_AS.get(obligation)
    return LETTERS[kind] if kind else EVERYTHING
