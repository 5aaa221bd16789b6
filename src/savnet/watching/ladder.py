"""When the ladder of alarms was last gone up to its end. A worker may beat and do nothing else.

The queue's own word that the job went well is the mark: it comes when the last of it is done, by the database's clock.
"""

from datetime import datetime

from django.db import connection

from savnet.watching.limits import AWAKE_THEN, LADDER_STILL_AFTER

SOUND = "savnet.casework.tasks.sound"
GONE_UP = """
    SELECT e.at FROM procrastinate_jobs j JOIN procrastinate_events e ON e.job_id = j.id AND e.type = 'succeeded'
    WHERE j.task_name = %s ORDER BY j.id DESC LIMIT 1
"""
FIRST_BEAT = "SELECT min(at) FROM watching_heartbeat"
BEAT_BETWEEN = "SELECT max(at) FROM watching_heartbeat WHERE at BETWEEN %s AND %s"


def gone_up() -> datetime | None:
    """When it last was; None where it never was, or so long ago that the job is forgotten."""
    return _one(GONE_UP, SOUND)


def still_since() -> datetime | None:
    """Since when nobody has: since it last was or, where it never was, since a worker first woke. None: neither."""
    return gone_up() or _one(FIRST_BEAT)


def awake_then(now: datetime) -> bool:
    """Whether a worker was awake so long ago that it ought to have gone up the ladder since."""
    long_ago = now - LADDER_STILL_AFTER
    return _one(BEAT_BETWEEN, long_ago - AWAKE_THEN, long_ago) is not None


def _one(question: str, *values: str | datetime) -> datetime | None:
    with connection.cursor() as cursor:
        cursor.execute(question, values)
        row: tuple[datetime | None] | None = cursor.fetchone()
    return row[0] if row else None
