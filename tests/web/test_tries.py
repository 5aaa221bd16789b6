"""Whoever looks into a break-in finds every try to sign in, and no password or name by mistake."""

import json
import logging
from collections.abc import Iterator

import pytest
from django.test import Client

from savnet.access.models import Person
from savnet.watching.logs import AllowListed
from savnet.web.accounts import tries

pytestmark = pytest.mark.django_db


class Kept(logging.Handler):
    """The lines as they would be written."""

    def __init__(self) -> None:
        super().__init__()
        self.setFormatter(AllowListed())
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))

    def told(self) -> list[dict[str, str]]:
        return [json.loads(line) for line in self.lines]


@pytest.fixture
def log() -> Iterator[Kept]:
    kept, logger = Kept(), logging.getLogger(tries.__name__)
    before = logger.level
    logger.addHandler(kept)
    logger.setLevel(logging.INFO)
    yield kept
    logger.removeHandler(kept)
    logger.setLevel(before)


def typed(username: str, said: str = "feil", place: str = "192.0.2.7") -> None:
    Client().post("/logg-inn/", {"username": username, "password": said}, REMOTE_ADDR=place)


def test_a_wrong_password_is_told_with_account_and_place_and_without_what_was_typed(nora: Person, log: Kept) -> None:
    typed("nora", "hemmelig-og-feil")
    (line,) = log.told()
    assert (line["action"], line["level"]) == ("sign_in_password_refused", "WARNING")
    assert line["account"] == tries.mark("account", "nora")
    assert line["place"] == tries.mark("place", "192.0.2.7")
    assert not [secret for secret in ("nora", "hemmelig", "192.0.2.7") if secret in log.lines[0]]


def test_tries_at_one_account_from_many_places_are_seen_to_belong_together(nora: Person, log: Kept) -> None:
    typed("nora", place="192.0.2.7")
    typed("Nora", place="198.51.100.8")
    typed("ingen", place="198.51.100.8")
    first, second, third = log.told()
    assert first["account"] == second["account"] != third["account"]
    assert first["place"] != second["place"] == third["place"]


def test_an_account_that_is_not_there_is_told_like_one_that_is(nora: Person, log: Kept) -> None:
    typed("nora")
    typed("ingen")
    first, second = log.told()
    assert first.keys() == second.keys()


def test_that_somebody_is_made_to_wait_is_told(nora: Person, log: Kept) -> None:
    for _ in range(7):
        typed("nora")
    assert [line["action"] for line in log.told()][-1] == "sign_in_slowed_down"


def test_a_session_that_begins_says_whose_and_how(nora: Person, log: Kept) -> None:
    Client().post("/logg-inn/", {"demo": "nora"})
    (line,) = log.told()
    assert (line["action"], line["person"], line["level"]) == ("sign_in_by_demo", str(nora.pk), "INFO")


def test_a_code_for_getting_back_in_that_does_not_fit_is_told(nora: Person, log: Kept) -> None:
    Client().post("/logg-inn/kode/", {"username": "nora", "code": "BBBBBBBB-CCCCCCCC"})
    (line,) = log.told()
    assert line["action"] == "sign_in_way_back_refused"


def test_nonsense_for_a_passkey_is_told(log: Kept) -> None:
    Client().post("/logg-inn/nokkel/", {"credential": "nonsense"})
    (line,) = log.told()
    assert line["action"] == "sign_in_passkey_refused"
