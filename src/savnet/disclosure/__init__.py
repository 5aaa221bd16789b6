"""Small counts made safe to publish: what of a table is hidden so that nobody can compute what a small cell holds.

`protect(Table) -> Protected`. A count from 1 to 4 is hidden, and with it as many others as it takes.
"""

from savnet.disclosure.protect import SMALLEST_SHOWN, Protected, protect
from savnet.disclosure.table import Cell, NotATable, Table

__all__ = ["SMALLEST_SHOWN", "Cell", "NotATable", "Protected", "Table", "protect"]
