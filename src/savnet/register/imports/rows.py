"""From the text of a row to values, with what is wrong or doubtful about it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext

from savnet.register.imports.cells import CellError, looks_like_a_formula
from savnet.register.imports.intake import Intake
from savnet.register.imports.sheet import Row


@dataclass(frozen=True, slots=True)
class Problem:
    """Something about a row, for the person who imports. `column` is empty where the whole row is meant."""

    line: int
    column: str
    text: str

    def __str__(self) -> str:
        where = (
            gettext("Rad %(line)s, %(column)s: ") % {"line": self.line, "column": self.column}
            if self.column
            else gettext("Rad %(line)s: ") % {"line": self.line}
        )
        return where + self.text


@dataclass(frozen=True, slots=True)
class ReadRow:
    """A row whose cells have been read into values."""

    line: int
    values: Mapping[str, Any]


def read_row(row: Row, intake: Intake[Any], *, errors: list[Problem], warnings: list[Problem]) -> ReadRow | None:
    """The values of a row; None if something in it can't be read, and then `errors` says what."""
    if row.too_long:
        errors.append(Problem(row.line, "", gettext("Raden har flere celler enn det er overskrifter.")))
        return None
    values, faults = _values(row, intake)
    labels = {column.field: column.label for column in intake.columns}
    warnings.extend(_formulas(row, intake))
    warnings.extend(Problem(row.line, labels[name], doubt) for name, doubt in intake.doubts(values))
    if not faults:
        try:
            return ReadRow(row.line, intake.settled(values))
        except CellError as error:
            faults = [Problem(row.line, "", str(error))]
    errors.extend(faults)
    return None


def _values(row: Row, intake: Intake[Any]) -> tuple[dict[str, Any], list[Problem]]:
    values: dict[str, Any] = {}
    faults = []
    for column in intake.columns:
        if column.field in row.cells:
            try:
                values[column.field] = column.read(row.cells[column.field])
            except CellError as error:
                faults.append(Problem(row.line, column.label, str(error)))
    return values, faults


def _formulas(row: Row, intake: Intake[Any]) -> Iterator[Problem]:
    for column in intake.columns:
        if looks_like_a_formula(row.cells.get(column.field, "")):
            yield Problem(row.line, column.label, gettext("Cellen ligner en formel og er lest som vanlig tekst."))
