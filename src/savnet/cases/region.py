"""How a region's centres stand, in numbers: children, absences, what is late, and since when nothing has been heard."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

COUNTED = "SELECT * FROM savnet_region_counted(%s, %s)"
OVERDUE = "SELECT * FROM savnet_region_late(%s, %s) ORDER BY oldest"


@dataclass(frozen=True, slots=True)
class OwedAtCentre:
    """One duty that a centre is late with: how often, and since when the oldest."""

    obligation: str
    recipient: str
    copy_of: str
    times: int
    oldest: datetime


@dataclass(frozen=True, slots=True)
class CentreStanding:
    """One centre. `uncopied` are children missing for over a day of whom the region has been sent nothing.

    `recorded_at` is when something was last recorded in any of its cases, `counted_at` when it last counted its
    residents; None where that has never been.
    """

    centre_id: UUID
    residents: int
    missing: int
    absent: int
    uncopied: int
    recorded_at: datetime | None
    counted_at: datetime | None
    overdue: tuple[OwedAtCentre, ...]

    @property
    def heard_at(self) -> datetime | None:
        """When the centre last did anything that the house knows of."""
        return max(filter(None, (self.recorded_at, self.counted_at)), default=None)


def region_standing(region: str, now: datetime) -> tuple[CentreStanding, ...]:
    """Every centre of the region, zeros included. Two questions to the database however many centres there are."""
    late: dict[UUID, list[OwedAtCentre]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(OVERDUE, [region, now])
        for centre_id, *rest in cursor.fetchall():
            late[centre_id].append(OwedAtCentre(*rest))
        cursor.execute(COUNTED, [region, now])
        rows = cursor.fetchall()
    return tuple(CentreStanding(*(*row, tuple(late[row[0]]))) for row in rows)
