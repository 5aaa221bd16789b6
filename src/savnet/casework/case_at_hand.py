"""One case with all that a use case needs of it: the resident, what the rules say now, and who did what."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice
from uuid import UUID

from django.utils.translation import gettext

from savnet.access.models import Person
from savnet.cases import ledger
from savnet.cases.models import Case
from savnet.cases.reading import case_file
from savnet.casework.errors import NotNow
from savnet.register.circumstances import circumstances
from savnet.register.models import Resident
from savnet.rules import Derivation, Obligation, derive
from savnet.rules.events import CircumstancesNoted, Event, LetterComposed
from savnet.rules.record import truth
from savnet.rules.words import CaseState

AT_A_TIME = 200
"""So many cases are opened at once, at the most: what is opened lies in memory."""
Key = tuple[str, str | None, str | None, str | None, int]
"""What tells an obligation from every other in its case: see `Obligation.key`."""


@dataclass(frozen=True, slots=True)
class CaseAtHand:
    """A case as it stands at `now`. `happened` is what truly happened, in its order, with the corrections made."""

    case: Case
    resident: Resident
    entries: tuple[ledger.Entry, ...]
    derivation: Derivation
    happened: tuple[Event, ...]
    now: datetime

    @property
    def id(self) -> UUID:
        """The case's id."""
        return self.case.id

    @property
    def events(self) -> tuple[Event, ...]:
        """What was recorded, in the order it was recorded, corrections among it. Letters go by `happened`."""
        return tuple(entry.event for entry in self.entries)

    @property
    def missing_since(self) -> datetime:
        """When there was reason to believe that the child had disappeared. Raises NotNow where nobody has said so."""
        if self.derivation.missing_since is None:
            raise NotNow(
                gettext("Barnet er ikke meldt savnet. Meld først at det er grunn til å tro at barnet har forsvunnet.")
            )
        return self.derivation.missing_since

    def require(self, *states: CaseState, text: str) -> None:
        """Raise NotNow with `text` unless the case is in one of these states."""
        if self.derivation.state not in states:
            raise NotNow(text)

    def event(self, number: int) -> Event | None:
        """The event with this number as it now counts; None where there is none, or it has been struck out."""
        return next((one for one in self.happened if one.number == number), None)

    def obligation(self, key: Key) -> Obligation | None:
        """The obligation with this key; None where the rules know of none."""
        return next((one for one in self.derivation.obligations if one.key == key), None)

    def current(self, id_: str) -> Obligation | None:
        """The newest obligation with this id in the disappearance that the case is about now."""
        since = self.missing_since
        mine = [one for one in self.derivation.obligations if one.id == id_ and one.arisen_at >= since]
        return mine[-1] if mine else None


def at_hand(case_id: UUID, now: datetime) -> CaseAtHand:
    """The case as it stands. Raises ledger.NoSuchCase or ledger.DamagedLedger."""
    return next(each_at_hand([case_id], now))


def each_at_hand(case_ids: Iterable[UUID], now: datetime) -> Iterator[CaseAtHand]:
    """The same of many cases, in this order, some at a time: so few questions to the database, however many cases."""
    wanted = iter(case_ids)
    while some := tuple(islice(wanted, AT_A_TIME)):
        cases = Case.objects.select_related("resident__centre__municipality", "centre").in_bulk(some)
        known = ledger.entries_of(some)
        yield from (_at_hand(cases[one], cases[one].resident, known[one], now) for one in some)


def _at_hand(case: Case, resident: Resident, known: tuple[ledger.Entry, ...], now: datetime) -> CaseAtHand:
    file, asked = case_file(case.id, known), _asked(known, now)
    happened = truth((entry.event for entry in known), at=asked)
    return CaseAtHand(case, resident, known, derive(file, asked), tuple(happened), now)


def _asked(known: tuple[ledger.Entry, ...], now: datetime) -> datetime:
    """Now, or a moment later where the clock of the host that recorded last was ahead of ours."""
    return max(now, *(entry.event.at for entry in known))


def as_composed(case: CaseAtHand, message_id: UUID, then: datetime) -> CaseAtHand:
    """The case as it stood when a letter was composed: for writing again what was written then."""
    places = (place for place, event in enumerate(case.events) if _composed(event, message_id))
    known = case.entries[: next(places, len(case.entries))]
    return replace(_at_hand(case.case, case.resident, known, then), now=then)


def _composed(event: Event, message_id: UUID) -> bool:
    return isinstance(event, LetterComposed) and event.message == str(message_id)


def open_case(resident: Resident, *, by: Person, now: datetime) -> Case:
    """The resident's case, opened now if there is none; the register's facts in it are brought up to date."""
    centre, facts = circumstances(resident)
    case = ledger.open_case(
        resident_id=resident.id, centre_id=resident.centre_id, centre=centre, resident=facts, by=by, now=now
    )
    up_to_date(case.id, by=by, now=now)
    return case


def refresh(case_id: UUID, resident: Resident, *, by: Person, now: datetime) -> None:
    """Record the register's facts of the child where they have changed since they were last recorded."""
    with ledger.hold(case_id):
        _refresh(at_hand(case_id, now), resident, by=by)


def up_to_date(case_id: UUID, *, by: Person, now: datetime) -> CaseAtHand:
    """The case at hand, after recording the register's facts where they have changed since they were last recorded.

    An appointment made, or a lawyer appointed, while the child is missing makes duties arise: whoever acts next must
    see them.
    """
    with ledger.hold(case_id):
        case = at_hand(case_id, now)
        return at_hand(case_id, now) if _refresh(case, case.resident, by=by) else case


def _refresh(case: CaseAtHand, resident: Resident, *, by: Person) -> bool:
    """Record the facts where they have changed; returns whether they had."""
    centre, facts = circumstances(resident)
    noted = [entry for entry in case.entries if isinstance(entry.event, CircumstancesNoted)]
    last, has_the_child = noted[-1].event, next((one.centre_id for one in reversed(noted) if one.centre_id), None)
    same = isinstance(last, CircumstancesNoted) and (last.centre, last.resident) == (centre, facts)
    if same and has_the_child == resident.centre_id:
        return False
    ledger.note_circumstances(case.id, centre=centre, resident=facts, by=by, now=case.now, centre_id=resident.centre_id)
    return True
