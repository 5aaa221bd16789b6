"""What comes in underway: where the child may be, and what somebody worries about."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext

from savnet.access.models import Person
from savnet.cases import ledger
from savnet.casework.case_at_hand import at_hand
from savnet.casework.errors import CaseworkError
from savnet.casework.holding_back import stop_what_no_longer_holds
from savnet.casework.instants import refuse_ahead
from savnet.casework.sending import send_anew
from savnet.register.municipalities import in_force
from savnet.rules import Derivation
from savnet.rules.events import ConcernRaised, InformationReceived
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
    """Record information about where the child is, or about something else. A known address names its municipality.

    A concern report that still waits to go to another municipality's service is stopped, and goes to this one instead.
    """
    happened = at or now
    refuse_ahead(happened, now, field="at")
    at_hand(case_id, now).require(
        CaseState.ABSENT,
        CaseState.MISSING,
        CaseState.FOUND,
        CaseState.CLOSED,
        text=gettext("Saken er ikke åpnet for noe fravær."),
    )
    if kind is InformationKind.KNOWN_ADDRESS and not municipality:
        raise CaseworkError(
            gettext("Hvilken kommune ligger adressen i? Barnevernstjenesten der skal ha meldingen."),
            field="municipality",
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
    with ledger.hold(case_id):
        derivation = ledger.record(case_id, received, by=by, now=now)
        stopped = stop_what_no_longer_holds(at_hand(case_id, now), by=by)
        if stopped:
            send_anew(case_id, stopped, by=by, now=now)
        return derivation


def raise_concern(
    case_id: UUID, *, kind: ConcernKind, level: ConcernLevel, text: str, by: Person, now: datetime
) -> Derivation:
    """Record a concern: of what kind, how well founded, and what it rests on."""
    if not text.strip():
        raise CaseworkError(gettext("Skriv hva bekymringen bygger på."), field="text")
    raised = ConcernRaised(at=now, by=by.name, kind=kind, level=level, text=text)
    return ledger.record(case_id, raised, by=by, now=now)
