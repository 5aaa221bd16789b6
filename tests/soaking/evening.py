"""A short evening in the whole house: two web servers, three workers, two people on shift, and processes killed.

`test_house` runs it, by itself.
"""

from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path

import pytest
from soak.browser import filled
from soak.house import House, standing
from soak.warming import warm
from soak.whole_house import book_of, judged, tried

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
A_MOMENT = 0.02


@pytest.fixture
def home(tmp_path: Path) -> Iterator[House]:
    with standing(tmp_path, nullcontext()) as house, warm(house):
        yield house


def test_what_a_page_confirmed_is_in_the_ledger_once_whoever_was_killed(home: House) -> None:
    kills, verdict, told = tried(home, A_MOMENT, 20261122)
    assert kills.total()
    assert len(told) >= 8
    assert verdict.good, verdict
    with book_of(home, 0).open("a", encoding="utf-8") as book:
        book.write("/saker/x/opplysning/\tord0x999x\t0\n")
    assert judged(home, 0, 1)[0].lost == 1


def test_a_form_is_sent_as_it_stands_but_for_what_was_filled_in() -> None:
    page = """
        <form method="post"><input name="q"></form>
        <form method="post"><input type="hidden" name="token" value="t"><textarea name="why">Som før</textarea>
        <input type="radio" name="how" value="a"><input type="radio" name="how" value="b" checked>
        <select name="where"><option value="1"><option value="2" selected></select>
        <input name="note" value=""><input type="submit" name="do" value="send"></form>
    """
    assert dict(filled(page, {"note": "Ny"})) == {
        "token": "t",
        "why": "Som før",
        "how": "b",
        "where": "2",
        "note": "Ny",
    }
