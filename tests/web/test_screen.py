"""Every address goes through the one access check, and tells browsers to keep nothing."""

from collections.abc import Iterator
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, resolve

from savnet.register.models import Resident

OPEN = {
    "today",  # leads each to her own page, and shows nothing itself
    "ask-first-passkey",
    "ask-passkey",
    "awake",
    "calendar",
    "confirm",
    "delivery-hint",
    "enrol-passkey",
    "enrol-picture",
    "entry-code",
    "how-it-stands",
    "language",
    "numbers",
    "outside",
    "outside-back",
    "push-worker",
    "ready",
    "sign-in",
    "sign-in-enrol",
    "sign-in-passkey",
    "sign-in-second",
    "sign-out",
    "still-here",
}
"""The only addresses that need nobody signed in. Adding one is a decision, so it is written here too."""


NAMES = sorted(name for name in get_resolver().reverse_dict if isinstance(name, str))


def address(name: str) -> str:
    """An address of that name, for things that don't exist."""
    ((path, wanted), *_), _, _, converters = get_resolver().reverse_dict[name]
    made = {"UUIDConverter": str(uuid4()), "SlugConverter": "a1b2", "IntConverter": "1"}
    return "/" + path % {one: made[type(converters[one]).__name__] for one in wanted}


@pytest.mark.parametrize("name", NAMES)
def test_every_address_declares_who_may_use_it(name: str) -> None:
    view = resolve(address(name)).func
    action, is_open = (getattr(view, mark, None) for mark in ("savnet_action", "savnet_open"))
    assert bool(action) != bool(is_open), f"{name} is made with neither screen nor open_screen"
    assert bool(is_open) == (name in OPEN)


def test_the_way_in_asks_who_comes(client: Client, db: None) -> None:
    assert client.get("/").headers["Location"] == "/logg-inn/?next=/"


def test_no_address_is_without_a_name() -> None:
    assert all(pattern.name for pattern in every_pattern(get_resolver()))


def every_pattern(resolver: URLResolver) -> Iterator[URLPattern]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from every_pattern(entry)
        else:
            yield entry


@pytest.mark.parametrize("name", [one for one in NAMES if one not in OPEN])
def test_nobody_sees_a_screen_without_signing_in(name: str, client: Client, db: None) -> None:
    for method in (client.get, client.post):
        response = method(address(name))
        assert response.status_code == 302
        assert response.headers["Location"].startswith("/logg-inn/")


def test_anothers_child_and_a_child_that_is_not_there_look_the_same(as_olav: Client, selam: Resident) -> None:
    foreign = as_olav.get(f"/beboere/{selam.id}/")
    missing = as_olav.get(f"/beboere/{uuid4()}/")
    assert (foreign.status_code, foreign.content) == (missing.status_code, missing.content)
    assert foreign.status_code == 404


def test_pages_are_kept_by_no_cache_and_run_only_our_own_files(as_nora: Client) -> None:
    response = as_nora.get("/")
    assert response.headers["Cache-Control"] == "no-store"
    assert "script-src 'self'" in response.headers["Content-Security-Policy"]
    assert "unsafe" not in response.headers["Content-Security-Policy"]


def test_other_methods_than_reading_and_sending_are_refused(as_nora: Client) -> None:
    assert as_nora.delete("/").status_code == 405


@pytest.mark.parametrize("name", sorted(OPEN))
@pytest.mark.parametrize("method", ["DELETE", "OPTIONS", "PUT", "TRACE"])
def test_nor_are_they_taken_where_nobody_needs_to_be_signed_in(name: str, method: str, db: None) -> None:
    assert Client().generic(method, address(name)).status_code == 405


def test_a_form_without_its_token_is_refused_in_norwegian(nora: object) -> None:
    client = Client(enforce_csrf_checks=True)
    response = client.post("/logg-inn/", {"username": "nora", "password": "nattevakt"})
    assert response.status_code == 403
    assert "Siden har stått åpen for lenge" in response.text
