"""One case with all that a use case needs of it: the resident, what the rules say now, and who did what."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from savnet.access.models import Person
from savnet.cases import ledger
from savnet.cases.models import Case
from savnet.cases.reading import case_file
from savnet.casework.errors import NotNow
from savnet.register.circumstances import circumstances
from savnet.register.models import Resident
from savnet.rules import Derivation, Obligation, derive
from savnet.rules.events import CircumstancesNoted, Event
from savnet.rules.words import CaseState


@dataclass(frozen=True, slots=True)
class CaseAtHand:
    """A case as it stands at `now`."""

    case: Case
    resident: Resident
    entries: tuple[ledger.Entry, ...]
    derivation: Derivation
    now: datetime

    @property
    def id(self) -> UUID:
        """The case's id."""
        return self.case.id

    @property
    def events(self) -> tuple[Event, ...]:
        """What has happened, in the order it was recorded, corrections among it."""
        return tuple(entry.event for entry in self.entries)

    @property
    def missing_since(self) -> datetime:
        """When there was reason to believe that the child had disappeared. Raises NotNow where nobody has said so."""
        if self.derivation.missing_since is None:
            raise NotNow("Barnet er ikke meldt savnet. Meld først at det er grunn til å tro at barnet har forsvunnet.")
        return self.derivation.missing_since

    def require(self, *states: CaseState, text: str) -> None:
        """Raise NotNow with `text` unless the case is in one of these states."""
        if self.derivation.state not in states:
            raise NotNow(text)

    def event(self, number: int) -> Event | None:
        """The event with this number, as recorded; None where there is none."""
        return next((one for one in self.events if one.number == number), None)

    def obligation(self, key: tuple[str, str | None, str | None, str | None, int]) -> Obligation | None:
        """The obligation with this key; None where the rules know of none."""
        return next((one for one in self.derivation.obligations if one.key == key), None)


def at_hand(case_id: UUID, now: datetime) -> CaseAtHand:
    """The case as it stands. Raises ledger.NoSuchCase or ledger.DamagedLedger."""
    known = ledger.entries(case_id)
    case = Case.objects.select_related("resident__centre__municipality", "centre").get(id=case_id)
    return CaseAtHand(case, case.resident, known, derive(case_file(case_id, known), _asked(known, now)), now)


def _asked(known: tuple[ledger.Entry, ...], now: datetime) -> datetime:
    """Now, or a moment later where the clock of the host that recorded last was ahead of ours."""
    return max(now, *(entry.event.at for entry in known))


def as_known(case: CaseAtHand, then: datetime) -> CaseAtHand:
    """The case as it was known at an earlier instant: for writing again what was written then."""
    known = tuple(entry for entry in case.entries if entry.recorded_at <= then)
    return replace(case, entries=known, derivation=derive(case_file(case.id, known), then), now=then)


def open_case(resident: Resident, *, by: Person, now: datetime) -> Case:
    """The resident's case, opened now if there is none; the register's facts in it are brought up to date."""
    centre, facts = circumstances(resident)
    case = ledger.open_case(
        resident_id=resident.id, centre_id=resident.centre_id, centre=centre, resident=facts, by=by, now=now
    )
    refresh(case.id, resident, by=by, now=now)
    return case


def refresh(case_id: UUID, resident: Resident, *, by: Person, now: datetime) -> None:
    """Record the register's facts of the child where they have changed since they were last recorded."""
    centre, facts = circumstances(resident)
    noted = [entry for entry in ledger.entries(case_id) if isinstance(entry.event, CircumstancesNoted)]
    last = noted[-1].event
    same_centre = next((one.centre_id for one in reversed(noted) if one.centre_id), None) == resident.centre_id
    if isinstance(last, CircumstancesNoted) and (last.centre, last.resident) == (centre, facts) and same_centre:
        return
    ledger.note_circumstances(case_id, centre=centre, resident=facts, by=by, now=now, centre_id=resident.centre_id)
