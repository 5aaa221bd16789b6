"""Without script, with the keyboard alone, and with an impatient thumb."""

import re
from datetime import UTC, datetime

from playwright.sync_api import Browser, Page, Route, expect

from browser.conftest import WIDTHS, context_at, sign_in


def test_an_absence_is_noted_and_explained_without_script(chromium: Browser, house: str) -> None:
    page = context_at(chromium, house, WIDTHS["phone"], java_script_enabled=False).new_page()
    sign_in(page, "leder2")
    page.get_by_role("link", name="Ikke her Nadia Fantasiva").click()
    page.get_by_role("button", name="Noter fraværet").click()
    expect(page.get_by_role("heading", name="Finn ut hvorfor barnet ikke er her")).to_be_visible()
    page.get_by_role("link", name="Fraværet er forklart").click()
    page.get_by_role("button", name="Lagre forklaringen").click()
    expect(page.get_by_role("alert")).to_contain_text("Skriv hvorfor barnet var borte.")
    page.get_by_label("Hvorfor var barnet borte?").fill("Hun satt på biblioteket.")
    page.get_by_role("button", name="Lagre forklaringen").click()
    expect(page.get_by_role("status")).to_contain_text("Fraværet er notert som forklart.")
    page.context.close()


def test_the_time_left_is_right_without_script_and_counts_on_with_it(chromium: Browser, house: str) -> None:
    for script in (False, True):
        page = context_at(chromium, house, WIDTHS["phone"], java_script_enabled=script).new_page()
        sign_in(page)
        left = page.locator("article").filter(has_text="Amanuel").locator(".countdown").first
        expect(left).to_have_text(re.compile(r"^\d+ t( \d+ min)? igjen til fristen$"))
        page.context.close()


def test_the_countdown_lives(chromium: Browser, house: str) -> None:
    page = context_at(chromium, house, WIDTHS["phone"]).new_page()
    page.clock.install(time=datetime.now(UTC))
    sign_in(page)
    clock = page.locator("article").filter(has_text="Amanuel").locator("[data-clock]")
    page.clock.fast_forward("25:00:00")
    expect(clock.locator(".countdown")).to_contain_text("over fristen")
    assert clock.get_attribute("data-late") is not None
    page.context.close()


def test_everything_is_reached_with_the_keyboard_alone(chromium: Browser, house: str) -> None:
    page = context_at(chromium, house, WIDTHS["desk"]).new_page()
    page.goto("/logg-inn/")
    tab_to(page, "Idunn Havås")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/logg-inn/" not in url)
    page.keyboard.press("Tab")
    assert focused(page) == "Hopp til innholdet"
    page.keyboard.press("Enter")
    tab_to(page, "Ikke her Selam Luftslott")
    page.keyboard.press("Enter")
    page.wait_for_url("**/ikke-her/")
    tab_to(page, "Noter fraværet")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Selam Luftslott er ikke her")
    page.context.close()


def test_an_impatient_thumb_notes_one_absence(chromium: Browser, house: str) -> None:
    page = context_at(chromium, house, WIDTHS["phone"]).new_page()
    sign_in(page, "leder2")
    page.get_by_role("link", name="Ikke her Karim Skinnbarlig").click()
    page.get_by_role("button", name="Noter fraværet").dblclick()
    expect(page.get_by_role("heading", name="Hva som har skjedd")).to_be_visible()
    expect(page.get_by_role("listitem").filter(has_text="Ikke til stede: ikke på måltid")).to_have_count(1)
    page.context.close()


def test_a_page_that_looks_again_calls_nobody_back_who_is_on_her_way(chromium: Browser, house: str) -> None:
    page, again = context_at(chromium, house, WIDTHS["desk"]).new_page(), list[str]()
    page.clock.install()
    page.on("request", lambda asked: again.append(asked.url) if "?av-seg-selv=1" in asked.url else None)
    page.route("**/beboere/", waiting_for_the_worker)
    sign_in(page)
    page.goto("/beboere/")
    onward = page.get_by_role("link", name="Opptelling")
    onward.focus()
    page.clock.fast_forward("00:30")
    assert again == [], "she stands on a link"
    page.route("**/opptelling/", lambda route: route.fulfill(status=204))
    onward.evaluate("one => { one.click(); one.blur(); }")
    page.clock.fast_forward("00:30")
    assert again == [], "she has pressed it, and the next page has not come yet"
    page.goto("/beboere/")
    with page.expect_request("**/beboere/?av-seg-selv=1"):
        page.clock.fast_forward("00:30")
    page.context.close()


def waiting_for_the_worker(route: Route) -> None:
    """The page as it is while a letter waits."""
    answer = route.fetch()
    route.fulfill(response=answer, body=answer.text().replace("<main", "<main data-refresh", 1))


def test_what_a_page_has_to_say_throws_nobody_back_who_began_before_it_had_all_come(
    chromium: Browser, house: str
) -> None:
    page, held = context_at(chromium, house, WIDTHS["phone"]).new_page(), list[Route]()
    sign_in(page)
    page.route("**/beboere/", with_something_to_say)
    page.route("**/savnet*.js", lambda route: held.append(route))
    said = page.locator("h1[data-focus]")

    page.goto("/beboere/", wait_until="commit")
    last = page.locator("footer")
    last.scroll_into_view_if_needed()
    page.evaluate(DRAWN)
    there = last.bounding_box()
    let_come(held)
    expect(said).to_be_focused()
    assert last.bounding_box() == there, "she has scrolled"

    page.goto("/beboere/", wait_until="commit")
    wanted = page.get_by_role("searchbox").first
    wanted.focus()
    let_come(held)
    page.wait_for_load_state()
    expect(wanted).to_be_focused()
    page.context.close()


def test_nothing_slides_away_under_a_thumb_when_the_script_comes_late(chromium: Browser, house: str) -> None:
    page, held = context_at(chromium, house, WIDTHS["phone"]).new_page(), list[Route]()
    sign_in(page, "leder2")
    page.route("**/savnet/*.js", lambda route: held.append(route))
    page.goto("/beboere/", wait_until="commit")
    name = page.get_by_role("link", name="Nadia Fantasiva").first
    name.wait_for()
    page.evaluate(DRAWN)
    there = name.bounding_box()
    let_come(held)
    expect(page.get_by_label("Finn i listen")).to_be_visible()
    assert name.bounding_box() == there
    page.context.close()


def with_something_to_say(route: Route) -> None:
    """The page as it is after a press that led to it."""
    answer = route.fetch()
    route.fulfill(response=answer, body=answer.text().replace("<h1", '<h1 tabindex="-1" data-focus', 1))


DRAWN = """async () => {
  const frame = () => new Promise(requestAnimationFrame);
  await frame();
  await document.fonts.ready;
  await frame();
}"""
"""With its style sheets, without which no frame is drawn, and its fonts."""


def let_come(held: list[Route]) -> None:
    """The script that a slow line kept."""
    while held:
        held.pop().continue_()


def focused(page: Page) -> str:
    said = page.evaluate("document.activeElement.innerText || document.activeElement.value || ''")
    return " ".join(str(said).split())


def tab_to(page: Page, name: str) -> None:
    for _ in range(120):
        page.keyboard.press("Tab")
        if focused(page).startswith(name):
            return
    raise AssertionError(f"The keyboard does not reach «{name}».")
