"""The workers one by one: who is awake, how many are wanted, and who holds a job for too long."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone
from pytest_django import Settings

from savnet.watching import reader_seen
from savnet.watching.checks import channels, worker
from savnet.watching.findings import Level
from savnet.watching.heartbeat import beat
from savnet.watching.models import ReaderReport
from savnet.watching.tasks import all_well
from savnet.watching.workers import workers

pytestmark = pytest.mark.django_db


def new_worker(ago: int = 0) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - %s * interval '1 s') RETURNING id",
            [ago],
        )
        return int(cursor.fetchone()[0])


def held_since(minutes: int, by: int | None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, status, worker_id)"
            " VALUES ('letters', 'x', 'doing', %s) RETURNING id",
            [by],
        )
        job = cursor.fetchone()[0]
        cursor.execute(
            "INSERT INTO procrastinate_events (job_id, type, at) VALUES (%s, 'started', now() - %s * interval '1 min')",
            [job, minutes],
        )


@pytest.fixture(autouse=True)
def empty(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_workers")


def test_each_worker_is_known_by_where_it_gave_its_heartbeat() -> None:
    number, other = new_worker(), new_worker()
    made = beat(timezone.now(), number)
    first, second = workers().awake
    assert (first.number, first.host, first.process) == (number, made.host, made.process)
    assert (second.number, second.host) == (other, None)


@pytest.mark.parametrize(("ago", "awake"), [(0, 1), (29, 1), (31, 0)])
def test_a_worker_without_a_sign_for_half_a_minute_is_gone(ago: int, awake: int) -> None:
    new_worker(ago)
    assert len(workers().awake) == awake


def test_the_doctor_misses_a_worker_that_should_be_there(settings: Settings) -> None:
    settings.WORKERS = 2
    new_worker()
    (found,) = worker.hands(timezone.now())
    assert (found.level, found.says.split(";")[0]) == (Level.WRONG, "1 of 2 awake")
    new_worker()
    assert [one.level for one in worker.hands(timezone.now())] == [Level.WELL]


@pytest.mark.parametrize(("minutes", "levels"), [(11, [Level.WELL]), (13, [Level.WELL, Level.WRONG])])
def test_a_worker_that_goes_round_in_circles_is_found_by_the_job_it_holds(minutes: int, levels: list[Level]) -> None:
    held_since(minutes, by=new_worker())
    assert [one.level for one in worker.hands(timezone.now())] == levels


def test_what_a_dead_worker_had_in_hand_is_held_by_nobody() -> None:
    new_worker()
    held_since(13, by=new_worker(ago=31))
    held_since(13, by=None)  # the dead one was forgotten since
    assert workers().held == 0
    assert [one.level for one in worker.hands(timezone.now())] == [Level.WELL]


def test_the_doctor_says_how_the_second_reader_is() -> None:
    now = timezone.now()
    assert [one.level for one in channels.second_reader(now)] == [Level.NOT_SET_UP]
    ReaderReport.objects.create(at=now)
    assert [one.level for one in channels.second_reader(now + timedelta(seconds=120))] == [Level.WELL]
    assert [one.level for one in channels.second_reader(now + timedelta(seconds=121))] == [Level.WRONG]


def test_the_house_gives_no_sign_of_life_outward_while_the_second_reader_is_missing() -> None:
    beat(timezone.now())
    assert all_well()
    ReaderReport.objects.create(at=timezone.now() - timedelta(minutes=3))
    assert not all_well()
    assert reader_seen.forget()
    assert all_well()
