"""Roll call in a real browser: saved as one taps, without leaving the page; and just as well without script."""

from playwright.sync_api import Browser, Page, expect

from browser.accessible import assert_accessible
from browser.conftest import context_at, sign_in


def test_a_tap_is_saved_without_leaving_the_page(page: Page) -> None:
    page.goto("/opptelling/")
    row = page.locator("li", has_text="Omid")
    row.locator("button[value=here]").click()
    expect(row.locator("[data-said]")).to_contain_text("Solveig Nattås")
    expect(row.locator("button[value=here]")).to_have_attribute("aria-pressed", "true")
    assert_accessible(page)
    page.reload()
    expect(page.locator("li", has_text="Omid").locator("[data-said]")).to_contain_text("Her")


def test_a_tap_is_saved_without_script(chromium: Browser, house: str, width: dict[str, int]) -> None:
    context = context_at(chromium, house, width, java_script_enabled=False)
    page = context.new_page()
    sign_in(page)
    page.goto("/opptelling/")
    page.locator("li", has_text="Omid").locator("button[value=here]").click()
    expect(page.locator("li", has_text="Omid")).to_contain_text("Solveig Nattås")
    context.close()
