"""What is another's and what is not there answer alike: same status, bytes, headers, and the same questions asked."""

import re
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver

from savnet.access.models import Person
from savnet.casework.case_at_hand import open_case
from savnet.register.models import Resident
from web.telling import missing
from web.test_screen import NAMES, OPEN

Heard = tuple[int, bytes, dict[str, str], list[str]]
OURS = re.compile(r"[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}")
LITERALS = re.compile(r"'[^']*'(::\w+)?|\b\d+\b|\bs\d+_x\d+\b")
RANDOM_OR_HASHED = {"UUIDConverter", "SlugConverter"}
NUMBERED = {
    "factor-remove": "one's own means of signing in",
    "post-room-file": "the demo's invented mail",
    "shift-end": "a turn of duty of staff; nothing of a child",
}


@pytest.fixture(autouse=True)
def own_keys(tmp_path: object, settings: object) -> None:
    settings.KEY_FILE = tmp_path / "keys" / "wrapping.json"  # type: ignore[attr-defined, operator]


def address(name: str, ids: dict[str, UUID]) -> str | None:
    """The address of that name for these ids; None where it names neither a child nor a case."""
    ((path, wanted), *_), _, _, converters = get_resolver().reverse_dict[name]
    if not {"case_id", "resident_id"} & set(wanted):
        return None
    made = {"UUIDConverter": UUID(int=7), "SlugConverter": "a1b2", "IntConverter": "1"}
    return "/" + path % {one: ids.get(one, made.get(type(converters[one]).__name__, "x")) for one in wanted}


def hear(client: Client, path: str, method: str) -> Heard:
    """Everything about an answer that a person, or a program with a stopwatch, can tell."""
    with CaptureQueriesContext(connection) as asked:
        response = getattr(client, method)(path)
    headers = dict(response.headers.items())
    return response.status_code, response.content, headers, [_plain(one["sql"]) for one in asked.captured_queries]


def _plain(sql: str) -> str:
    """A question without the values in it."""
    return LITERALS.sub("?", OURS.sub("?", sql))


OF_A_CHILD = sorted(name for name in NAMES if name not in OPEN and address(name, {}))


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("name", OF_A_CHILD)
def test_another_centres_child_and_none_answer_alike(
    name: str, method: str, as_olav: Client, guard: Person, luwam: Resident
) -> None:
    case = missing(luwam, guard)
    there = address(name, {"case_id": case.id, "resident_id": luwam.id})
    nowhere = address(name, {"case_id": uuid4(), "resident_id": uuid4()})
    assert there
    assert nowhere
    hear(as_olav, nowhere, method)  # the first look of all makes the key of the log
    foreign, absent = hear(as_olav, there, method), hear(as_olav, nowhere, method)
    assert foreign[0] == absent[0] == 404
    assert foreign == absent


def test_a_child_with_a_case_and_one_without_are_refused_alike(
    as_olav: Client, guard: Person, luwam: Resident, selam: Resident
) -> None:
    open_case(luwam, by=guard, now=missing(luwam, guard).opened_at)
    hear(as_olav, f"/beboere/{selam.id}/", "get")
    assert hear(as_olav, f"/beboere/{luwam.id}/", "get") == hear(as_olav, f"/beboere/{selam.id}/", "get")


def test_what_stands_in_an_address_is_random_or_hashed() -> None:
    telling = set()
    for name in NAMES:
        ((_, wanted), *_), _, _, converters = get_resolver().reverse_dict[name]
        kinds = {type(converters[one]).__name__ for one in wanted}
        if kinds - RANDOM_OR_HASHED and "case_id" not in wanted:  # a number within a case says nothing outside it
            telling.add(name)
    assert telling <= NUMBERED.keys(), "a name, a number or a place in an address ends in logs"
