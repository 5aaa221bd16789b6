"""What UDI's offices record beside their duties: the child reports anew, a measure has ended, the police have changed
DUF, how old the child is held to be; and that a named person there has what was sent.
"""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from savnet.access.models import Person
from savnet.cases import ledger
from savnet.casework.case_at_hand import Key, at_hand
from savnet.casework.errors import WrongTime
from savnet.casework.instants import refuse_ahead
from savnet.casework.message_events import new_to
from savnet.casework.receipts import record_receipt_of
from savnet.rules import Derivation
from savnet.rules.events import AgeDecided, AgeExamined, DufUpdated, Event, MeasureEnded
from savnet.rules.words import CaseState, Channel, MeasureKind

KNOWN = (CaseState.MISSING, CaseState.FOUND, CaseState.CLOSED)
NO_DISAPPEARANCE = _("Barnet er ikke registrert som savnet, så det er ikke noe å føre her.")


def measure_ended(case_id: UUID, kind: MeasureKind, *, by: Person, now: datetime, at: datetime) -> Derivation:
    """Care by child welfare, or imprisonment, has ended: the address in DUF changes (3-14)."""
    return _record(case_id, MeasureEnded(at=at, kind=kind, by=by.name), by=by, now=now, while_missing=True)


def police_updated_duf(case_id: UUID, *, by: Person, now: datetime, at: datetime) -> Derivation:
    """The police have made the changes in DUF themselves: 4-2 is done, by them."""
    return _record(case_id, DufUpdated(at=at, by="police"), by=by, now=now, while_missing=True)


def age_examined(case_id: UUID, *, over_18: bool, by: Person, now: datetime, at: datetime) -> Derivation:
    """What the age examination says. Over 18 ends no minority (1-4), but decides where the child is to live (4-9)."""
    return _record(case_id, AgeExamined(at=at, most_likely_over_18=over_18, by=by.name), by=by, now=now)


def age_decided(case_id: UUID, *, over_18: bool, by: Person, now: datetime, at: datetime) -> Derivation:
    """UDI has decided the age."""
    return _record(case_id, AgeDecided(at=at, over_18=over_18, by=by.name), by=by, now=now)


def _record(case_id: UUID, event: Event, *, by: Person, now: datetime, while_missing: bool = False) -> Derivation:
    """Record it once: the same told twice is told once."""
    refuse_ahead(event.at, now, field="at")
    with ledger.hold(case_id):
        case = at_hand(case_id, now)
        case.require(*KNOWN, text=str(NO_DISAPPEARANCE))
        if while_missing and event.at < case.missing_since.replace(second=0, microsecond=0):
            raise WrongTime(gettext("Tidspunktet er før barnet ble savnet. Rett tidspunktet her."), field="at")
        if not new_to(case.happened, event):
            return case.derivation
        return ledger.record(case_id, event, by=by, now=now)


def confirm(case_id: UUID, key: Key, *, reference: str, by: Person, now: datetime, at: datetime) -> Derivation:
    """The office has what was sent to it: a named person there says so, with the office's own reference.

    Raises NothingOwed where nothing has been sent.
    """
    return record_receipt_of(
        case_id, key, by_name=by.name, reference=reference, at=at, by=by, now=now, channel=Channel.SYSTEM
    )
