"""What the main journeys consist of, done by whichever hand."""

from collections.abc import Callable
from time import monotonic

from allauth.mfa.totp.internal import auth as totp
from playwright.sync_api import Page

from browser.hands import Hand

WORKER = 60.0


def sign_in(hand: Hand, who: str) -> None:
    """By the demo's own button, unless she is signed in already; signing in is a journey of its own."""
    page = hand.page
    if hand.signed_in == who:
        page.goto("/")
        return
    sign_out(hand)
    page.goto("/logg-inn/")
    page.locator(f"button[value='{who}']").click()
    page.wait_for_url(lambda url: "/logg-inn/" not in url)
    hand.signed_in = who


def sign_out(hand: Hand) -> None:
    hand.page.context.clear_cookies()
    hand.signed_in = ""


def code_of(its: dict[str, str]) -> str:
    """What the telephone shows, or will show next where that one is spent."""
    _earlier, now, _later = totp.yield_hotp_counters_from_time()
    counter = max(now, int(its["spent"]) + 1)
    return str(totp.format_hotp_value(totp.hotp_value(its["secret"], counter)))


def answer(hand: Hand) -> None:
    """What stands open of the questions: one in words, the rest nobody knows."""
    page = hand.page
    for group in page.get_by_role("group").all():
        unknown = group.get_by_label("Vet ikke", exact=True)
        if unknown.count() != 1 or group.locator("input:checked").count():
            continue
        if "hvor barnet kan være" in group.inner_text():
            hand.write(page.get_by_label("Hva er dere bekymret for?"), "Vi er redde for at en voksen utnytter barnet.")
        hand.choose(unknown)


def call_everyone(hand: Hand) -> None:
    page = hand.page
    while (calls := page.locator("a[href*='/ring/']")).count():
        hand.press(calls.first)
        hand.choose(page.get_by_label("Ja, fikk gitt beskjed"))
        hand.choose(page.get_by_label("Nei, de visste ingenting"))
        hand.press(page.get_by_role("button", name="Noter samtalen"))
        hand.hear("Samtalen er notert.")


def until(page: Page, done: Callable[[], bool]) -> None:
    """Load the page anew until the worker has done its part."""
    latest = monotonic() + WORKER
    while not done():
        assert monotonic() < latest, page.locator("main").inner_text()
        page.wait_for_timeout(500)
        page.reload()
