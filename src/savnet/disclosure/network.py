"""What anybody can compute of a hidden cell: the table seen as a network in which its counts flow.

The grand total flows to the rows, from each row to the columns, and from the columns back. What is shown stands
fast; what is hidden may be more or less as long as every sum holds. How much more or less is a question of the
largest flow, and its answer is exact in whole numbers (Ford and Fulkerson; Fischetti and Salazar for its use here).
"""

from collections import deque
from collections.abc import Collection, Mapping
from itertools import pairwise

from savnet.disclosure.table import TOTAL, Cell

Node = tuple[str, str | None]
Edge = tuple[Node, Node]
UNLIMITED = 1 << 60


def ends(cell: Cell) -> Edge:
    """The two nodes between which a cell's count flows."""
    if cell.row is TOTAL and cell.column is TOTAL:
        return ("columns", None), ("rows", None)
    if cell.column is TOTAL:
        return ("rows", None), ("row", cell.row)
    if cell.row is TOTAL:
        return ("column", cell.column), ("columns", None)
    return ("row", cell.row), ("column", cell.column)


def bounds(cell: Cell, values: Mapping[Cell, int], hidden: Collection[Cell]) -> tuple[int, int]:
    """The least and the most a hidden cell can be, for whoever sees all that is shown. A count is never below zero."""
    start, end = ends(cell)
    others = [other for other in hidden if other != cell]
    more = _largest_flow(end, start, others, values)
    less = _largest_flow(start, end, others, values)
    return max(0, values[cell] - less), values[cell] + more


def _largest_flow(source: Node, sink: Node, hidden: Collection[Cell], values: Mapping[Cell, int]) -> int:
    """How much can be moved between two nodes by changing hidden cells only; UNLIMITED where nothing stops it."""
    left = _room(hidden, values)
    moved = 0
    while moved < UNLIMITED and (path := _path(source, sink, left)):
        step = min(left[one][other] for one, other in path)
        for one, other in path:
            left[one][other] -= step
            left[other][one] += step
        moved += step
    return min(moved, UNLIMITED)


def _room(hidden: Collection[Cell], values: Mapping[Cell, int]) -> dict[Node, dict[Node, int]]:
    """How much each hidden cell can grow (without limit) and shrink (to nothing)."""
    left: dict[Node, dict[Node, int]] = {}
    for cell in hidden:
        one, other = ends(cell)
        left.setdefault(one, {})[other] = UNLIMITED
        left.setdefault(other, {})[one] = values[cell]
    return left


def _path(source: Node, sink: Node, left: Mapping[Node, Mapping[Node, int]]) -> list[Edge]:
    """The shortest way with room left on every step; empty where there is none."""
    came: dict[Node, Node] = {}
    waiting = deque([source])
    while waiting and sink not in came:
        one = waiting.popleft()
        for other, room in left.get(one, {}).items():
            if room > 0 and other != source and other not in came:
                came[other] = one
                waiting.append(other)
    if sink not in came:
        return []
    path = [sink]
    while path[-1] != source:
        path.append(came[path[-1]])
    return [(one, other) for other, one in pairwise(path)]
