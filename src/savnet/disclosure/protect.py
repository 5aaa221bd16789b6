"""Which cells of a table are hidden: the small ones, and the others without which the small ones could be computed."""

import heapq
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import count

from savnet.disclosure.network import Node, bounds, ends
from savnet.disclosure.table import Cell, Table

SMALLEST_SHOWN = 5
"""A count from 1 up to, not including, this is hidden (privacy note 10: cells below five). Zero tells of nobody."""


@dataclass(frozen=True)
class Protected:
    """A table that may be published: `shown` holds the counts, `hidden` the cells that must stay empty."""

    table: Table
    shown: Mapping[Cell, int]
    hidden: frozenset[Cell]

    @property
    def withheld(self) -> bool:
        """Whether nothing is left to show: the table is too small to be published."""
        return not self.shown


def small(count_: int) -> bool:
    """Whether a count is so small that it may tell who is behind it."""
    return 0 < count_ < SMALLEST_SHOWN


def protect(table: Table) -> Protected:
    """Hide every small cell, and as little more as keeps all of them from being computed.

    A small cell is safe when, for all that anybody can compute, it may be nothing and may be five. Where no choice
    of others makes it so, the whole table is withheld.
    """
    values = table.values
    secret = sorted((cell for cell in values if small(values[cell])), key=_name)
    hidden = set(secret)
    for cell in secret:
        if not _safe(cell, values, hidden):
            hidden |= set(_cycle(cell, values, hidden))
    if not all(_safe(cell, values, hidden) for cell in secret):
        return Protected(table, {}, frozenset(values))
    return Protected(table, {cell: values[cell] for cell in values if cell not in hidden}, frozenset(hidden))


def _safe(cell: Cell, values: Mapping[Cell, int], hidden: set[Cell]) -> bool:
    least, most = bounds(cell, values, hidden)
    return least == 0 and most >= SMALLEST_SHOWN


def _cycle(cell: Cell, values: Mapping[Cell, int], hidden: set[Cell]) -> list[Cell]:
    """The cheapest ring of cells through this one that all are large enough to give and take; empty if there is none.

    Along such a ring the counts can be moved by five either way without a sum changing. What is hidden already costs
    nothing more; a total is dearer than a cell inside, since more readers look for it.
    """
    start, end = ends(cell)
    order = count()
    waiting: list[tuple[int, int, Node, list[Cell]]] = [(0, next(order), end, [])]
    reached: set[Node] = set()
    while waiting:
        cost, _, node, ring = heapq.heappop(waiting)
        if node == start:
            return ring
        if node in reached:
            continue
        reached.add(node)
        for other, onward in _steps(node, cell, values):
            price = 0 if other in hidden else values[other] * (3 if other.is_total else 1)
            heapq.heappush(waiting, (cost + price, next(order), onward, [*ring, other]))
    return []


def _steps(node: Node, but: Cell, values: Mapping[Cell, int]) -> Iterator[tuple[Cell, Node]]:
    """Where one can go on from a node, by cells that are large enough."""
    for cell, value in values.items():
        if cell != but and value >= SMALLEST_SHOWN and node in (pair := ends(cell)):
            yield cell, pair[1] if pair[0] == node else pair[0]


def _name(cell: Cell) -> tuple[str, str]:
    return cell.row or "", cell.column or ""
