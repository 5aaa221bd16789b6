"""Clocks that go apart: silence is measured by the database's, and whose clock is far from it is told of."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from savnet.watching.heartbeat import beat
from savnet.watching.models import Heartbeat
from savnet.watching.readiness import readiness
from savnet.watching.standing import standing
from savnet.watching.tasks import all_well
from watching.set_clocks import set_clock

pytestmark = pytest.mark.django_db
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
FAR = [3600.0, -3600.0, 61.0, -61.0]


@pytest.mark.parametrize("ahead", [3600.0, -3600.0, 40.0, -40.0])
def test_a_worker_that_dies_is_missed_after_45_seconds_whatever_its_clock_said(
    monkeypatch: pytest.MonkeyPatch, ahead: float
) -> None:
    with monkeypatch.context() as wrong:
        set_clock(wrong, ahead)
        beat(timezone.now() + timedelta(seconds=ahead - 44))
        beat(timezone.now() + timedelta(seconds=ahead - 46))
    assert standing(timezone.now()).silent
    Heartbeat.objects.order_by("-id")[0].delete()
    assert not standing(timezone.now()).silent


@pytest.mark.parametrize("ahead", [3600.0, -3600.0])
def test_a_site_with_a_wrong_clock_takes_no_living_worker_for_dead(
    monkeypatch: pytest.MonkeyPatch, ahead: float
) -> None:
    beat(timezone.now())
    set_clock(monkeypatch, ahead)
    found = standing(timezone.now() + timedelta(seconds=ahead))
    assert (found.silent, found.clock_wrong, found.alarming) == (False, True, True)


@pytest.mark.parametrize("ahead", FAR)
def test_a_worker_with_a_wrong_clock_is_told_of_at_every_page_and_outside(
    monkeypatch: pytest.MonkeyPatch, as_guard: Client, ahead: float
) -> None:
    with monkeypatch.context() as wrong:
        set_clock(wrong, ahead)
        beat(timezone.now() + timedelta(seconds=ahead))
    assert "Klokka i Savnet går feil" in as_guard.get("/beboere/").content.decode()
    assert not all_well()
    beat(timezone.now())
    assert "Klokka i Savnet går feil" not in as_guard.get("/beboere/").content.decode()
    assert all_well()


@pytest.mark.parametrize("ahead", [59.0, -59.0, 0.5])
def test_clocks_that_are_near_enough_disturb_nobody(monkeypatch: pytest.MonkeyPatch, ahead: float) -> None:
    set_clock(monkeypatch, ahead)
    beat(timezone.now() + timedelta(seconds=ahead))
    assert not standing(timezone.now() + timedelta(seconds=ahead)).alarming


def test_where_the_databases_clock_is_set_back_the_worker_is_silent_until_it_beats_anew(db: None) -> None:
    beat(timezone.now() + HOUR)  # by the clock that the database had then
    assert standing(timezone.now()).silent
    beat(timezone.now())
    assert not standing(timezone.now()).silent


def test_the_site_says_how_its_clock_goes_and_stays_open(monkeypatch: pytest.MonkeyPatch, db: None) -> None:
    set_clock(monkeypatch, 3600)
    found = readiness()
    assert found.ready
    assert found.clock_ahead == pytest.approx(3600, abs=5)
