"""What the queue notes when a worker has gone up the ladder of alarms, or has fallen from it."""

from datetime import datetime

from django.db import connection

from savnet.watching.ladder import SOUND


def gone_up(at: datetime, *, well: bool = True) -> None:
    """A worker was done with the ladder then; or, where it did not go well, the job ended as failed."""
    how = "succeeded" if well else "failed"
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, status) VALUES ('alarms', %s, %s) RETURNING id",
            [SOUND, how],
        )
        job = cursor.fetchone()[0]
        cursor.execute("INSERT INTO procrastinate_events (job_id, type, at) VALUES (%s, %s, %s)", [job, how, at])


def forget_jobs() -> None:
    """The queue's tables are emptied by nobody else where a test has committed."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")
