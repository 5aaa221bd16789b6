"""`derive`: from what has happened to what is owed. Nothing else decides it."""

from datetime import datetime

from savnet.rules.case_file import CaseFile
from savnet.rules.course import Course
from savnet.rules.obligation import Derivation, Gap, Obligation
from savnet.rules.record import truth
from savnet.rules.rs_2015_009.versions import version_on
from savnet.rules.situation import Situation
from savnet.rules.time import norwegian_day, utc
from savnet.rules.words import CaseState, InformationKind, ObligationState


def derive(case: CaseFile, at: datetime, *, known_at: datetime | None = None) -> Derivation:
    """What is owed in this case, by whom and to whom, as things stood at the instant `at`.

    Pure: the same case and instants give the same answer, whatever the order of recording. With `known_at`, only what
    had been recorded by then counts: what was known at that instant. Raises NoVersionInForce where something that the
    circular would cover happened before its first version, Unreadable for a correction that cannot be applied, and
    ValueError for an instant without offset. Source: RS 2015-009.
    """
    at = utc(at)
    happened = truth(case.events, at=at, known_at=utc(known_at) if known_at else None)
    course = Course(case, happened)
    for event in happened:
        course.take(event)
    obligations = tuple(one.as_of(at) for one in course.standings)
    now = course.situation
    missing = now.disappearance
    return Derivation(
        at=at,
        state=_state(now, obligations),
        version=version_on(norwegian_day(_governing(now, at))).dated,
        refused=tuple(now.refused),
        obligations=obligations,
        missing_since=missing.began.at if missing else None,
        returned_at=missing.returns[0].at if missing and missing.returns else None,
        told=tuple(missing.told.values()) if missing else (),
        facts=dict(now.facts),
        gaps=tuple(_gaps(now)),
        unmatched=tuple(course.unmatched),
    )


def _governing(now: Situation, at: datetime) -> datetime:
    """The instant whose version governs: the disappearance, else the absence, else the instant asked about."""
    if now.absence:
        return now.absence.at
    return now.disappearance.began.at if now.disappearance else at


def _state(now: Situation, obligations: tuple[Obligation, ...]) -> CaseState:
    if now.missing:
        return CaseState.MISSING
    if now.absence:
        return CaseState.ABSENT
    if now.disappearance is None:
        return CaseState.NONE
    still_owed = any(one.state is ObligationState.OPEN for one in obligations)
    return CaseState.FOUND if still_owed else CaseState.CLOSED


def _gaps(now: Situation) -> list[Gap]:
    """What the duties need and nobody has: shown, never filled in silently."""
    found = []
    if now.disappearance and not (now.resident.representative or now.resident.guardian):
        found.append(Gap(name="no_representative", why="Ingen representant eller verge er registrert."))
    if now.disappearance and not now.resident.lawyer:
        found.append(Gap(name="no_lawyer", why="Ingen advokat er registrert."))
    if now.disappearance and not now.resident.registered_in_duf:
        found.append(Gap(name="not_in_duf", why="Ikke registrert i DUF ennå. Regnes som omfattet (tolkning 10)."))
    if now.disappearance and now.resident.born is None:
        found.append(Gap(name="no_birth_date", why="Ingen fødselsdato er registrert. Barnets ord legges til grunn."))
    if now.centre.municipality is None:
        found.append(Gap(name="no_municipality", why="Mottakets kommune mangler. Lokal barnevernstjeneste er ukjent."))
    if now.in_transit:
        found.append(Gap(name="in_transit", why="Under flytting: avsendermottaket har ansvaret (tolkning 5)."))
    if any(one.kind is InformationKind.KNOWN_ADDRESS and not one.municipality for one in now.addresses):
        found.append(Gap(name="address_without_municipality", why="Kjent adresse uten kommune. Finn kommunen."))
    return found
