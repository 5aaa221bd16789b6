"""Signing in with a passkey, at an issuer outside, and the minute before the session ends: in a real browser."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from browser.accessible import assert_accessible
from browser.conftest import WIDTHS, context_at
from browser.house import await_page, database, environment
from oidc import peer
from ports import free_port

PID = "20815400123"
AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@dataclass(frozen=True, slots=True)
class Signed:
    """A house that takes sign-ins from a provider."""

    address: str
    code: str


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Signed]:
    state, port = tmp_path_factory.mktemp("house"), free_port()
    state.chmod(0o711)
    address = f"http://localhost:{port}"
    back, home = f"{address}/logg-inn/hos/ansattporten/tilbake/", f"{address}/logg-inn/"
    with database(f"savnet_sign_in_{os.getpid()}") as url, peer.running(back, afterwards=home) as provider:
        provider.play()
        told = provider.settings().replace('"G-1"', '"D-01"')
        env = {**os.environ, **environment(state, url, port), "SAVNET_OUTSIDE_SIGN_IN": told}
        with (state / "house.log").open("wb") as log:
            process = subprocess.Popen([*COMMAND, "run"], env=env, stdout=log, stderr=subprocess.STDOUT)
        try:
            await_page(port, process, state / "house.log")
            savnet(env, "tie-identity", "nattevakt", "ansattporten", said=PID)
            yield Signed(address, savnet(env, "let-in", "leder"))
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(30)


COMMAND = (sys.executable, "-m", "savnet.running.command")


def savnet(env: dict[str, str], *words: str, said: str = "") -> str:
    """What a command of the operator's writes."""
    done = subprocess.run([*COMMAND, *words], env=env, input=said, capture_output=True, text=True, check=True)
    return done.stdout.strip()


@pytest.fixture
def browser(house: Signed, chromium: Browser) -> Iterator[BrowserContext]:
    context = context_at(chromium, house.address, WIDTHS["phone"], ignore_https_errors=True)
    yield context
    context.close()


def with_authenticator(page: Page) -> None:
    """The telephone has a finger to check."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})


def no_complaints(page: Page) -> list[str]:
    """What the browser refuses or breaks on is collected here."""
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    return said


def test_somebody_new_makes_a_passkey_and_signs_in_with_it_alone(house: Signed, browser: BrowserContext) -> None:
    page = browser.new_page()
    complaints = no_complaints(page)
    with_authenticator(page)
    page.goto("/logg-inn/kode/")
    assert_accessible(page)
    page.get_by_label("Brukernavn").fill("leder")
    page.get_by_label("Koden du har fått").fill(house.code)
    page.get_by_role("button", name="Gå videre").click()
    page.get_by_role("button", name="Lag en passnøkkel på denne enheten").wait_for()
    assert_accessible(page)
    page.get_by_role("button", name="Lag en passnøkkel på denne enheten").click()
    expect(page.get_by_role("heading", name="Skriv ned reservekodene")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("link", name="Jeg har tatt vare på dem").click()
    page.goto("/konto/")
    expect(page.get_by_text("Passnøkkel fra")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("button", name="Logg ut", exact=True).click()
    page.get_by_text("Logg inn med passord").click()
    page.get_by_role("button", name="Logg inn med passnøkkel").click()
    expect(page.get_by_role("button", name="Logg ut", exact=True)).to_be_visible()
    assert complaints == []


def test_in_from_ansattporten_and_out_there_too(house: Signed, browser: BrowserContext) -> None:
    page = browser.new_page()
    complaints = no_complaints(page)
    page.goto("/logg-inn/")
    page.get_by_text("Logg inn med passord").click()
    page.get_by_role("link", name="Logg inn med Ansattporten").click()
    page.wait_for_url(f"{house.address}/")
    expect(page.get_by_role("link", name="Solveig Nattås")).to_be_visible()
    assert complaints == [], "before we leave: the provider's own page wants fonts from elsewhere"
    page.get_by_role("button", name="Logg ut", exact=True).click()
    page.wait_for_url(re.compile("/session/end"))


def test_what_unfolds_is_there_at_once_so_that_nothing_slides_away_under_a_tap(
    house: Signed, browser: BrowserContext
) -> None:
    page = browser.new_page()
    page.goto("/logg-inn/")
    page.get_by_text("Logg inn med passord").click()
    last = page.get_by_role("link", name="Ny her, eller mistet telefonen?")
    seen = last.evaluate(WHERE_IT_STANDS)
    assert len(set(seen)) == 1, seen


WHERE_IT_STANDS = """async (one) => {
  one.scrollIntoView({ block: 'center' });
  const seen = [];
  for (let frame = 0; frame < 30; frame++) {
    seen.push(Math.round(one.getBoundingClientRect().y));
    await new Promise(requestAnimationFrame);
  }
  return seen;
}"""
"""In pixels from the top of the screen, for half a second."""


def test_a_minute_before_the_end_she_is_asked_and_can_go_on(house: Signed, browser: BrowserContext) -> None:
    page = browser.new_page()
    complaints = no_complaints(page)
    page.clock.install()
    page.goto("/logg-inn/")
    page.locator("button[name=demo]").first.click()
    page.get_by_role("link", name="Beboere").click()
    page.wait_for_load_state()
    page.route("**/okt/", lambda route: route.fulfill(json=ANSWER[route.request.method]))
    page.clock.fast_forward("14:10")
    dialog = page.get_by_role("dialog", name="Er du der fortsatt?")
    expect(dialog).to_be_visible()
    assert_accessible(page)
    dialog.get_by_role("button", name="Fortsett").click()
    expect(dialog).to_be_hidden()
    assert complaints == []


ANSWER = {"GET": {"left": 50, "most": 20000}, "POST": {"left": 900, "most": 20000}}
"""What the server would say; its own clock can't be turned forward from here."""


def test_what_no_page_may_do_the_browser_refuses(house: Signed, browser: BrowserContext) -> None:
    page = browser.new_page()
    page.goto("/logg-inn/")
    refused = page.evaluate(
        "() => { try { document.body.innerHTML = '<b>x</b>'; return 'let through'; } catch (e) { return e.name; } }"
    )
    assert refused == "TypeError"
