"""What an import would do, row by row, and doing it: all of it or none."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext

from savnet.register.imports.cells import CellError
from savnet.register.imports.intake import Intake
from savnet.register.imports.rows import Problem, ReadRow, read_row
from savnet.register.imports.sheet import Sheet


class Effect(StrEnum):
    """What would become of a row."""

    CREATED = "created"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field: what stands there now and what would stand there."""

    label: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class Change:
    """What one row would do."""

    line: int
    label: str
    effect: Effect
    fields: tuple[FieldChange, ...] = ()


class HasErrors(Exception):
    """The plan has rows with errors; nothing is imported until all of them are mended."""


class ChangedSince(Exception):
    """The register is no longer as it was when the plan was made. Make the plan again and look it over."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What would happen. Nothing has. `fingerprint` is the same for the same plan made again."""

    intake: Intake[Any]
    rows: tuple[ReadRow, ...]
    changes: tuple[Change, ...]
    errors: tuple[Problem, ...] = ()
    warnings: tuple[Problem, ...] = ()
    ignored: tuple[str, ...] = ()

    @property
    def fingerprint(self) -> str:
        """What a screen can carry from the showing to the doing."""
        return hashlib.sha256(repr(self.changes).encode()).hexdigest()

    def count(self, effect: Effect) -> int:
        """How many rows would have that effect."""
        return sum(change.effect is effect for change in self.changes)


def make_plan(sheet: Sheet, intake: Intake[Any]) -> Plan:
    """Compare the sheet with the register."""
    intake.load()
    errors: list[Problem] = []
    warnings: list[Problem] = []
    rows = tuple(read for row in sheet.rows if (read := read_row(row, intake, errors=errors, warnings=warnings)))
    _refuse_repeats(rows, intake, errors)
    for row in rows:
        errors.extend(_faults(row, intake))
    changes = () if errors else tuple(_compare(row, intake) for row in rows)
    return Plan(intake, rows, changes, tuple(sorted(errors, key=lambda e: e.line)), tuple(warnings), sheet.ignored)


def apply(plan: Plan) -> None:
    """Do what the plan says, all or nothing. Raises HasErrors, or ChangedSince if it would now do something else."""
    if plan.errors:
        raise HasErrors(
            gettext("%(number)s feil. Ingenting er importert; rett dem og prøv igjen.") % {"number": len(plan.errors)}
        )
    try:
        with transaction.atomic():
            plan.intake.lock()
            plan.intake.load()
            if tuple(_compare(row, plan.intake) for row in plan.rows) != plan.changes:
                raise ChangedSince(
                    gettext("Registeret er endret siden planen ble laget. Lag planen på nytt og se over den.")
                )
            for row, change in zip(plan.rows, plan.changes, strict=True):
                if change.effect is not Effect.UNCHANGED:
                    plan.intake.save(plan.intake.built(plan.intake.find(row.values), row.values), row.values)
    except (IntegrityError, CellError) as error:
        raise ChangedSince(gettext("Noen endret registeret samtidig. Lag planen på nytt og se over den.")) from error


def _refuse_repeats(rows: Iterable[ReadRow], intake: Intake[Any], errors: list[Problem]) -> None:
    first: dict[str, int] = {}
    for row in rows:
        earlier = first.setdefault(_about(row, intake), row.line)
        if earlier != row.line:
            errors.append(
                Problem(row.line, "", gettext("Står også i rad %(earlier)s. Fjern den ene.") % {"earlier": earlier})
            )


def _about(row: ReadRow, intake: Intake[Any]) -> str:
    """Who the row is about: the one in the register, whichever way it was recognised, else what the row says."""
    try:
        found = intake.find(row.values)
    except CellError:  # told of with the other faults of the row
        found = None
    return str(found.pk) if found else intake.key(row.values)


def _faults(row: ReadRow, intake: Intake[Any]) -> Iterator[Problem]:
    labels = {column.field: column.label for column in intake.columns}
    try:
        intake.check(intake.built(intake.find(row.values), row.values))
    except CellError as error:
        yield Problem(row.line, "", str(error))
    except ValidationError as error:
        for name, faults in error.error_dict.items():
            column = labels.get(name) or labels.get(f"{name}_id", "")
            yield from (Problem(row.line, column, _said(fault)) for fault in faults)


def _said(fault: ValidationError) -> str:
    return gettext("Må fylles ut.") if fault.code in {"null", "blank"} else " ".join(fault.messages)


def _compare(row: ReadRow, intake: Intake[Any]) -> Change:
    found = intake.find(row.values)
    fields = tuple(_field_changes(row, intake, found))
    effect = Effect.CHANGED if fields else Effect.UNCHANGED
    return Change(row.line, intake.label(row.values), effect if found else Effect.CREATED, fields)


def _field_changes(row: ReadRow, intake: Intake[Any], found: Any) -> Iterator[FieldChange]:
    for column in intake.columns:
        if column.field in row.values:
            before = intake.value(found, column.field)
            after = intake.merged(found, column.field, row.values[column.field])
            if before != after:
                yield FieldChange(column.label, before, after)
