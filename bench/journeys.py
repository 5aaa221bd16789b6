"""From a cold sign-in until every notice is sent, and an emergency opening: in a real browser, at a person's pace.

The whole house runs, with worker and post room. Each run is another child, in a browser that has never been here: by
the keyboard alone at a desk, and by thumb on a telephone. What a person's pace is stands in `bench/hands.py`.
Run: python -m bench.journeys [how many runs of each]
"""

import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import monotonic, sleep
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.ground")
sys.path.append(str(Path(__file__).resolve().parents[1] / "tests"))

import django

django.setup()

import psycopg  # noqa: E402 - Django must be set up before what follows can be read
from playwright.sync_api import Browser, BrowserContext, CDPSession, Page, expect, sync_playwright  # noqa: E402

from bench.hands import Hand, Keyboard, Thumb  # noqa: E402
from bench.machine import machine  # noqa: E402
from browser.conftest import ARGUMENTS  # noqa: E402
from browser.house import await_page, database, environment  # noqa: E402
from ports import free_port  # noqa: E402

COMMAND = (sys.executable, "-m", "savnet.running.command")
GUARD = "nattevakt2"
AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}
FINGER = 1.5
"""Seconds until the device has recognised a finger."""
DESK: dict[str, Any] = {"viewport": {"width": 1280, "height": 900}}
PHONE: dict[str, Any] = {
    "viewport": {"width": 360, "height": 740},
    "device_scale_factor": 3,
    "is_mobile": True,
    "has_touch": True,
}
WAYS: dict[str, tuple[type[Hand], dict[str, Any]]] = {"keyboard": (Keyboard, DESK), "touch": (Thumb, PHONE)}
PATIENCE = 60_000
WORKER = 120.0
NOT_SENT = """SELECT count(*) FROM delivery_message m JOIN cases_case c ON c.id = m.case_id
    JOIN register_resident r ON r.id = c.resident_id WHERE r.family_name = %s
    AND NOT EXISTS (SELECT 1 FROM delivery_attempt a WHERE a.message_id = m.id AND a.outcome = 'accepted')"""
SENT_TO = """SELECT m.obligation, m.recipient_name, m.channel FROM delivery_message m
    JOIN cases_case c ON c.id = m.case_id
    JOIN register_resident r ON r.id = c.resident_id WHERE r.family_name = %s ORDER BY m.composed_at, m.obligation"""
CHILDREN = """
from datetime import date, timedelta
from django.utils import timezone
from savnet.register.models import Appointment, Centre, Contact, Resident
home, now = Centre.objects.get(number="D-02"), timezone.now()
for number in range({many}):
    child = Resident.objects.create(centre=home, given_name="Samir", family_name=f"Målt{{number}}", citizenship="Syria",
        languages="arabisk", born=date(now.year - 16, 1, 1), sex="male", description="Cirka 170 cm, kort svart hår.",
        clothing="Blå boblejakke.", room="12", unaccompanied=True)
    for kind in ("representative", "lawyer"):
        Contact.objects.create(resident=child, kind=kind, name="Rita Fiktivsen", phone="+47 00 88 00 10")
    for kind in ("arrival_interview", "asylum_interview"):
        Appointment.objects.create(resident=child, kind=kind, at=now + timedelta(days=2))
"""


@dataclass(frozen=True, slots=True)
class House:
    """The house that runs, its database, and the passkey of the one who works there."""

    address: str
    database: str
    env: dict[str, str]

    def asked(self, sql: str, *values: Any) -> list[Any]:
        with psycopg.connect(self.database) as connection:
            return connection.execute(sql, values).fetchall()


@dataclass(frozen=True, slots=True)
class Went:
    """One run: seconds and presses until each mark."""

    way: str
    seconds: dict[str, float]
    presses: int
    keys: int


@contextmanager
def house(children: int) -> Iterator[House]:
    """The whole house, with so many children more of whom everything will be owed."""
    state, port = Path(tempfile.mkdtemp(prefix="savnet-journeys-")), free_port()
    state.chmod(0o711)
    with database(f"savnet_journeys_{os.getpid()}") as url, (state / "house.log").open("wb") as log:
        env = {**os.environ, **environment(state, url, port)}
        process = subprocess.Popen([*COMMAND, "run"], env=env, stdout=log, stderr=subprocess.STDOUT)  # noqa: S603 - our own
        try:
            await_page(port, process, state / "house.log")
            made = CHILDREN.format(many=children)
            subprocess.run([sys.executable, "-m", "django", "shell", "-v0", "-c", made], env=env, check=True)  # noqa: S603 - our own
            yield House(f"http://localhost:{port}", url, env)
        finally:
            process.terminate()
            process.wait(60)
            shutil.rmtree(state, ignore_errors=True)


def keys_of(session: CDPSession) -> str:
    """A new authenticator in the browser of this session."""
    session.send("WebAuthn.enable")
    added = session.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
    return str(added["authenticatorId"])


@dataclass
class Passkey:
    """What the guard's own device keeps from one day to the next."""

    kept: dict[str, Any]

    def on(self, page: Page) -> Callable[[], None]:
        """Put it into this browser; what is given back takes it out again, as it then is."""
        session = page.context.new_cdp_session(page)
        device = keys_of(session)
        session.send("WebAuthn.addCredential", {"authenticatorId": device, "credential": self.kept})

        def take_out() -> None:
            self.kept = session.send("WebAuthn.getCredentials", {"authenticatorId": device})["credentials"][0]

        return take_out


def first_passkey(browser: Browser, at: House) -> Passkey:
    """Made beforehand, once, with the code that the operator gives."""
    code = subprocess.run(  # noqa: S603 - our own
        [*COMMAND, "let-in", GUARD], env=at.env, check=True, capture_output=True, text=True
    ).stdout.strip()
    context = opened(browser, at, DESK)
    page = context.new_page()
    session = context.new_cdp_session(page)
    device = keys_of(session)
    page.goto("/logg-inn/kode/")
    page.get_by_label("Brukernavn").fill(GUARD)
    page.get_by_label("Koden du har fått").fill(code)
    page.get_by_role("button", name="Gå videre").click()
    page.get_by_role("button", name="Lag en passnøkkel på denne enheten").click()
    expect(page.get_by_role("heading", name="Skriv ned reservekodene")).to_be_visible()
    kept = session.send("WebAuthn.getCredentials", {"authenticatorId": device})["credentials"][0]
    context.close()
    return Passkey(kept)


def opened(browser: Browser, at: House, screen: dict[str, Any]) -> BrowserContext:
    context = browser.new_context(base_url=at.address, locale="nb-NO", **screen)
    context.set_default_timeout(PATIENCE)
    expect.set_options(timeout=PATIENCE)
    return context


def sign_in(hand: Hand) -> None:
    """Cold: nothing of ours is in the browser."""
    page = hand.page
    page.goto("/logg-inn/")
    hand.look()
    hand.press(page.locator("summary", has_text="Logg inn med passord"))
    hand.press(page.get_by_role("button", name="Logg inn med passnøkkel"))
    hand.wait(FINGER)
    page.wait_for_url(lambda url: "/logg-inn/" not in url)
    hand.look()


def report(hand: Hand, name: str) -> None:
    """Not here; gone; the nine questions; send."""
    page = hand.page
    if (jump := page.get_by_role("link", name="Noen er ikke her")).is_visible():  # only on a narrow screen
        hand.press(jump)
    hand.press(page.get_by_role("link", name=f"Ikke her {name}"))
    page.wait_for_url("**/ikke-her/")
    hand.look()
    hand.press(page.get_by_role("button", name="Noter fraværet"))
    expect(page.get_by_role("heading", name=name)).to_be_visible()
    hand.look()
    hand.press(page.get_by_role("link", name="Grunn til å tro at barnet har forsvunnet"))
    hand.write(page.get_by_label("Hvorfor tror dere det?"), "Sekken er borte, og telefonen er avslått.")
    hand.press(page.get_by_role("button", name="Ja, gå videre og meld savnet"))
    expect(page.get_by_role("heading", name="Meld savnet")).to_be_visible()
    hand.look()
    answer(hand)
    hand.press(page.get_by_role("button", name="Send alt"))
    expect(page.get_by_role("status")).to_contain_text("Meldingene er laget.")


def answer(hand: Hand) -> None:
    """What stands open of the questions, in the order of the page: one in words of one's own, the rest nobody knows."""
    page = hand.page
    for group in page.get_by_role("group").all():
        asked = group.inner_text()
        if "eiendelene sine" in asked:
            hand.choose(group.get_by_label("Ja", exact=True))
            hand.write(page.get_by_label("Hva er borte, og hva ligger igjen"), "Sekken er borte, jakka henger igjen.")
        elif group.get_by_label("Vet ikke", exact=True).count() == 1 and not group.locator("input:checked").count():
            if "hvor barnet kan være" in asked:
                worry = "Vi er redde for at en voksen utnytter barnet."
                hand.write(page.get_by_label("Hva er dere bekymret for?"), worry)
            hand.choose(group.get_by_label("Vet ikke", exact=True))


def call_and_register(hand: Hand) -> None:
    """Note both calls and what was entered in Sesam. The talks, and Sesam's own screens, take no time here."""
    page = hand.page
    while (calls := page.locator("a[href*='/ring/']")).count():
        hand.press(calls.first)
        expect(page.locator("a[href^='tel:']").first).to_be_visible()
        hand.look()
        hand.choose(page.get_by_label("Ja, fikk gitt beskjed"))
        hand.choose(page.get_by_label("Nei, de visste ingenting"))
        hand.press(page.get_by_role("button", name="Noter samtalen"))
        expect(page.get_by_role("status")).to_contain_text("Samtalen er notert.")
    hand.press(page.get_by_role("link", name="Registrer i Sesam"))
    hand.look()
    hand.press(page.get_by_role("button", name="Det er registrert"))
    expect(page.get_by_role("status")).to_contain_text("Registrert er notert.")


def until_sent(at: House, family: str) -> None:
    """Until the worker has sent every notice that goes by itself."""
    until = monotonic() + WORKER
    while at.asked(NOT_SENT, family)[0][0]:
        if monotonic() > until:
            raise AssertionError(f"Not sent: {at.asked(SENT_TO, family)}")
        sleep(0.1)


def tell_everyone(hand: Hand, at: House, family: str) -> Iterator[str]:
    """The whole way, mark by mark."""
    sign_in(hand)
    yield "signed in"
    report(hand, f"Samir {family}")
    yield "«Send alt» answered"
    until_sent(at, family)
    yield "all written notices sent"
    call_and_register(hand)
    until_sent(at, family)
    yield "calls and Sesam noted too"


def break_the_glass(hand: Hand, at: House, family: str) -> Iterator[str]:
    """From the front page of somebody signed in to the child's page at another centre."""
    sign_in(hand)
    yield "signed in"
    page = hand.page
    hand.press(page.get_by_role("link", name="Nødåpning"))
    page.wait_for_url("**/nodapning/**")
    hand.write(page.get_by_label("Hvem gjelder det?"), "Omid Prøvestad", own_words=False)
    hand.choose(page.get_by_label("Barnet er her hos oss"))
    hand.press(page.get_by_role("button", name="Åpne nå"))
    expect(page.get_by_role("heading", name="Omid Prøvestad")).to_be_visible()
    yield "the child's page is open"


Journey = Callable[[Hand, House, str], Iterator[str]]
JOURNEYS: dict[str, Journey] = {"all notices": tell_everyone, "break-glass": break_the_glass}


def run(browser: Browser, at: House, passkey: Passkey, *, way: str, family: str, journey: Journey) -> Went:
    """One journey in a browser that has never been here."""
    kind, screen = WAYS[way]
    context = opened(browser, at, screen)
    try:
        page = context.new_page()
        take_out, hand = passkey.on(page), kind(page, random.Random(family + way))  # noqa: S311 - the same pauses again
        begun, seconds = monotonic(), dict[str, float]()
        for mark in journey(hand, at, family):
            seconds[mark] = monotonic() - begun
        with suppress(Exception):
            take_out()
        return Went(way, seconds, hand.presses, hand.keys)
    finally:
        context.close()


def say(name: str, went: list[Went]) -> None:
    """Each run, and the median of each mark."""
    for way in WAYS:
        these = [one for one in went if one.way == way]
        for mark in these[0].seconds:
            times = sorted(one.seconds[mark] for one in these)
            sys.stdout.write(
                f"  {name}, {way}, {mark}: median {median(times):.0f} s ({', '.join(f'{t:.0f}' for t in times)})\n"
            )
        presses, keys = median(one.presses for one in these), median(one.keys for one in these)
        sys.stdout.write(f"  {name}, {way}: {presses:.0f} presses, taps and swipes, and {keys:.0f} letters typed\n")
    sys.stdout.flush()


def main(runs: int = 5) -> None:
    """Each journey each way, so many times."""
    sys.stdout.write(f"journeys: {machine()}\n")
    path = os.environ.get("SAVNET_CHROMIUM") or shutil.which("chromium")
    with house(runs * len(WAYS)) as at, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        passkey = first_passkey(browser, at)
        for name, journey in JOURNEYS.items():
            went = []
            for number, way in enumerate([*WAYS] * runs):
                went.append(run(browser, at, passkey, way=way, family=f"Målt{number}", journey=journey))
                sys.stdout.write(f"    {name}, {way}: {went[-1]}\n")
                sys.stdout.flush()
            say(name, went)
        for obligation, receiver, channel in at.asked(SENT_TO, "Målt0"):
            sys.stdout.write(f"  sent: {obligation} to {receiver} by {channel}\n")
        browser.close()


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]))
