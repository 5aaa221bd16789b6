"""The workers one by one: which give signs of life, how many there should be, and whether one goes round in circles.

The heartbeat says that some worker is awake; with several, one may be dead or stopped beside it. The queue keeps a sign
of life for each, every 10 seconds; which machine it is on is known from the heartbeats that it has given.
"""

from dataclasses import dataclass

from django.conf import settings
from django.db import connection

from savnet.watching.limits import HELD_TOO_LONG, WORKER_SILENT_AFTER

AWAKE = """
    SELECT w.id, h.host, h.process FROM procrastinate_workers w
    LEFT JOIN LATERAL (SELECT host, process FROM watching_heartbeat b WHERE b.worker = w.id
                       ORDER BY b.at DESC LIMIT 1) h ON true
    WHERE w.last_heartbeat > clock_timestamp() - %s * interval '1 s' ORDER BY w.id
"""
HELD = """
    SELECT count(*) FROM procrastinate_jobs j JOIN procrastinate_workers w ON w.id = j.worker_id
    WHERE j.status = 'doing' AND w.last_heartbeat > clock_timestamp() - %s * interval '1 s' AND
        (SELECT max(e.at) FROM procrastinate_events e WHERE e.job_id = j.id AND e.type = 'started')
        < clock_timestamp() - %s * interval '1 s'
"""
"""By a worker that is awake: what a dead one had in hand is taken over, and nobody holds it."""


@dataclass(frozen=True, slots=True)
class Worker:
    """One worker that is awake; where it is, if it has given a heartbeat."""

    number: int
    host: str | None
    process: int | None

    def __str__(self) -> str:
        return f"no. {self.number}" + (f" on {self.host}, process {self.process}" if self.host else "")


@dataclass(frozen=True, slots=True)
class Workers:
    """Those that are awake, how many there should be, and how many jobs have been held for too long."""

    awake: tuple[Worker, ...]
    wanted: int
    held: int

    @property
    def missing(self) -> bool:
        """Whether there are fewer than there should be."""
        return len(self.awake) < self.wanted


def workers() -> Workers:
    """The workers at this instant, by the database's clock: theirs are the signs, and its is the time they bear."""
    with connection.cursor() as cursor:
        cursor.execute(AWAKE, [WORKER_SILENT_AFTER.total_seconds()])
        awake = tuple(Worker(*row) for row in cursor.fetchall())
        cursor.execute(HELD, [WORKER_SILENT_AFTER.total_seconds(), HELD_TOO_LONG.total_seconds()])
        held = cursor.fetchone()[0]
    return Workers(awake, settings.WORKERS, held)
