"""What comes in underway: where the child may be, what somebody worries about, what was recorded wrongly."""

from datetime import datetime
from typing import Any
from uuid import UUID

from savnet.access.models import Person
from savnet.cases import ledger
from savnet.casework.absence import refuse_ahead
from savnet.casework.case_at_hand import at_hand
from savnet.casework.errors import CaseworkError, NotNow
from savnet.register.municipalities import in_force
from savnet.rules import Derivation, read_instant
from savnet.rules.events import ConcernRaised, Corrected, DisappearanceBelieved, InformationReceived
from savnet.rules.time import norwegian_day
from savnet.rules.words import About, CaseState, ConcernKind, ConcernLevel, InformationKind


def receive_information(
    case_id: UUID,
    *,
    kind: InformationKind,
    text: str,
    source: str,
    by: Person,
    now: datetime,
    at: datetime | None = None,
    municipality: str | None = None,
    about: About = About.WHEREABOUTS,
    relevant_to_asylum_case: bool = False,
) -> Derivation:
    """Record information about where the child is, or about something else. A known address names its municipality."""
    happened = at or now
    refuse_ahead(happened, now, field="at")
    at_hand(case_id, now).require(
        CaseState.ABSENT,
        CaseState.MISSING,
        CaseState.FOUND,
        CaseState.CLOSED,
        text="Saken er ikke åpnet for noe fravær.",
    )
    if kind is InformationKind.KNOWN_ADDRESS and not municipality:
        raise CaseworkError(
            "Hvilken kommune ligger adressen i? Barneverntjenesten der skal ha meldingen.", field="municipality"
        )
    if municipality:
        in_force(municipality, norwegian_day(happened))
    received = InformationReceived(
        at=happened,
        by=by.name,
        about=about,
        kind=kind,
        municipality=municipality or None,
        text=text or None,
        source=source or None,
        relevant_to_asylum_case=relevant_to_asylum_case,
    )
    return ledger.record(case_id, received, by=by, now=now)


def raise_concern(
    case_id: UUID, *, kind: ConcernKind, level: ConcernLevel, text: str, by: Person, now: datetime
) -> Derivation:
    """Record a concern: of what kind, how well founded, and what it rests on."""
    if not text.strip():
        raise CaseworkError("Skriv hva bekymringen bygger på.", field="text")
    raised = ConcernRaised(at=now, by=by.name, kind=kind, level=level, text=text)
    return ledger.record(case_id, raised, by=by, now=now)


def correct(case_id: UUID, number: int, fields: dict[str, Any], *, why: str, by: Person, now: datetime) -> Derivation:
    """Record that an event was recorded wrongly; the wrong record stays, and the right one counts.

    The start of the 24 hours can be moved earlier by one person; later only by two, which is not built yet.
    """
    event = at_hand(case_id, now).event(number)
    if event is None:
        raise CaseworkError("Hendelsen finnes ikke i saken.")
    if not why.strip():
        raise CaseworkError("Skriv hvorfor det rettes.", field="why")
    later = "at" in fields and read_instant(fields["at"]) > event.at
    if isinstance(event, DisappearanceBelieved) and (later or fields.get("withdrawn")):
        raise NotNow("Fristen kan ikke flyttes senere av én person alene. Be lederen om å rette sammen med deg.")
    return ledger.record(case_id, Corrected(at=now, event=number, fields=fields, by=by.name, note=why), by=by, now=now)
