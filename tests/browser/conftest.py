"""A real Chromium in front of the real house, at the width of a phone and of a desk."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from browser.house import House, running

ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
WIDTHS = {"phone": {"width": 360, "height": 740}, "desk": {"width": 1280, "height": 900}}
PATIENCE = 20_000
expect.set_options(timeout=PATIENCE)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder needs Chromium, and says so."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def the_house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    state = tmp_path_factory.mktemp("house")
    state.chmod(0o711)
    with running(state) as house:
        yield house


@pytest.fixture(scope="session")
def house(the_house: House) -> str:
    """Its address."""
    return the_house.address


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    path = os.environ.get("SAVNET_CHROMIUM") or shutil.which("chromium")
    if path is None:
        pytest.skip("Chromium is not there. `make test` finds or installs it; else set SAVNET_CHROMIUM.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        yield browser
        browser.close()


@pytest.fixture(params=WIDTHS)
def width(request: pytest.FixtureRequest) -> dict[str, int]:
    return WIDTHS[request.param]


def context_at(browser: Browser, address: str, width: dict[str, int], **options: Any) -> BrowserContext:
    context = browser.new_context(base_url=address, viewport=width, locale="nb-NO", **options)
    context.set_default_timeout(PATIENCE)
    return context


@pytest.fixture
def page(chromium: Browser, house: str, width: dict[str, int]) -> Iterator[Page]:
    """A page signed in as the night guard in Granvik; anything that goes wrong in the page fails the test."""
    context = context_at(chromium, house, width)
    page = context.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    sign_in(page)
    yield page
    context.close()
    # A form that comes back with something to put right is answered 422, which Chromium logs as an error.
    assert [one for one in wrong if "422" not in one] == []


def arrive(page: Page, heading: str) -> None:
    """The page that was asked for has come, by its heading: what comes next must not look at the page before."""
    expect(page.get_by_role("heading", name=heading, level=1)).to_be_visible()
    page.wait_for_load_state()  # the heading comes before the rest


def sign_in(page: Page, who: str = "nattevakt") -> None:
    page.goto("/logg-inn/")
    page.locator(f"button[value={who}]").click()
    page.wait_for_url(lambda url: "/logg-inn/" not in url)
