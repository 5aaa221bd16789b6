"""The banner in a page that lies open: it comes by itself, goes by itself, and comes too when nothing answers."""

from playwright.sync_api import Page, Route, expect

ASKED = "**/vakt/*"
SILENT = '<div data-told><div role="alert"><h2>Savnet sender ikke av seg selv nå</h2></div></div>'
ROUND = 11_000


def open_page(page: Page) -> None:
    page.clock.install()
    page.goto("/beboere/")
    expect(page.locator("[data-watch] [role=alert]")).to_have_count(0)


def round_of(page: Page, milliseconds: int = ROUND) -> None:
    page.clock.fast_forward(milliseconds)
    page.wait_for_timeout(300)


def test_the_banner_comes_and_goes_by_itself(page: Page) -> None:
    open_page(page)
    page.route(ASKED, lambda route: route.fulfill(body=SILENT, content_type="text/html; charset=utf-8"))
    round_of(page)
    expect(page.get_by_role("alert")).to_contain_text("sender ikke av seg selv")
    page.unroute(ASKED)
    round_of(page)
    expect(page.locator("[data-watch] [role=alert]")).to_have_count(0)


def test_a_house_that_has_gone_is_told_after_the_second_try(page: Page) -> None:
    open_page(page)
    tries: list[str] = []

    def broken(route: Route) -> None:
        # An answer that is no banner: no error in the console, and no trust either.
        tries.append(route.request.url)
        route.fulfill(body="<p>", content_type="text/html")

    page.route(ASKED, broken)
    round_of(page)
    expect(page.locator("[data-watch] [role=alert]")).to_have_count(0)
    round_of(page, 4_000)
    expect(page.get_by_role("alert")).to_contain_text("Savnet svarer ikke nå")
    assert len(tries) == 2
    page.unroute(ASKED)
    round_of(page, 4_000)
    expect(page.locator("[data-watch] [role=alert]")).to_have_count(0)
