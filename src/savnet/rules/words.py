"""The fixed vocabulary of the rules: actors, recipients, channels, standards, states and answers.

The values are the public names of the contract (scenarios, ledger and API use them); they are never renamed.
"""

from enum import StrEnum


class Operator(StrEnum):
    """Who runs a reception centre; decides the legal basis of each disclosure (a-12, a-13, d-6, d-7)."""

    MUNICIPAL = "municipal"
    PRIVATE = "private"


class Actor(StrEnum):
    """Who owes an obligation."""

    CENTRE = "centre"
    REGION = "region"
    ASA = "asa"


class Recipient(StrEnum):
    """Whom a notice goes to, or the register in which something is entered."""

    POLICE_DISTRICT = "police_district"
    CHILD_WELFARE = "child_welfare"
    REPRESENTATIVE = "representative"
    GUARDIAN = "guardian"
    LAWYER = "lawyer"
    ANK = "ank"
    KOR = "kor"
    BFE = "bfe"
    REGION = "region"
    DECISION_UNIT = "decision_unit"
    UNE = "une"
    PU = "pu"
    ASA = "asa"
    SESAM = "sesam"
    DUF = "duf"
    PERSONAL_FILE = "personal_file"


class Channel(StrEnum):
    """How something was done or tried."""

    IN_PERSON = "in_person"
    AGREED_CHANNEL = "agreed_channel"
    PHONE = "phone"
    POST = "post"
    ENCRYPTED_EMAIL = "encrypted_email"
    EMAIL = "email"
    EFORMIDLING = "eformidling"
    FIKS = "fiks"
    SVARUT = "svarut"
    ALTINN = "altinn"
    SYSTEM = "system"


class Standard(StrEnum):
    """How fast the circular demands that something is done. Five standards, never merged."""

    AT_ONCE = "at_once"  # straks
    IMMEDIATELY = "immediately"  # umiddelbart
    AS_SOON_AS_POSSIBLE = "as_soon_as_possible"  # snarest
    WITHOUT_UNDUE_DELAY = "without_undue_delay"  # uten ugrunnet opphold
    NONE = "none"


class ObligationState(StrEnum):
    """Where an obligation stands. Overdue is no state: it is computed from `latest` and the instant asked about."""

    OPEN = "open"
    DISCHARGED = "discharged"
    SUPERSEDED = "superseded"
    WITHHELD = "withheld"


class Priority(StrEnum):
    """Whether a cancellation is marked as urgent (d-3)."""

    NORMAL = "normal"
    HIGH = "high"


class CaseState(StrEnum):
    """Where the child's case stands at the instant asked about."""

    NONE = "none"
    ABSENT = "absent"
    MISSING = "missing"
    FOUND = "found"
    CLOSED = "closed"


class Answer(StrEnum):
    """An answer to one of the nine items of the police report. Only `not_asked` is incomplete."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"
    NOT_OBTAINED = "not_obtained"
    NOT_ASKED = "not_asked"


class Outcome(StrEnum):
    """How an attempt ended that did not discharge the duty."""

    NOT_REACHED = "not_reached"
    REFUSED = "refused"
    FAILED = "failed"
    UNKNOWN = "unknown"


class NoticedHow(StrEnum):
    NOT_AT_DAILY_ACTIVITY = "not_at_daily_activity"
    NOT_BACK_AT_AGREED_TIME = "not_back_at_agreed_time"
    NOT_ARRIVED = "not_arrived"


class About(StrEnum):
    WHEREABOUTS = "whereabouts"
    OTHER = "other"


class InformationKind(StrEnum):
    SIGHTING = "sighting"
    KNOWN_ADDRESS = "known_address"
    CHILD_WELFARE_INSTITUTION = "child_welfare_institution"
    FOSTER_HOME = "foster_home"
    PRISON = "prison"
    ABROAD = "abroad"
    OTHER = "other"


class MeasureKind(StrEnum):
    CHILD_WELFARE = "child_welfare"
    PRISON = "prison"


class ReturnedHow(StrEnum):
    TO_CENTRE = "to_centre"
    REPORTED_ANEW = "reported_anew"
    FOUND_BY_OTHER = "found_by_other"


class Proposed(StrEnum):
    """What nobody does alone in a case."""

    CLOSING = "closing"
    FOUND = "found"
    LATER = "later"


class ConcernKind(StrEnum):
    TRAFFICKING = "trafficking"
    VIOLENCE = "violence"
    NEGLECT = "neglect"
    OTHER = "other"


class ConcernLevel(StrEnum):
    REASON_TO_BELIEVE = "reason_to_believe"
    JUSTIFIED_SUSPICION = "justified_suspicion"


class FeelsSafe(StrEnum):
    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class AppointmentKind(StrEnum):
    ARRIVAL_INTERVIEW = "arrival_interview"
    AGE_EXAMINATION = "age_examination"
    ASYLUM_INTERVIEW = "asylum_interview"


class AlertScope(StrEnum):
    NATIONAL = "national"
    SIS = "sis"
    INTERPOL = "interpol"


class Question(StrEnum):
    """What a receiver is asked after it has got the notice. None of these is the circular's."""

    CASE_OPENED = "case_opened"
    CASE_NUMBER = "case_number"
    ALERT_NATIONAL = "alert_national"
    ALERT_SIS = "alert_sis"
    ALERT_INTERPOL = "alert_interpol"
    REVIEWED = "reviewed"
    FEEDBACK = "feedback"


class QuestionAnswer(StrEnum):
    CONFIRMED = "confirmed"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


ITEMS = ("a-3", "a-4", "a-5", "a-6", "a-7", "a-8", "a-9", "a-10", "a-11")
"""The nine items that the police report answers, in the circular's order (2.3 a)."""

CONCERN_ITEM = "b-5"
"""What the concern report must say: what the centre worries about, and where the child may be (2.3 b)."""
