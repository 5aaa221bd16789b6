"""The real worker on the real queue, in the same database: from the click to what the ledger says."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit
from uuid import UUID

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from casework.invented import GRANVIK, REGION, Story, waiting_jobs
from casework.paper import headers
from delivery.mail_servers import Answers, Mailbox
from savnet.access.models import Person
from savnet.casework.kept import letter_bytes
from savnet.casework.queue import CARRY, enqueue
from savnet.casework.tasks import sound, take_over
from savnet.delivery.dispatch import attempt
from savnet.delivery.models import Message
from savnet.rules.events import Attempted, Done
from savnet.rules.words import ObligationState

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
SOURCE = Path(__file__).resolve().parents[2] / "src"
Tell = Callable[..., Story]
Post = Callable[..., AbstractContextManager[Mailbox]]


def work(keys: Path) -> None:
    """Run a worker of its own, as the house does, until the queue holds nothing that is due."""
    command = [sys.executable, "-m", "django", "procrastinate", "worker", "--one-shot", "--queues", "letters"]
    done = subprocess.run(command, env=environment(keys), capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr


def environment(keys: Path) -> dict[str, str]:
    """What a worker needs to work in the test's database and send to the test's server."""
    database = urlsplit(os.environ["SAVNET_DATABASE_URL"])._replace(path=f"/{connection.settings_dict['NAME']}")
    return {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(path for path in [str(SOURCE), *sys.path] if path),
        "DJANGO_SETTINGS_MODULE": "savnet.running.settings",
        "SAVNET_DATABASE_URL": database.geturl(),
        "SAVNET_KEY_FILE": str(keys),
        "SAVNET_SMTP_HOST": settings.SMTP_HOST,
        "SAVNET_SMTP_PORT": str(settings.SMTP_PORT),
        "SAVNET_SMTP_CA": settings.SMTP_CA,
        "SAVNET_SMIME_CA": settings.SMIME_CA,
        "SAVNET_MAIL_FROM": settings.MAIL_FROM,
        "SAVNET_SIGNING_CERTIFICATE": settings.SIGNING_CERTIFICATE,
        "SAVNET_SIGNING_KEY": settings.SIGNING_KEY,
    }


def states() -> dict[str, int]:
    found = ProcrastinateJob.objects.filter(task_name=CARRY).values_list("status", flat=True)
    return {state: list(found).count(state) for state in set(found)}


@pytest.fixture
def today(story: Tell) -> Story:
    """A child who has disappeared within the last hour of the real clock, which is the worker's."""
    case = story()
    case.now = timezone.now() - timedelta(hours=1, minutes=1)
    return case


def test_from_the_click_to_the_ledger(today: Story, post: Post) -> None:
    with post() as box:
        today.told()
        work(settings.KEY_FILE)
    assert sorted(str(headers(mail)["To"]) for mail in box.mails) == sorted([GRANVIK, REGION])
    today.now = timezone.now()
    assert today.the("b-4").state is ObligationState.DISCHARGED
    assert today.the("d-5", copy_of="b-4").state is ObligationState.DISCHARGED
    assert len(today.recorded(Done)) == 2
    assert states() == {"succeeded": 2}


def test_a_busy_server_leaves_one_job_for_later(today: Story, post: Post) -> None:
    with post(Answers("RCPT", "451 busy")):
        today.told()
        work(settings.KEY_FILE)
    today.now = timezone.now()
    assert len(today.recorded(Attempted)) == 1
    assert states() == {"succeeded": 1, "todo": 1}


def test_what_a_dead_worker_had_in_hand_is_taken_over_and_comes_into_the_ledger(
    today: Story, post: Post, guard: Person
) -> None:
    with post() as box:
        today.told()
        letter = today.letter("b-4")
        attempt(letter.id, letter_bytes(Message.objects.get(id=letter.id)), timezone.now())
        as_if_its_worker_died(letter.id)
        enqueue(letter.id)  # and somebody asked again in the meantime
        take_over.configure(priority=10).defer(timestamp=0)
        work(settings.KEY_FILE)
    today.now = timezone.now()
    assert [headers(mail)["To"] for mail in box.mails] == [GRANVIK, REGION]
    assert len(today.recorded(Done, obligation="b-4")) == 1
    assert waiting_jobs() == {}
    assert "doing" not in states()


@pytest.fixture
def no_jobs(transactional_db: None) -> Iterator[None]:
    """No test that comes after finds these jobs or workers."""
    yield
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs; DELETE FROM procrastinate_workers")


def test_what_a_dead_worker_did_every_minute_is_over_and_what_a_living_one_does_is_not(no_jobs: None) -> None:
    # The living one is ahead, for a slow machine not to let it die.
    dead, forgotten, living = (begun(silent) for silent in ("31 seconds", None, "-1 hour"))
    take_over.configure(priority=10).defer(timestamp=0)
    work(settings.KEY_FILE)
    found = dict(ProcrastinateJob.objects.values_list("id", "status"))
    assert (found[dead], found[forgotten], found[living]) == ("failed", "failed", "doing")


def begun(silent: str | None) -> int:
    """A round of alarms that a worker has in hand who has been silent for so long; None: nobody knows which."""
    with connection.cursor() as cursor:
        worker = None
        if silent:
            cursor.execute(
                "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - %s::interval) RETURNING id",
                [silent],
            )
            (worker,) = cursor.fetchone()
        cursor.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, status, worker_id)"
            " VALUES ('alarms', %s, 'doing', %s) RETURNING id",
            [sound.name, worker],
        )
        return int(cursor.fetchone()[0])


def as_if_its_worker_died(message_id: UUID) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE procrastinate_jobs SET status = 'doing', worker_id = NULL WHERE args->>'message_id' = %s",
            [str(message_id)],
        )
