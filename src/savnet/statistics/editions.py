"""Editions: a quarter's tables made safe, published once, and never counted again."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from savnet.disclosure import Cell, Protected, Table, protect
from savnet.register.models import Centre
from savnet.rules.words import FeelsSafe
from savnet.statistics.counting import CAUSES, NOT_ANSWERED, Counted, HowItWent, disappearances
from savnet.statistics.models import Edition
from savnet.statistics.quarters import Quarter

EDITIONS = 8
"""So many quarters back, at the most, are published when a house begins."""
WENT, TALKS = "went", "talks"
ANSWERS: tuple[str, ...] = (*(answer.value for answer in FeelsSafe), NOT_ANSWERED)


@dataclass(frozen=True, slots=True)
class Published:
    """One table as anybody may see it: None for a cell that is hidden. The last row and column are the totals."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: tuple[tuple[int | None, ...], ...]

    @property
    def total(self) -> int | None:
        return self.cells[-1][-1]


def publish_what_has_ended(now: datetime) -> list[Edition]:
    """Make the editions of the quarters that have ended and have none. For the worker: it reads every case."""
    made, quarter = [], Quarter.of(now).before
    for _ in range(EDITIONS):
        if not Edition.objects.filter(quarter=quarter.name).exists():
            made.append(_publish(quarter, now))
        quarter = quarter.before
    return made


def _publish(quarter: Quarter, now: datetime) -> Edition:
    with transaction.atomic():
        edition, _ = Edition.objects.get_or_create(
            quarter=quarter.name, defaults={"made_at": now, "tables": tables(list(disappearances(quarter)), regions())}
        )
    return edition


def regions() -> list[str]:
    """Every regional office that has a centre; empty for centres that have none."""
    real = Centre.objects.filter(exercise_of=None).order_by("region")
    return list(real.values_list("region", flat=True).distinct())


def tables(found: Sequence[Counted], all_regions: Sequence[str]) -> dict[str, Any]:
    """Both tables, safe to publish, as they are kept.

    The talks are some of those who came back. What is shown of them may tell no more of the first table than that
    table does itself: so they are withheld where it hides how many came back.
    """
    rows = tuple(dict.fromkeys([*all_regions, *(one.region for one in found)])) or ("",)
    went = Table(rows, tuple(HowItWent), Counter((one.region, one.went.value) for one in found))
    talks = Table(CAUSES, ANSWERS, Counter((one.cause, one.safe) for one in found if one.safe))
    first = protect(went)
    back = {Cell(None, HowItWent.BACK), Cell(None, HowItWent.ELSEWHERE)}
    told = protect(talks).shown if back <= first.shown.keys() else {}
    return {WENT: _kept(first), TALKS: _kept(Protected(talks, told, frozenset()))}


def _kept(safe: Protected) -> dict[str, Any]:
    """Only what is shown; a total has no name."""
    shown = [[cell.row, cell.column, count] for cell, count in safe.shown.items()]
    return {"rows": list(safe.table.rows), "columns": list(safe.table.columns), "shown": shown}


def published(edition: Edition, name: str) -> Published:
    """One of an edition's tables."""
    kept = edition.tables[name]
    shown = {(row, column): count for row, column, count in kept["shown"]}
    rows, columns = tuple(kept["rows"]), tuple(kept["columns"])
    cells = tuple(tuple(shown.get((row, column)) for column in (*columns, None)) for row in (*rows, None))
    return Published(rows, columns, cells)
