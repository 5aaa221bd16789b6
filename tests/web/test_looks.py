"""Every look is in the log before anything is shown; the leader goes through the week, and the child gets her list."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from savnet.access import spool
from savnet.access.models import BreakGlass, Look, LooksReviewed, Person
from savnet.access.pseudonyms import key_path, pseudonym
from savnet.access.rights import Role
from savnet.policy.house import MANY_REFUSED
from savnet.register.models import Centre, Resident
from web.telling import filled, missing, page

REFUSE = "CREATE TRIGGER refuses_all BEFORE INSERT ON access_look FOR EACH STATEMENT EXECUTE FUNCTION access_refuse()"


@pytest.fixture(autouse=True)
def own_keys(tmp_path: object, settings: object) -> None:
    settings.KEY_FILE = tmp_path / "keys" / "wrapping.json"  # type: ignore[attr-defined, operator]
    settings.STATE = tmp_path  # type: ignore[attr-defined]


@contextmanager
def log_that_refuses() -> Iterator[None]:
    """A log that takes nothing, as when its disk is full."""
    with connection.cursor() as cursor:
        cursor.execute(REFUSE)
        yield
        cursor.execute("DROP TRIGGER refuses_all ON access_look")


@pytest.fixture
def lise(centre: Centre) -> Person:
    return Person.objects.create_user("lise", name="Lise Leder", role=Role.CENTRE_LEADER, centre=centre)


@pytest.fixture
def as_lise(lise: Person) -> Client:
    client = Client()
    client.force_login(lise)
    return client


def newest() -> Look:
    return Look.objects.order_by("-at", "-number")[0]


def test_a_look_at_a_child_says_who_what_and_why(as_nora: Client, nora: Person, selam: Resident) -> None:
    as_nora.get(f"/beboere/{selam.id}/")
    look = newest()
    assert (look.person_id, look.screen, look.allowed) == (nora.id, "resident", True)
    assert (look.subject, look.subject_centre, look.why) == (pseudonym(selam.id), selam.centre_id, "own_centre")
    assert "identity" in look.classes.split()
    assert "suspicion" not in look.classes.split()


def test_a_list_is_a_look_at_the_centre(as_nora: Client, selam: Resident) -> None:
    as_nora.get("/beboere/")
    look = newest()
    assert (look.subject, look.subject_centre, look.classes) == ("", selam.centre_id, "identity routing")


@pytest.mark.parametrize("there", [True, False])
def test_what_is_refused_is_logged_alike_whether_it_exists_or_not(
    as_olav: Client, olav: Person, selam: Resident, there: bool
) -> None:
    asked = selam.id if there else uuid4()
    assert as_olav.get(f"/beboere/{asked}/").status_code == 404
    look = newest()
    assert (look.person_id, look.allowed, look.why) == (olav.id, False, "not_reached")
    assert (look.subject, look.subject_centre, look.classes) == (pseudonym(asked), None, "")


def test_letters_and_photographs_are_looks_too(as_guard: Client, guard: Person, luwam: Resident) -> None:
    case = missing(luwam, guard)
    as_guard.get(page(case, "paa-papir/"))
    assert newest().screen == "on-paper"
    as_guard.get(f"/beboere/{luwam.id}/bilde/fil/")
    assert newest().screen == "photo-file"


@pytest.mark.parametrize("path", ["/", "/beboere/", "/beboere/{}/", "/beboere/{}/bilde/fil/"])
def test_a_log_that_cannot_be_written_shows_nothing(as_nora: Client, selam: Resident, path: str) -> None:
    with log_that_refuses():
        response = as_nora.get(path.format(selam.id))
    assert response.status_code == 503
    assert "tilgangsloggen" in response.text
    assert "Selam" not in response.text
    assert not Look.objects.exists()


def test_where_the_key_is_gone_nothing_is_shown_and_no_new_key_is_made(as_nora: Client, selam: Resident) -> None:
    as_nora.get(f"/beboere/{selam.id}/")
    key_path().unlink()
    assert as_nora.get(f"/beboere/{selam.id}/").status_code == 503
    assert not key_path().exists()


def test_what_was_sent_in_while_the_log_refused_was_not_done_and_comes_back(
    as_guard: Client, guard: Person, luwam: Resident
) -> None:
    case = missing(luwam, guard)
    sheet = filled(as_guard, page(case, "undersokt/"), what="Snakket med broren.", finding="Ingen vet noe.")
    with log_that_refuses():
        response = as_guard.post(page(case, "undersokt/"), sheet)
    assert response.status_code == 503
    assert "Snakket med broren." in response.text
    assert "Snakket med broren." not in as_guard.get(page(case)).text


def test_an_emergency_goes_on_and_is_logged_when_the_log_can_be_written(
    as_olav: Client, olav: Person, selam: Resident, settings: object
) -> None:
    now = timezone.now()
    BreakGlass.objects.create(
        person=olav,
        resident=selam,
        centre=selam.centre,
        reason="asked",
        why="Politiet spør.",
        at=now,
        until=now + timezone.timedelta(hours=1),
    )
    with log_that_refuses():
        assert as_olav.get(f"/beboere/{selam.id}/").status_code == 200
        assert as_olav.get(f"/beboere/{uuid4()}/").status_code == 503
    assert len(spool.waiting()) == 1
    as_olav.get("/beboere/")
    assert spool.waiting() == []
    kept = Look.objects.get(screen="resident")
    assert (kept.subject, kept.why) == (pseudonym(selam.id), "break_glass written_afterwards")


def test_the_leader_sees_who_looked_and_says_that_she_has_gone_through_it(
    as_lise: Client, as_nora: Client, selam: Resident, lise: Person
) -> None:
    as_nora.get(f"/beboere/{selam.id}/")
    this_week = f"/oppslag/?uke={timezone.localdate().isoformat()}"
    shown = as_lise.get(this_week).text
    assert "Nora Natt" in shown
    assert as_lise.post(this_week, filled(as_lise, this_week, note="I orden.")).status_code == 302
    reviewed = LooksReviewed.objects.get()
    assert (reviewed.by, reviewed.note, reviewed.week.weekday()) == (lise, "I orden.", 0)
    assert "Gjennomgått av Lise Leder" in as_lise.get(this_week).text


@pytest.mark.parametrize("week", ["i-gaar", "2126-01-01", "2026-13-40"])
def test_a_week_that_is_none_is_not_found(as_lise: Client, week: str) -> None:
    assert as_lise.get(f"/oppslag/?uke={week}").status_code == 404


def test_night_staff_see_neither_the_list_nor_the_print_out(as_nora: Client, selam: Resident) -> None:
    assert as_nora.get("/oppslag/").status_code == 404
    assert as_nora.get(f"/beboere/{selam.id}/oppslag/").status_code == 404


def test_who_asks_for_many_others_children_stands_on_the_leaders_page(
    as_lise: Client, as_nora: Client, nora: Person
) -> None:
    for _ in range(MANY_REFUSED):
        as_nora.get(f"/beboere/{uuid4()}/")
    assert f"har den siste timen bedt om {MANY_REFUSED} barn" in as_lise.get("/oppslag/").text


def test_a_child_gets_to_know_by_whom_and_why_but_no_names_of_staff(
    as_lise: Client, as_nora: Client, as_olav: Client, selam: Resident
) -> None:
    as_nora.get(f"/beboere/{selam.id}/")
    as_nora.get(f"/beboere/{selam.id}/")
    as_olav.get(f"/beboere/{selam.id}/")
    shown = as_lise.get(f"/beboere/{selam.id}/oppslag/").text
    assert "Ansatt på vakt, Granheim mottak" in shown
    assert "arbeider på mottaket der du bor eller bodde" in shown
    assert "2 ganger" in shown
    assert "1 gang prøvde noen som ikke hadde lov" in shown
    assert "Nora" not in shown
    assert "Olav" not in shown
