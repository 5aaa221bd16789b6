"""The derived side of a case, kept equal to what the ledger says: its obligations, state and centre."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from savnet.cases.models import Case, ObligationRow
from savnet.cases.reading import Entry, case_file, centre_of, last_instant
from savnet.rules import derive
from savnet.rules.obligation import Derivation, Obligation

DERIVED = ("centre_id", "state", "missing_since")
"""The columns of a case that follow from its ledger."""

COLUMNS = (
    "centre_id",
    "obligation",
    "actor",
    "recipient",
    "copy_of",
    "because",
    "standard",
    "latest",
    "state",
    "priority",
    "arisen_at",
    "sent_at",
    "received_at",
)


@dataclass(frozen=True, slots=True)
class Difference:
    """A derived value that is not what the ledger says."""

    case_id: UUID
    what: str

    def __str__(self) -> str:
        return f"case {self.case_id}: {self.what}"


def follow(case: Case, known: Iterable[Entry]) -> tuple[Derivation, tuple[Difference, ...]]:
    """Make the rows of a locked case follow from its ledger. Says what is owed, and what had to change."""
    derivation, wanted_case, wanted_rows = _wanted(case, tuple(known))
    kept = {row.position: row for row in ObligationRow.objects.filter(case=case)}
    found = (*_case_differences(case, wanted_case), *_row_differences(case, kept, wanted_rows))
    if found:
        _write_rows(case, kept, wanted_rows)
    for name, value in wanted_case.items():
        setattr(case, name, value)
    return derivation, found


def differences(case: Case, known: Iterable[Entry]) -> tuple[Difference, ...]:
    """What `follow` would change, without changing it."""
    _, wanted_case, wanted_rows = _wanted(case, tuple(known))
    kept = {row.position: row for row in ObligationRow.objects.filter(case=case)}
    return (*_case_differences(case, wanted_case), *_row_differences(case, kept, wanted_rows))


def _wanted(case: Case, known: tuple[Entry, ...]) -> tuple[Derivation, dict[str, Any], list[ObligationRow]]:
    derivation = derive(case_file(case.id, known), last_instant(known))
    centre_id = centre_of(known) or case.centre_id
    wanted_case = {
        "centre_id": centre_id,
        "state": derivation.state.value,
        "missing_since": derivation.missing_since,
    }
    rows = [_row(case.id, centre_id, position, one) for position, one in enumerate(derivation.obligations)]
    return derivation, wanted_case, rows


def _row(case_id: UUID, centre_id: UUID, position: int, owed: Obligation) -> ObligationRow:
    return ObligationRow(
        case_id=case_id,
        position=position,
        centre_id=centre_id,
        obligation=owed.id,
        actor=owed.actor.value,
        recipient=owed.recipient.value if owed.recipient else "",
        copy_of=owed.copy_of or "",
        because=owed.because,
        standard=owed.standard.value,
        latest=owed.latest,
        state=owed.state.value,
        priority=owed.priority.value,
        arisen_at=owed.arisen_at,
        sent_at=owed.sent_at,
        received_at=owed.received_at,
    )


def _case_differences(case: Case, wanted: dict[str, Any]) -> tuple[Difference, ...]:
    return tuple(
        Difference(case.id, f"{name} was {getattr(case, name)}, the ledger gives {value}")
        for name, value in wanted.items()
        if getattr(case, name) != value
    )


def _row_differences(case: Case, kept: dict[int, ObligationRow], wanted: list[ObligationRow]) -> tuple[Difference, ...]:
    found = [line for row in wanted for line in _changes(kept.get(row.position), row)]
    found += [f"{_name(kept[position])} is not owed" for position in sorted(kept) if position >= len(wanted)]
    return tuple(Difference(case.id, line) for line in found)


def _changes(kept: ObligationRow | None, wanted: ObligationRow) -> list[str]:
    if kept is None:
        return [f"{_name(wanted)} was missing"]
    return [
        f"{_name(wanted)}: {column} was {getattr(kept, column)}, the ledger gives {getattr(wanted, column)}"
        for column in COLUMNS
        if getattr(kept, column) != getattr(wanted, column)
    ]


def _name(row: ObligationRow) -> str:
    return f"obligation {row.position} ({row.obligation} {row.recipient})".replace(" )", ")")


def _write_rows(case: Case, kept: dict[int, ObligationRow], wanted: list[ObligationRow]) -> None:
    """Only rows that changed are touched: most events change one or two of some thirty."""
    changed = [row for row in wanted if _changes(kept.get(row.position), row)]
    ObligationRow.objects.bulk_create(
        changed, update_conflicts=True, unique_fields=["case", "position"], update_fields=list(COLUMNS)
    )
    if any(position >= len(wanted) for position in kept):
        ObligationRow.objects.filter(case=case, position__gte=len(wanted)).delete()
