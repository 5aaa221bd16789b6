"""The heartbeat says how many obligations a worker went through, and every page compares it with a count of its own."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from savnet.access.models import Person
from savnet.cases import ledger
from savnet.cases.models import Case, ObligationRow
from savnet.rules.events import InquiryMade
from savnet.watching.heartbeat import beat, forget_old
from savnet.watching.models import Heartbeat
from savnet.watching.standing import standing

pytestmark = pytest.mark.django_db
Missing = Callable[..., Case]
MINUTE = timedelta(minutes=1)
ASLEEP, BLIND = "Savnet sender ikke av seg selv nå", "Savnet ser ikke alle pliktene"


def opened() -> int:
    return ObligationRow.objects.filter(state="open").count()


def page(client: Client) -> str:
    return client.get("/beboere/").content.decode()


def test_a_heartbeat_tells_how_many_open_obligations_there_were_and_how_many_were_overdue(missing: Missing) -> None:
    missing(ago=timedelta(hours=1))
    missing(ago=timedelta(hours=30))
    made = beat(timezone.now())
    assert made.examined == opened() > 10
    assert made.overdue == ObligationRow.objects.filter(state="open", latest__lt=timezone.now()).count() > 0


def test_with_nothing_owed_the_heart_beats_all_the_same(db: None) -> None:
    assert (beat(timezone.now()).examined, standing(timezone.now()).alarming) == (0, False)


@pytest.mark.parametrize(("seconds", "silent"), [(0, False), (44, False), (45, False), (46, True), (3600, True)])
def test_after_45_seconds_without_a_heartbeat_the_worker_counts_as_stopped(seconds: int, silent: bool) -> None:
    now = timezone.now()
    beat(now - timedelta(seconds=seconds))
    assert standing(now).silent is silent


def test_where_no_worker_ever_gave_a_sign_the_house_is_silent(db: None) -> None:
    assert standing(timezone.now()).silent


def test_a_heartbeat_from_a_clock_that_is_ahead_is_not_taken_for_silence(db: None) -> None:
    now = timezone.now()
    beat(now + timedelta(seconds=5))
    assert standing(now).silent_for == timedelta(0)


def test_a_worker_that_does_not_see_an_obligation_is_found_out(missing: Missing) -> None:
    missing()
    made = beat(timezone.now())
    Heartbeat.objects.filter(id=made.id).update(examined=made.examined - 1)
    assert standing(timezone.now()).miscounted


def test_rows_that_vanish_without_anything_being_recorded_are_noticed(missing: Missing) -> None:
    missing()
    beat(timezone.now())
    ObligationRow.objects.filter(obligation="a-1").delete()
    assert standing(timezone.now()).miscounted


def test_what_is_recorded_after_the_heartbeat_is_no_error(missing: Missing, guard: Person) -> None:
    case = missing()
    beat(timezone.now())
    now = timezone.now()
    ledger.record(case.id, InquiryMade(at=now, what="Ringte."), by=guard, now=now)
    missing()
    assert not standing(timezone.now()).alarming


def test_staff_see_no_banner_while_all_is_well(missing: Missing, as_guard: Client) -> None:
    missing()
    beat(timezone.now())
    assert ASLEEP not in page(as_guard)
    assert BLIND not in page(as_guard)


def test_staff_are_told_on_every_page_what_to_do_when_the_worker_is_silent(missing: Missing, as_guard: Client) -> None:
    case = missing()
    beat(timezone.now() - 2 * MINUTE)
    for address in ("/", "/beboere/", f"/saker/{case.id}/", f"/saker/{case.id}/opplysning/"):
        text = as_guard.get(address).content.decode()
        assert ASLEEP in text, address
        assert "papir" in text, address
        assert "ring dem" in text, address


def test_staff_are_told_when_the_worker_sees_too_little(missing: Missing, as_guard: Client) -> None:
    missing()
    Heartbeat.objects.filter(id=beat(timezone.now()).id).update(examined=1)
    assert BLIND in page(as_guard)
    assert f"gått gjennom 1 plikt, men {opened()} står åpne" in page(as_guard)


def test_nobody_who_is_not_signed_in_is_told_how_the_house_stands(db: None) -> None:
    assert ASLEEP not in Client().get("/logg-inn/").content.decode()


def test_old_heartbeats_are_forgotten_and_new_ones_kept(db: None) -> None:
    now = timezone.now()
    kept, _ = beat(now), beat(now - timedelta(days=8))
    assert forget_old(now) == 1
    assert Heartbeat.objects.get() == kept
