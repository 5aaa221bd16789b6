"""A table of counts with its totals, and the one way its cells hang together."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

TOTAL = None
"""The row or column that sums the others."""


class NotATable(ValueError):
    """The counts can't be a table: say what is wrong with which cell."""


@dataclass(frozen=True, slots=True, order=False)
class Cell:
    """One place in a table; `row` or `column` is None where it is the total."""

    row: str | None
    column: str | None

    @property
    def is_total(self) -> bool:
        """Whether it sums others."""
        return self.row is TOTAL or self.column is TOTAL


@dataclass(frozen=True)
class Table:
    """Counts of children by two properties. What is not in `counts` is zero; the totals follow.

    Raises NotATable for a negative count, a count outside the rows and columns, or a name used twice.
    """

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    counts: Mapping[tuple[str, str], int] = field(repr=False)

    def __post_init__(self) -> None:
        for names in (self.rows, self.columns):
            if not names or len(set(names)) != len(names):
                raise NotATable(f"The lines of a table have one name each, and there is at least one: {names}.")
        for (row, column), count in self.counts.items():
            if row not in self.rows or column not in self.columns:
                raise NotATable(f"There is no cell {row} / {column}; add the line or leave the count out.")
            if count < 0:
                raise NotATable(f"The count of {row} / {column} is {count}; a count is zero or more.")

    @cached_property
    def values(self) -> Mapping[Cell, int]:
        """Every cell with its count, the totals included."""
        inner = {Cell(row, column): self.counts.get((row, column), 0) for row in self.rows for column in self.columns}
        by_row = {Cell(row, TOTAL): sum(inner[Cell(row, column)] for column in self.columns) for row in self.rows}
        by_column = {Cell(TOTAL, column): sum(inner[Cell(row, column)] for row in self.rows) for column in self.columns}
        return inner | by_row | by_column | {Cell(TOTAL, TOTAL): sum(inner.values())}
