"""Every page in every role: axe-core finds nothing, it reflows when enlarged, and no address is left out."""

from collections import deque
from collections.abc import Callable
from functools import cache

import pytest
from playwright.sync_api import Browser

from browser.conftest import WIDTHS, context_at, sign_in
from browser.unvisited import AFTER_SOMETHING, NO_PAGE
from browser.walking import FILES, NAMES, Walk
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
def visits(chromium: Browser, house: str) -> Visits:
    """The names of the addresses that somebody has been to; each is led through the house once."""

    @cache
    def walked(who: str) -> frozenset[str]:
        context = context_at(chromium, house, WIDTHS[WHO[who]])
        page = context.new_page()
        if who != NOBODY:
            sign_in(page, who)
        visited = Walk(page, deque(START.get(who, ("/",)))).everywhere()
        context.close()
        return visited

    return walked


def test_there_is_somebody_in_every_role() -> None:
    assert {role for *_, role, _ in ELSEWHERE} == set(Role) - {Role.SHIFT_STAFF, Role.CENTRE_LEADER}


@pytest.mark.slow
@pytest.mark.parametrize("who", WHO)
def test_every_page_of_a_role_is_accessible(visits: Visits, who: str) -> None:
    assert visits(who)


@pytest.mark.slow
def test_no_address_is_left_out(visits: Visits) -> None:
    seen = frozenset[str]().union(*map(visits, WHO))
    left = NAMES - FILES - seen - NO_PAGE.keys()
    assert left <= AFTER_SOMETHING.keys(), "lead the walk there, or say in unvisited.py why it can't be visited"
    assert not NO_PAGE.keys() & seen, "it is a page after all"


def test_what_is_not_visited_exists_and_is_no_file() -> None:
    assert NO_PAGE.keys() | AFTER_SOMETHING.keys() | FILES <= NAMES
    assert not NO_PAGE.keys() & AFTER_SOMETHING.keys()
