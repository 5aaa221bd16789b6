"""Jobs for the worker, put in the queue in the transaction that needs them: if it is undone, so are they.

Always over Django's own line. In a worker the queue has lines of its own: a job put in over one of those would be there
before the message it is about, and stay when that is undone.
"""

from datetime import datetime
from uuid import UUID

from django.db import OperationalError, connection, transaction
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.exceptions import AlreadyEnqueued, ConnectorException
from procrastinate.manager import JobManager

CARRY = "savnet.casework.tasks.carry"


def enqueue(message_id: UUID, at: datetime | None = None) -> None:
    """Ask the worker to see to this message, now or at an instant. Asked twice, it is asked once: for the sooner."""
    lock = f"carry {message_id}"
    job = app.configure_task(CARRY, queueing_lock=lock, schedule_at=at, allow_unknown=False)
    job.job_manager = JobManager(DjangoConnector())
    try:
        # The refusal of a second job would otherwise undo all that the caller's transaction did.
        with transaction.atomic():
            job.defer(message_id=str(message_id))
    except AlreadyEnqueued:
        # A job for this message is waiting already, and will do the same; perhaps too late.
        _sooner(lock, at)
    except ConnectorException as failed:
        # The queue is the database: to whoever records, it has gone away like any other part of it.
        raise OperationalError("The job could not be put in the queue.") from failed


def _sooner(lock: str, at: datetime | None) -> None:
    """Let the job that waits under this lock be done at this instant, where it would wait longer."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE procrastinate_jobs SET scheduled_at = %s WHERE queueing_lock = %s AND status = 'todo'"
            " AND scheduled_at > coalesce(%s, '-infinity'::timestamptz)",
            [at, lock, at],
        )
