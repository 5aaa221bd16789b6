"""A worker may beat and no longer go up the ladder of alarms: banner, signal of life and numbers say so."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from savnet.cases.models import Case
from savnet.casework import tasks
from savnet.watching.heartbeat import beat
from savnet.watching.ladder import SOUND
from savnet.watching.limits import LADDER_STILL_AFTER
from savnet.watching.metrics import text
from savnet.watching.reader.setup import from_environment
from savnet.watching.standing import standing
from savnet.watching.tasks import all_well
from watching.ladder_marks import gone_up

pytestmark = pytest.mark.django_db
MINUTE, SECOND = timedelta(minutes=1), timedelta(seconds=1)
READER = {
    "SAVNET_READER_DATABASE_URL": "x",
    "SAVNET_READER_KEYS": "x",
    "SAVNET_READER_WEBHOOK": "https://a.example",
}
STILL = "Savnet minner ingen på fristene nå"
ON_PAPER = "Skriv ut alt som"


def test_the_mark_is_that_of_the_task_that_goes_up_the_ladder() -> None:
    assert tasks.sound.name == SOUND


def awake(now: datetime) -> None:
    """A worker is awake, and was four minutes ago."""
    beat(now - 4 * MINUTE)
    beat(now)


def test_a_worker_that_is_started_again_after_a_night_has_two_rounds_too() -> None:
    now = timezone.now()
    beat(now - 600 * MINUTE)
    gone_up(now - 599 * MINUTE)
    beat(now - 2 * MINUTE)
    beat(now)
    assert not standing(now).alarming


@pytest.mark.parametrize(("seconds", "still"), [(0, False), (125, False), (135, True), (3600, True)])
def test_after_two_rounds_without_going_up_the_ladder_it_stands_still(seconds: int, still: bool) -> None:
    now = timezone.now()
    gone_up(now - timedelta(seconds=seconds))
    awake(now)
    found = standing(now)
    assert (found.ladder_still, found.alarming, found.letters_at_risk) == (still, still, False)
    assert all_well() is not still


def test_somebody_outside_is_told_within_three_minutes() -> None:
    """The ladder fell still just after a round of it, and the second reader had looked just before that was seen."""
    a_round_of_the_readers = timedelta(seconds=from_environment(READER).every)
    assert LADDER_STILL_AFTER + a_round_of_the_readers < 3 * MINUTE - 15 * SECOND, "and it must read, and reach her"


def test_one_round_that_is_missed_is_no_fault_yet() -> None:
    now = timezone.now()
    gone_up(now - 2 * MINUTE - 5 * SECOND)  # the one after the missed one is on its way
    awake(now)
    assert not standing(now).alarming


def test_a_round_that_failed_is_not_gone_up() -> None:
    now = timezone.now()
    gone_up(now - 4 * MINUTE)
    gone_up(now - MINUTE, well=False)
    awake(now)
    assert standing(now).ladder_still
    gone_up(now)
    assert not standing(now).ladder_still


def test_a_worker_that_has_just_woken_has_two_rounds_to_go_up_for_the_first_time() -> None:
    now = timezone.now()
    assert not standing(now).ladder_still, "nobody is there: the silence says it"
    beat(now - 2 * MINUTE)
    beat(now)
    assert not standing(now).alarming
    beat(now - 4 * MINUTE)
    beat(now)
    assert standing(now).ladder_still
    assert not all_well()


def test_staff_are_told_to_watch_the_deadlines_themselves_and_not_to_send_everything_again(
    missing: Callable[..., Case], as_guard: Client
) -> None:
    missing()
    now = timezone.now()
    gone_up(now - 4 * MINUTE)
    awake(now)
    page = as_guard.get("/beboere/").content.decode()
    assert STILL in page
    assert "følg fristene selv" in page
    assert ON_PAPER not in page
    gone_up(now)
    assert STILL not in as_guard.get("/beboere/").content.decode()


def test_where_the_worker_is_silent_too_that_is_what_staff_are_told(as_guard: Client, db: None) -> None:
    gone_up(timezone.now() - 4 * MINUTE)
    beat(timezone.now() - 4 * MINUTE)
    page = as_guard.get("/beboere/").content.decode()
    assert STILL not in page
    assert ON_PAPER in page


def test_the_numbers_tell_for_how_long() -> None:
    now = timezone.now()
    assert "\nsavnet_ladder_age_seconds " not in text(now)
    gone_up(now - 90 * SECOND)
    assert "\nsavnet_ladder_age_seconds 90" in text(now)
