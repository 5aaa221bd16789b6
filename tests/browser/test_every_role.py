"""Every page in every role: axe-core finds nothing, it reflows when enlarged, and no address is left out."""

import json
from collections import deque
from collections.abc import Callable
from functools import cache

import pytest
from playwright.sync_api import Browser, Page

from browser.conftest import WIDTHS, context_at, sign_in
from browser.house import House, told
from browser.signing_in import COLLEAGUE, PASSWORD
from browser.unvisited import NO_PAGE
from browser.walking import FILES, NAMES, Made, Walk
from savnet.access.rights import Role
from savnet.demo.people import ELSEWHERE

NOBODY = "nobody"
WHO = {NOBODY: "phone", "leder": "phone", "nattevakt": "desk"} | {
    username: ("phone", "desk")[place % 2] for place, (username, *_) in enumerate(ELSEWHERE)
}
"""One in each role, and who has not signed in; on a phone or at a desk."""
START = {NOBODY: ("/logg-inn/", "/k/abcdefgh/")}
"""A receiver's page looks the same whether its link leads anywhere or not."""
Visits = Callable[[str], frozenset[str]]


@pytest.fixture(scope="module")
def staged(the_house: House) -> dict[str, list[str]]:
    """Everything has happened that some page shows; where each person is to look beside what links lead to."""
    found: dict[str, list[str]] = json.loads(told(the_house, "browser.staged"))
    return found


@pytest.fixture(scope="module")
def visits(chromium: Browser, the_house: House, staged: dict[str, list[str]]) -> Visits:
    """The names of the addresses that somebody has been to; each is led through the house once."""
    measured: set[Made] = set()

    @cache
    def walked(who: str) -> frozenset[str]:
        context = context_at(chromium, the_house.address, WIDTHS[WHO[who]])
        page = context.new_page()
        walk = Walk(page, deque([*START.get(who, ("/",)), *staged.get(who, ())]), measured)
        if who == NOBODY:
            signing_in(page, walk, code=told(the_house, "savnet.running.command", "let-in", COLLEAGUE))
        else:
            sign_in(page, who)
        visited = walk.everywhere()
        context.close()
        return visited

    return walked


def signing_in(page: Page, walk: Walk, *, code: str) -> None:
    """The steps between the first page and being in: a second factor, and a code from colleagues instead."""
    page.goto("/logg-inn/")
    page.get_by_text("Logg inn med passord").click()
    page.get_by_label("Brukernavn").fill(COLLEAGUE)
    page.get_by_label("Passord").fill(PASSWORD)
    page.get_by_role("button", name="Logg inn", exact=True).click()
    page.get_by_label("Kode", exact=True).wait_for()
    walk.look()
    page.goto("/logg-inn/kode/")
    page.get_by_label("Brukernavn").fill(COLLEAGUE)
    page.get_by_label("Koden du har fått").fill(code.strip())
    page.get_by_role("button", name="Gå videre").click()
    page.get_by_role("button", name="Lag en passnøkkel på denne enheten").wait_for()
    walk.look()


def test_there_is_somebody_in_every_role() -> None:
    assert {role for *_, role, _ in ELSEWHERE} == set(Role) - {Role.SHIFT_STAFF, Role.CENTRE_LEADER}


@pytest.mark.slow
@pytest.mark.parametrize("who", WHO)
def test_every_page_of_a_role_is_accessible(visits: Visits, who: str) -> None:
    assert visits(who)


@pytest.mark.slow
def test_no_address_is_left_out(visits: Visits) -> None:
    seen = frozenset[str]().union(*map(visits, WHO))
    assert sorted(NAMES - FILES - seen - NO_PAGE.keys()) == [], "lead the walk there, or say in unvisited.py why not"
    assert sorted(NO_PAGE.keys() & seen) == [], "it is a page after all"


def test_what_is_not_visited_exists_and_is_no_file() -> None:
    assert NO_PAGE.keys() | FILES <= NAMES
