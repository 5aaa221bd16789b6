"""Pages before one is let in, and a sheet sent in empty, at phone and desk width: accessible, and nothing too small."""

from playwright.sync_api import Browser, Page, expect

from browser.accessible import assert_accessible
from browser.conftest import context_at


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


def test_a_sheet_sent_in_empty_says_what_is_missing_and_links_to_it(page: Page) -> None:
    page.get_by_role("article").filter(has_text="Amanuel").get_by_role("link", name="Åpne saken").click()
    page.get_by_role("link", name="Meld savnet").first.click()
    page.get_by_role("button", name="Send alt").click()
    summary = page.get_by_role("alert")
    expect(summary).to_contain_text("Ikke besvart: Har barnet tatt med seg eiendelene sine?")
    assert_accessible(page)
    summary.get_by_role("link", name="Har barnet tatt med seg eiendelene sine?").click()
    expect(page.locator("#id_a-5_answer")).to_be_focused()
