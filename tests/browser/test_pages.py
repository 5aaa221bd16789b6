"""Every page, at phone and desk width: accessible, no wider than the screen, and nothing too small to hit."""

import re
from collections import deque
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page

from browser.accessible import assert_accessible
from browser.conftest import context_at

MANY = 250
SEEN_ELSEWHERE = re.compile(r"/brev/[0-9a-f-]+/$|/utkast/|/vedlegg/|/paa-papir/$")
"""Files, and drafts that are files: a PDF is no page."""
SHAPE = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|(?<=/)[0-9a-f]{16}(?=/)|(?<=/)\d+(?=/)")
PER_SHAPE = {"/saker/*/": 8}
"""How many addresses of one shape are visited: every case, whatever state it is in; two of everything else."""


def test_sign_in_is_accessible(chromium: Browser, house: str, width: dict[str, int]) -> None:
    context = context_at(chromium, house, width)
    page = context.new_page()
    page.goto("/logg-inn/")
    assert_accessible(page)
    context.close()


def test_a_page_that_is_not_there_is_accessible(chromium: Browser, house: str, width: dict[str, int]) -> None:
    context = context_at(chromium, house, width)
    page = context.new_page()
    page.goto("/finnes-ikke/")
    assert "Fant ikke siden" in page.content()
    assert_accessible(page)
    context.close()


def test_every_page_one_can_reach_is_accessible(page: Page) -> None:
    visited = walk(page)
    shapes = {SHAPE.sub("*", address) for address in visited}
    assert len(shapes) >= 18, sorted(shapes)


def test_a_sheet_sent_in_empty_says_what_is_missing_and_links_to_it(page: Page) -> None:
    page.get_by_role("article").filter(has_text="Amanuel").get_by_role("link", name="Åpne saken").click()
    page.get_by_role("link", name="Meld savnet").first.click()
    page.get_by_role("button", name="Send alt").click()
    summary = page.get_by_role("alert")
    assert "Ikke besvart: Har barnet tatt med seg eiendelene sine?" in summary.inner_text()
    assert_accessible(page)
    summary.get_by_role("link", name="Har barnet tatt med seg eiendelene sine?").click()
    assert page.evaluate("document.activeElement.id") == "id_a-5_answer"


def walk(page: Page) -> set[str]:
    """Follow every link from the front page, and look at each page once."""
    waiting, visited, count = deque(["/"]), set[str](), dict[str, int]()
    while waiting and len(visited) < MANY:
        address = waiting.popleft()
        shape = SHAPE.sub("*", address)
        if address in visited or count.get(shape, 0) >= PER_SHAPE.get(shape, 2):
            continue
        visited.add(address)
        count[shape] = count.get(shape, 0) + 1
        page.goto(address)
        assert_accessible(page)
        waiting.extend(links(page))
    return visited


def links(page: Page) -> list[str]:
    hrefs = page.eval_on_selector_all("a[href]", "all => all.map(one => one.href)")
    paths = [urlsplit(href).path for href in hrefs if href.startswith("http")]
    return [path for path in paths if not SEEN_ELSEWHERE.search(path)]
