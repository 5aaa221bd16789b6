"""Jobs stand and fall with the transaction that needs them, whoever asks: somebody at a page, or a worker at work."""

from collections.abc import Iterator
from contextlib import suppress
from uuid import uuid4

import pytest
from django.db import connection, transaction
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from savnet.casework.queue import CARRY, enqueue

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _emptied() -> Iterator[None]:
    """Django leaves the queue as it is between tests."""
    yield
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")


class Undone(Exception):
    """What went wrong after the job was asked for."""


def ask_in_vain() -> None:
    with suppress(Undone), transaction.atomic():
        enqueue(uuid4())
        raise Undone


def asked() -> int:
    return ProcrastinateJob.objects.filter(task_name=CARRY).count()


def test_a_job_goes_with_the_transaction_that_is_undone() -> None:
    before = asked()
    ask_in_vain()
    assert asked() == before


def test_a_workers_job_goes_with_the_transaction_that_is_undone_though_its_queue_has_lines_of_its_own() -> None:
    before = asked()
    with app.replace_connector(app.connector.get_worker_connector()), app.open():  # type: ignore[attr-defined]
        ask_in_vain()
    assert asked() == before


def test_nobody_sees_a_workers_job_before_what_it_is_about() -> None:
    before = asked()
    with app.replace_connector(app.connector.get_worker_connector()), app.open() as queue:  # type: ignore[attr-defined]
        with transaction.atomic():
            enqueue(uuid4())
            assert len(list(queue.job_manager.list_jobs(task=CARRY, status="todo"))) == before
        assert len(list(queue.job_manager.list_jobs(task=CARRY, status="todo"))) == before + 1
