"""The heartbeat: a worker goes through every open obligation and writes down that it did."""

import os
import socket
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from savnet.watching.clocks import apart
from savnet.watching.limits import KEEP_HEARTBEATS
from savnet.watching.models import Heartbeat

EXAMINE = """
    WITH exercises AS (SELECT id FROM register_centre WHERE exercise_of_id IS NOT NULL)
    SELECT ledger.position, o.id, o.latest
    FROM (SELECT coalesce(sum(head_sequence), 0) AS position FROM cases_case
          WHERE centre_id NOT IN (SELECT id FROM exercises)) ledger
    LEFT JOIN cases_obligationrow o ON o.state = 'open' AND o.centre_id NOT IN (SELECT id FROM exercises)
"""
"""One statement sees one instant of the database: the rows and the position in the ledger belong together.

In an exercise nothing is owed to anybody, and the second reader leaves it out too.
"""

COUNT = "SELECT ledger_position, open FROM savnet_counted()"
"""Two numbers of the whole house, also for a page whose reader reaches only some of it."""


@dataclass(frozen=True, slots=True)
class Counted:
    """How many obligations stand open, at which position of the ledger."""

    ledger_position: int
    open: int


def beat(now: datetime, worker: int | None = None) -> Heartbeat:
    """Go through every open obligation, and write a heartbeat that tells how many there were."""
    position, examined, overdue, ahead = 0, 0, 0, apart()
    with connection.cursor() as cursor:
        cursor.execute(EXAMINE)
        for here, obligation, latest in cursor:
            position = here
            examined += obligation is not None
            overdue += latest is not None and latest < now
    return Heartbeat.objects.create(
        at=now - ahead,
        clock_ahead=ahead,
        host=socket.gethostname()[:100],
        process=os.getpid(),
        worker=worker,
        examined=examined,
        overdue=overdue,
        ledger_position=position,
    )


def count() -> Counted:
    """Count the open obligations without regard to any heartbeat."""
    with connection.cursor() as cursor:
        cursor.execute(COUNT)
        position, found = cursor.fetchone()
    return Counted(int(position), int(found))


def newest() -> Heartbeat | None:
    """The one that was written last, whatever the clocks said."""
    return Heartbeat.objects.order_by("-id").first()


def forget_old(now: datetime) -> int:
    """Delete heartbeats that are too old to tell anything."""
    deleted, _ = Heartbeat.objects.filter(at__lt=now - KEEP_HEARTBEATS).delete()
    return deleted
