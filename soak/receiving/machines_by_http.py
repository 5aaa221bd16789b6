"""The same programs over a real line, and scanners in a real Chromium: they open the link and do all that script can.

The house's pages are served by its own web server in a process of its own.
"""

import os
import shutil
import socket
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from http.client import HTTPConnection
from random import Random

from django.core.wsgi import get_wsgi_application
from django.db import connections
from playwright.sync_api import Browser, Error, Page, sync_playwright
from waitress import serve

from savnet.policy.receipts import WRONG_WITHIN
from soak.forks import fork, killed
from soak.house import House
from soak.receiving.apart import apart
from soak.receiving.letters import Sent, drawn_name, received, sent, shown_as_received
from soak.receiving.machines import MACHINES, address
from soak.receiving.tally import Tally

LETTERS = 6
LIKE_THE_APP = ("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking")
SETTLES = 150
"""Milliseconds that a scanner gives a page to do what it does by itself."""
TRIES_EVERYTHING = """async (digits) => {
  for (const field of document.querySelectorAll('input, textarea, select')) {
    if (field.type === 'radio' || field.type === 'checkbox') field.click();
    else if (field.tagName === 'SELECT') field.selectedIndex = field.options.length - 1;
    else field.value = digits || field.placeholder || 'test';
    for (const kind of ['input', 'change', 'blur']) field.dispatchEvent(new Event(kind, {bubbles: true}));
  }
  for (const link of document.links) fetch(link.href, {credentials: 'include'}).catch(() => 0);
  for (const form of document.forms) {
    const body = new URLSearchParams(new FormData(form));
    await fetch(form.action, {method: 'POST', body}).catch(() => 0);
    navigator.sendBeacon(form.action, body);
  }
  const button = document.querySelector('form button');
  if (button) button.click();
}"""


@contextmanager
def pages() -> Iterator[int]:
    """The house's pages by its own web server, in a process of its own; gives the port."""
    with socket.socket() as ours:
        ours.bind(("127.0.0.1", 0))
        ours.listen(64)
        connections.close_all()
        process = fork(lambda: serve(get_wsgi_application(), sockets=[ours], threads=4, _quiet=True))
        try:
            yield ours.getsockname()[1]
        finally:
            killed(process)


def line_to(port: int, method: str, path: str, source: str, *, body: bytes = b"", **headers: str) -> tuple[int, str]:
    """One request over the wire. Where it comes from can't be chosen there."""
    kind = headers.pop("content_type", "")
    wire = HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        wire.request(method, path, body, {**headers, **({"Content-Type": kind} if kind else {})})
        answer = wire.getresponse()
        return answer.status, answer.read().decode("utf-8", "replace")
    finally:
        wire.close()


def by_http(home: House, attempts: int, *, browsed: int, random: Random) -> Tally:
    """All of it, in a process of its own."""
    with pages() as port:
        return apart(partial(_live, home, port, attempts, browsed, random.getrandbits(32))).result()


def _live(home: House, port: int, attempts: int, browsed: int, seed: int) -> Tally:
    random, tally = Random(seed), Tally()  # noqa: S311 - a plan, and no secret
    letters = [one for number in range(LETTERS // 2) for one in sent(home, 900_000 + number)]
    tally.letters = len(letters)
    fetching = {name: one for name, one in MACHINES.items() if "guess" not in name and "another" not in name}
    while tally.attempts < attempts:
        name, one = random.choice(list(fetching)), random.choice(letters)
        one.again()
        times = fetching[name][0](partial(line_to, port), one, random)
        _check(tally, f"{name}, over the wire", letters, times)
    if browsed:
        browse(port, letters, browsed, random=random, tally=tally)
    # All come from one address here, and it rests after so many wrong codes, for people too.
    home.clock.pass_by(WRONG_WITHIN)
    confirm_all(port, letters, random, tally)
    return tally


def _check(tally: Tally, kind: str, letters: list[Sent], times: int) -> None:
    tally.tries[kind] += times
    if received(letters) != (0, 0) and not tally.false:
        tally.false.append(f"{kind}: a letter is received")


def browse(port: int, letters: list[Sent], times: int, *, random: Random, tally: Tally) -> None:
    """As many scanners in a real browser, each on a letter drawn."""
    path = os.environ.get("SAVNET_CHROMIUM") or shutil.which("chromium")
    if path is None:
        raise RuntimeError("Chromium is not there. Install it, or name it in SAVNET_CHROMIUM.")
    with chromium(path) as open_and_try:
        for _ in range(times):
            one = random.choice(letters)
            one.again()
            open_and_try(f"http://127.0.0.1:{port}{address(one)}", random)
            one.wrong += 4
            _check(tally, "scanner in Chromium that runs script, fills in and sends", letters, 1)


@contextmanager
def chromium(path: str) -> Iterator[Callable[[str, Random], None]]:
    """A real browser; gives what scans a link in it.

    Its driver runs a loop, and where one runs the database may not be asked: so it has a thread of its own.
    """
    with ThreadPoolExecutor(max_workers=1) as aside:
        driver = aside.submit(sync_playwright().start).result()
        try:
            started = partial(driver.chromium.launch, executable_path=path, args=list(LIKE_THE_APP))
            browser = aside.submit(started).result()
            yield lambda link, random: aside.submit(scan, browser, link, random).result()
            aside.submit(browser.close).result()
        finally:
            aside.submit(driver.stop).result()


def scan(browser: Browser, link: str, random: Random) -> None:
    """Open it, let it run, fill in, follow, send and press everything twice, and Enter."""
    context = browser.new_context()
    try:
        page: Page = context.new_page()
        page.goto(link)
        page.wait_for_timeout(SETTLES)
        for digits in ("", f"{random.randrange(10**8):08}"):
            page.evaluate(TRIES_EVERYTHING, digits)
            page.wait_for_timeout(SETTLES)
        page.keyboard.press("Enter")
        page.wait_for_timeout(SETTLES)
    except Error as refused:
        if "context was destroyed" not in str(refused):  # the page went on while the script was still at it
            raise
    finally:
        context.close()


def confirm_all(port: int, letters: list[Sent], random: Random, tally: Tally) -> None:
    """Then a person at each receiver confirms, over the same line."""
    for one in letters:
        one.again()
        name = drawn_name(random)
        said = f"code={one.secret.code}&by_name={name.replace(' ', '+')}&reference=1&whose=ours".encode()
        form = "application/x-www-form-urlencoded"
        line_to(port, "POST", address(one), "", body=said, content_type=form)
        tally.confirmed += 1
        tally.counted += "the derivation" in shown_as_received(one)
