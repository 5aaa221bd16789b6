"""The queue of jobs as the watcher sees it: what waits, for how long, and what has failed."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection

WAITING = """
    SELECT count(*), min(coalesce(j.scheduled_at, e.deferred_at))
    FROM procrastinate_jobs j
    LEFT JOIN (SELECT job_id, max(at) AS deferred_at FROM procrastinate_events
               WHERE type IN ('deferred', 'deferred_for_retry') GROUP BY job_id) e ON e.job_id = j.id
    WHERE j.status = 'todo' AND coalesce(j.scheduled_at, %(now)s) <= %(now)s
"""
FAILED = """
    SELECT j.task_name, count(DISTINCT j.id)
    FROM procrastinate_jobs j JOIN procrastinate_events e ON e.job_id = j.id
    WHERE j.status IN ('failed', 'aborted') AND e.type IN ('failed', 'aborted') AND e.at > %(since)s
    GROUP BY j.task_name ORDER BY j.task_name
"""
LOOKED_BACK = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Jobs:
    """How many jobs wait though their time has come, how long the oldest has, and what failed during the last day."""

    waiting: int
    oldest: timedelta
    failed_tasks: dict[str, int]

    @property
    def failed(self) -> int:
        """How many failed."""
        return sum(self.failed_tasks.values())


def jobs(now: datetime) -> Jobs:
    """The queue at this instant."""
    with connection.cursor() as cursor:
        cursor.execute(WAITING, {"now": now})
        waiting, since = cursor.fetchone()
        cursor.execute(FAILED, {"since": now - LOOKED_BACK})
        failed = dict(cursor.fetchall())
    return Jobs(waiting, max(now - since, timedelta(0)) if since else timedelta(0), failed)
