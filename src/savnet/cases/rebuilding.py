"""Derive every row anew from the ledger, and say each thing that was not as the ledger has it."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from savnet.cases.errors import DamagedLedger
from savnet.cases.models import Case
from savnet.cases.reading import entries
from savnet.cases.recording import locked
from savnet.cases.rows import DERIVED, Difference, differences, follow
from savnet.sealing import UnknownKey

BATCH = 200


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """One case that was gone through, and what was found there."""

    case_id: UUID
    differences: tuple[Difference, ...]


def rebuild(*, check: bool) -> Iterator[Rebuilt]:
    """Go through all cases; with `check` nothing is changed. Each case is its own transaction: a stop loses nothing."""
    last: UUID | None = None
    while batch := _next(last):
        for case_id in batch:
            yield _rebuilt(case_id, check=check)
        last = batch[-1]


def _next(after: UUID | None) -> list[UUID]:
    cases = Case.objects.order_by("id")
    if after is not None:
        cases = cases.filter(id__gt=after)
    return list(cases.values_list("id", flat=True)[:BATCH])


def _rebuilt(case_id: UUID, *, check: bool) -> Rebuilt:
    try:
        with transaction.atomic():
            case = locked(case_id)
            known = entries(case_id)
            if check:
                return Rebuilt(case_id, differences(case, known))
            _, found = follow(case, known)
            case.save(update_fields=DERIVED)
            return Rebuilt(case_id, found)
    except (DamagedLedger, UnknownKey, ValueError) as problem:  # ValueError: what the rules cannot follow
        return Rebuilt(case_id, (Difference(case_id, f"cannot be rebuilt: {problem}"),))
