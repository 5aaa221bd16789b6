"""The dead man's signal: one empty call under TLS at each healthy heartbeat, and silence when the house is ill."""

import time
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from pytest_django import Settings

from savnet.cases.models import Case, ObligationRow
from savnet.demo.authority import Identity
from savnet.watching import alive, heartbeat, tasks
from watching.listening import Listener

Missing = Callable[..., Case]
TICK = SimpleNamespace(job=SimpleNamespace(worker_id=None))


@pytest.fixture
def outside(settings: Settings, listener: Listener, authority: Identity) -> Listener:
    """Somebody outside the house listens."""
    settings.ALIVE_URL = f"{listener.url}/livstegn"
    settings.ALIVE_CA = authority.certificate_pem().decode()
    return listener


def signals() -> int:
    """How many signals wait to go."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE task_name = %s AND status = 'todo'",
                       [tasks.signal.name])  # fmt: skip
        return int(cursor.fetchone()[0])


@pytest.fixture(autouse=True)
def no_jobs(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")


def test_the_signal_says_that_we_are_awake_and_nothing_else(outside: Listener) -> None:
    assert alive.signal()
    (heard,) = outside.heard
    assert (heard.method, heard.path, heard.body) == ("GET", "/livstegn", b"")
    assert {name.lower() for name in heard.headers} <= {"host", "accept-encoding"}


@pytest.mark.parametrize("status", [301, 404, 500])
def test_a_signal_that_is_refused_is_not_taken_for_heard(outside: Listener, status: int) -> None:
    outside.status = status
    assert not alive.signal()


def test_where_nobody_answers_the_worker_does_not_wait_for_long(
    outside: Listener, monkeypatch: pytest.MonkeyPatch
) -> None:
    outside.silence = 5
    monkeypatch.setattr(alive, "WAIT", 0.3)
    begun = time.monotonic()
    assert not alive.signal()
    assert time.monotonic() - begun < 2


def test_a_listener_whom_nobody_vouches_for_is_told_nothing(outside: Listener, settings: Settings) -> None:
    settings.ALIVE_CA = ""
    assert not alive.signal()
    assert outside.heard == []


def test_a_healthy_heartbeat_lets_a_signal_go(outside: Listener, missing: Missing) -> None:
    missing()
    tasks.beat(TICK, 0)
    assert signals() == 1


def test_two_heartbeats_before_the_first_signal_has_gone_make_one(outside: Listener, missing: Missing) -> None:
    tasks.beat(TICK, 0)
    tasks.beat(TICK, 20)
    assert signals() == 1


def test_a_worker_that_sees_too_little_keeps_silent(
    outside: Listener, missing: Missing, monkeypatch: pytest.MonkeyPatch
) -> None:
    missing()
    true_beat = heartbeat.beat

    def blind(now: Any, worker: Any) -> None:
        true_beat(now, worker)
        ObligationRow.objects.filter(obligation="a-1").delete()

    monkeypatch.setattr(heartbeat, "beat", blind)
    tasks.beat(TICK, 0)
    assert signals() == 0


def test_without_an_address_nothing_is_sent(missing: Missing) -> None:
    tasks.beat(TICK, 0)
    assert signals() == 0
