"""The database is gone: said as it is, with what was typed shown back, and what to do without the system."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client

from savnet.access.models import Person
from savnet.register.models import Resident
from web.telling import filled, missing, page

WRITTEN = "Snakket med <b>broren</b> på rom 12."


def gone(*_: Any, **__: Any) -> None:
    raise OperationalError("server closed the connection")


@contextmanager
def no_database() -> Iterator[None]:
    """Nothing reaches the database, whoever asks."""
    with pytest.MonkeyPatch.context() as patch:
        for method in ("cursor", "connect"):
            patch.setattr(f"django.db.backends.base.base.BaseDatabaseWrapper.{method}", gone)
        yield


def test_who_only_looks_is_not_told_that_something_was_not_saved(as_nora: Client) -> None:
    with no_database():
        response = as_nora.get("/beboere/")
    assert response.status_code == 503
    assert "ikke lagret" not in response.text
    assert "last den på nytt" in response.text


def test_who_sent_something_in_gets_it_back_to_copy(as_guard: Client, guard: Person, luwam: Resident) -> None:
    case = missing(luwam, guard)
    sheet = filled(as_guard, page(case, "undersokt/"), what=WRITTEN, finding="Ingen vet noe.")
    with no_database():
        response = as_guard.post(page(case, "undersokt/"), sheet)
    assert response.status_code == 503
    assert "Det du nettopp sendte inn, er ikke lagret." in response.text
    assert "Snakket med &lt;b&gt;broren&lt;/b&gt; på rom 12." in response.text
    assert "Ingen vet noe." in response.text
    assert str(sheet["token"]) not in response.text


def test_the_answers_of_buttons_are_not_shown_back_as_text(as_nora: Client) -> None:
    with no_database():
        shown = as_nora.post("/beboere/ny/", {"a-4_answer": "unknown", "how": "not_arrived", "note": "Borte"}).text
    assert "Borte" in shown
    assert "not_arrived" not in shown
    assert "unknown" not in shown


@pytest.mark.django_db
def test_signing_in_says_so_too_and_shows_no_password(client: Client) -> None:
    with no_database():
        response = client.post("/logg-inn/", {"username": "nora", "password": "nattevakt"})
    assert response.status_code == 503
    assert "får ikke tak i databasen" in response.text
    assert "nattevakt" not in response.text
    assert "ikke lagret" not in response.text


def test_a_database_that_goes_while_the_session_is_kept_leaves_it_open_whether_anything_was_saved(
    as_nora: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    as_nora.raise_request_exception = False
    monkeypatch.setattr("django.contrib.sessions.middleware.SessionMiddleware.process_response", gone)
    assert as_nora.get("/").status_code == 503
    sent = as_nora.post("/beboere/ny/", {"given_name": "Selam"})
    assert sent.status_code == 503
    assert "Vi vet ikke om det ble lagret" in sent.text


def test_no_number_is_asked_for_that_the_page_does_not_name(as_nora: Client) -> None:
    with no_database():
        shown = as_nora.get("/").text
    assert "så ring:" not in shown
    assert "varslingspakken" in shown
    assert "En telefonsamtale er ikke nok." in shown
