"""The glass is broken while the access log can't be written: the child is opened, the leader told, every look kept."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.utils import timezone

from savnet.access import looks, spool
from savnet.access.emergencies import BreakGlass
from savnet.access.looks_verifying import verify_looks
from savnet.access.models import Look, Person
from savnet.access.rights import Role
from savnet.followup.models import StaffNotice
from savnet.register.models import Centre, Resident
from savnet.watching.checks import access
from savnet.watching.findings import Level

pytestmark = pytest.mark.django_db
REFUSE = "CREATE TRIGGER refuses_all BEFORE INSERT ON access_look FOR EACH STATEMENT EXECUTE FUNCTION access_refuse()"


@pytest.fixture(autouse=True)
def own_keys(tmp_path: Path, settings: object) -> None:
    settings.KEY_FILE = tmp_path / "keys" / "wrapping.json"  # type: ignore[attr-defined]
    settings.STATE = tmp_path  # type: ignore[attr-defined]


@pytest.fixture
def leader(centre: Centre) -> Person:
    return Person.objects.create_user("berit", name="Berit Leder", role=Role.CENTRE_LEADER, centre=centre)


@contextmanager
def log_is_gone() -> Iterator[None]:
    """Nothing can be added to the log, as when its disk is full."""
    with connection.cursor() as cursor:
        cursor.execute(REFUSE)
        yield
        cursor.execute("DROP TRIGGER refuses_all ON access_look")


def breaks_the_glass(client: Client) -> int:
    said = {"token": str(uuid4()), "who": "Selam Tesfay", "centre": "", "reason": "covering", "why": "Politiet spør."}
    return client.post("/nodapning/", said).status_code


def whole() -> bool:
    found: list[object] = []
    verify_looks(found.append)
    return not found


def test_from_the_first_tap_to_the_childs_page_and_the_leader_is_told_at_once(
    as_olav: Client, selam: Resident, leader: Person
) -> None:
    with log_is_gone():
        assert as_olav.get("/nodapning/").status_code == 200
        assert breaks_the_glass(as_olav) == 302
        page = as_olav.get(f"/beboere/{selam.id}/")
        assert (page.status_code, "Selam" in page.text) == (200, True)
        assert [(one.person, one.kind) for one in StaffNotice.objects.all()] == [(leader, "emergency")]
        assert len(spool.waiting()) == 3
    assert not Look.objects.exists()


def test_what_waits_names_nobody_and_is_for_its_owner_only(as_olav: Client, selam: Resident, leader: Person) -> None:
    with log_is_gone():
        breaks_the_glass(as_olav)
        as_olav.get(f"/beboere/{selam.id}/")
    for file in spool.waiting():
        text = file.read_text()
        assert not [word for word in ("Selam", "Tesfay", "Olav", "Politiet") if word in text]
        assert file.stat().st_mode & 0o077 == 0


def test_when_the_log_is_back_all_of_it_is_there_with_its_own_instants_and_the_chain_whole(
    as_olav: Client, olav: Person, selam: Resident, leader: Person
) -> None:
    before = timezone.now()
    with log_is_gone():
        breaks_the_glass(as_olav)
        as_olav.get(f"/beboere/{selam.id}/")
    back = timezone.now()
    as_olav.get(f"/beboere/{selam.id}/")
    assert spool.waiting() == []
    kept = list(Look.objects.filter(person_id=olav.pk, why__contains=spool.AFTERWARDS).order_by("at"))
    assert [one.screen for one in kept] == ["break-glass", "resident"]
    assert all(before <= one.at <= back for one in kept)
    assert whole()


def test_a_process_that_dies_between_log_and_spool_writes_no_look_twice(
    as_olav: Client, selam: Resident, leader: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    with log_is_gone():
        breaks_the_glass(as_olav)
    (file,) = spool.waiting()
    left = file.read_bytes()
    spool.take_in()
    file.write_bytes(left)  # it had been written to the log, and died before it took the file away
    assert spool.take_in() == 1
    assert Look.objects.filter(screen="break-glass").count() == 1
    assert whole()


def test_where_not_even_the_spool_can_be_written_the_glass_stays_whole(
    as_olav: Client, selam: Resident, leader: Person, tmp_path: Path
) -> None:
    (tmp_path / "spool").write_text("in the way")
    with log_is_gone():
        assert breaks_the_glass(as_olav) == 503
        assert as_olav.get(f"/beboere/{selam.id}/").status_code == 503
    assert not BreakGlass.objects.exists()
    assert not StaffNotice.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_where_the_whole_database_goes_in_that_moment_nothing_is_opened_and_nothing_waits(
    as_olav: Client, selam: Resident, leader: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(*_: object) -> Look:
        connection.close()
        raise OperationalError("server closed the connection unexpectedly")

    as_olav.raise_request_exception = False
    with monkeypatch.context() as broken:
        broken.setattr(looks, "write", gone)
        assert breaks_the_glass(as_olav) >= 500
    assert spool.waiting() == []
    assert not BreakGlass.objects.exists()


def test_the_doctor_says_that_looks_wait(as_olav: Client, selam: Resident, leader: Person) -> None:
    with log_is_gone():
        breaks_the_glass(as_olav)
    found = [one for one in access.log(timezone.now()) if one.level is Level.WRONG]
    assert [one.says for one in found] == ["1 looks made in an emergency wait to be written"]


def test_a_look_that_waits_and_can_no_longer_be_read_stops_no_other(
    as_olav: Client, selam: Resident, leader: Person
) -> None:
    with log_is_gone():
        breaks_the_glass(as_olav)
        as_olav.get(f"/beboere/{selam.id}/")
    first, _ = spool.waiting()
    first.write_text(json.dumps({"half": "written"}))
    as_olav.get("/nodapning/")
    assert spool.waiting() == [first]
    assert Look.objects.filter(why__contains=spool.AFTERWARDS).count() == 1
