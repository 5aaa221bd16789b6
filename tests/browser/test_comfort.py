"""Search, notifications, print, a slow line and strong contrast, in a real browser."""

import re
from time import monotonic

from playwright.sync_api import Browser, Page, expect

from browser.accessible import assert_accessible, assert_reflows, assert_structured
from browser.conftest import WIDTHS, arrive, context_at, sign_in

SLOW = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
"""Bytes each second, and milliseconds before the first: a telephone at the edge of coverage."""
PATIENCE_ON_A_SLOW_LINE = 30.0


def signed_in(chromium: Browser, house: str, width: str, who: str = "nattevakt", **options: object) -> Page:
    page = context_at(chromium, house, WIDTHS[width], **options).new_page()
    sign_in(page, who)
    return page


def test_a_child_is_found_by_keyboard_however_the_name_is_spelled(chromium: Browser, house: str) -> None:
    page = signed_in(chromium, house, "desk")
    page.get_by_role("searchbox", name="Navn eller DUF-nummer").focus()
    page.keyboard.type("prøvestadt umid")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name=re.compile("treff"))).to_be_focused()
    expect(page.get_by_role("link", name="Omid Prøvestad")).to_be_visible()
    assert "umid" not in page.url
    assert_accessible(page)
    assert_structured(page)
    page.context.close()


def test_a_child_is_found_on_a_phone_without_script(chromium: Browser, house: str) -> None:
    page = signed_in(chromium, house, "phone", java_script_enabled=False)
    page.get_by_label("Navn eller DUF-nummer").fill("omid")
    page.get_by_role("search").get_by_role("button", name="Søk").click()
    expect(page.get_by_role("link", name="Omid Prøvestad")).to_be_visible()
    page.context.close()


def test_the_browser_lets_our_push_worker_in_and_no_other_code(chromium: Browser, house: str) -> None:
    page = signed_in(chromium, house, "desk")
    page.context.grant_permissions(["notifications"])
    page.goto("/varsler/oppsett/")
    assert_accessible(page)
    assert_reflows(page)
    assert page.evaluate(REGISTER, ["another", "/varselhjelper/nb.js"]) == "TypeError"
    assert page.evaluate(REGISTER, ["savnet-worker", "/varselhjelper/nb.js"]) == "activated"
    page.context.close()


REGISTER = """async ([name, address]) => {
  try {
    const policy = trustedTypes.createPolicy(name, {createScriptURL: one => one});
    const registered = await navigator.serviceWorker.register(policy.createScriptURL(address));
    const coming = registered.installing || registered.waiting || registered.active;
    while (coming.state !== 'activated') await new Promise(done => setTimeout(done, 20));
    return coming.state;
  } catch (problem) { return problem.name; }
}"""


def test_a_link_for_the_calendar_is_shown_once_and_answers(chromium: Browser, house: str) -> None:
    page = signed_in(chromium, house, "phone", "leder2")
    page.goto("/varsler/oppsett/")
    page.get_by_role("button", name="Lag en lenke").click()
    expect(page.get_by_role("heading", name="Lenken til kalenderen din")).to_be_focused()
    assert_accessible(page)
    address = page.locator("#link").inner_text()
    assert "BEGIN:VCALENDAR" in page.request.get(address[address.index("/kalender/") :]).text()
    page.reload()
    page.goto("/varsler/oppsett/")
    expect(page.locator("#link")).to_have_count(0)
    page.context.close()


def test_a_case_is_printed_unfolded_and_without_buttons(chromium: Browser, house: str) -> None:
    page = signed_in(chromium, house, "desk")
    page.get_by_role("article").filter(has_text="Amanuel").get_by_role("link", name="Åpne saken").click()
    arrive(page, "Amanuel")
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(page.get_by_text("Taushetsbelagt. Makuleres når den ikke lenger trengs.")).to_be_visible()
    assert page.locator("main .ds-button:visible, header:visible, footer:visible").count() == 0
    assert page.locator("details:not([open])").count() == 0
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator("details[open]").count() == 0
    page.context.close()


NOBODY_ELSES = "سليم المثالي"
"""A child that no other test of this house notes as absent."""


def test_an_absence_is_noted_on_a_slow_line(chromium: Browser, house: str) -> None:
    page = signed_in(chromium, house, "phone")
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", SLOW)
    began = monotonic()
    page.goto("/beboere/")
    page.get_by_role("link", name=f"Ikke her {NOBODY_ELSES}").click()
    page.get_by_role("button", name="Noter fraværet").click()
    expect(page.get_by_role("status")).to_contain_text("er ikke her")
    assert monotonic() - began < PATIENCE_ON_A_SLOW_LINE
    page.context.close()


def test_with_strong_contrast_everything_that_can_be_pressed_has_an_edge(chromium: Browser, house: str) -> None:
    page = signed_in(chromium, house, "phone", forced_colors="active")
    page.get_by_role("link", name="Beboere").click()
    arrive(page, "Beboere")
    assert page.evaluate(WITHOUT_EDGE) == []
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
    page.context.close()


WITHOUT_EDGE = """() => [...document.querySelectorAll('.ds-button:not([data-variant=tertiary]), input, select')]
    .filter(one => one.checkVisibility() && one.type !== 'hidden')
    .filter(one => ['borderTopStyle', 'outlineStyle'].every(edge => getComputedStyle(one)[edge] === 'none'))
    .map(one => one.outerHTML.slice(0, 100))"""
