"""The main journeys, each to its end, in each way that somebody may have to use the pages."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from browser.conftest import PATIENCE
from browser.hands import Hand
from browser.house import House, told
from browser.senses import HANDS
from browser.signing_in import PASSWORD
from browser.steps import answer, call_everyone, code_of, sign_in, sign_out, until

pytestmark = pytest.mark.slow
TO_BE_MENDED = "Dette må rettes"


@pytest.fixture(scope="module")
def prepared(the_house: House) -> dict[str, dict[str, str]]:
    """What each way needs to know of its own people and children."""
    found: dict[str, dict[str, str]] = json.loads(told(the_house, "browser.prepared", *HANDS))
    return found


@pytest.fixture(scope="module", params=HANDS)
def way(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def its(way: str, prepared: dict[str, dict[str, str]]) -> dict[str, str]:
    return prepared[way]


@pytest.fixture(scope="module")
def hand(way: str, chromium: Browser, house: str) -> Iterator[Hand]:
    """Who uses the pages that way, in one window for all her journeys: a new one costs more than most pages."""
    kind = HANDS[way]
    options: dict[str, Any] = kind.screen
    context = chromium.new_context(base_url=house, locale="nb-NO", **options)
    context.set_default_timeout(PATIENCE)
    one = kind(context.new_page())
    one.begin()
    yield one
    context.close()


def test_signing_in_with_password_and_code(hand: Hand, its: dict[str, str]) -> None:
    page = hand.page
    sign_out(hand)
    page.goto("/logg-inn/")
    hand.press(page.locator("summary", has_text="Logg inn med passord"))
    hand.press(page.get_by_role("button", name="Logg inn", exact=True))
    hand.hear(TO_BE_MENDED)
    hand.write(page.get_by_label("Brukernavn"), its["guard"])
    hand.write(page.get_by_label("Passord"), PASSWORD)
    hand.press(page.get_by_role("button", name="Logg inn", exact=True))
    hand.arrive("Bekreft at det er deg")
    hand.write(page.get_by_label("Kode", exact=True), code_of(its))
    hand.press(page.get_by_role("button", name="Logg inn", exact=True))
    hand.arrive("I dag")
    hand.look()
    hand.signed_in = its["guard"]


def test_from_not_here_until_all_is_sent_and_back_again(hand: Hand, its: dict[str, str]) -> None:
    page, child = hand.page, its["gone"]
    sign_in(hand, its["guard"])
    hand.press(page.get_by_role("link", name=f"Ikke her {child}"))
    hand.press(page.get_by_role("button", name="Noter fraværet"))
    hand.hear(f"{child} er ikke her")
    hand.press(page.get_by_role("link", name="Grunn til å tro at barnet har forsvunnet"))
    hand.write(page.get_by_label("Hvorfor tror dere det?"), "Sekken er borte.")
    hand.press(page.get_by_role("button", name="Ja, gå videre og meld savnet"))
    hand.arrive("Meld savnet")
    answer(hand)
    hand.press(page.get_by_role("button", name="Send alt"))
    hand.hear("Meldingene er laget.")
    call_everyone(hand)
    hand.press(page.get_by_role("link", name="Registrer i Sesam"))
    hand.press(page.get_by_role("button", name="Det er registrert"))
    hand.hear("Registrert er notert.")
    until(page, lambda: page.locator("[data-refresh]").count() == 0)
    come_back(hand)
    for once in ("Ikke til stede", "Grunn til å tro at barnet har forsvunnet", "Kommet til rette"):
        happened = page.locator(".sv-timeline > li").filter(has_text=once)
        assert happened.count() == 1, f"«{once}»: {happened.all_inner_texts()}"


def come_back(hand: Hand) -> None:
    page = hand.page
    hand.press(page.get_by_role("link", name="Barnet er kommet til rette"))
    hand.press(page.get_by_role("button", name="Noter at barnet er kommet til rette"))
    hand.press(page.get_by_role("link", name="Gi skriftlig beskjed til alle"))
    hand.press(page.get_by_role("button", name="Send alle"))
    hand.hear("Sendt videre.")
    hand.look()


def test_counting_everyone(hand: Hand, its: dict[str, str]) -> None:
    page = hand.page
    sign_in(hand, its["guard"])
    hand.press(page.get_by_role("navigation", name="Hovedmeny").get_by_role("link", name="Opptelling"))
    row = page.locator("li", has_text=its["counted"])
    hand.press(row.get_by_role("button", name="Ikke her"))
    expect(row.locator("[data-said]")).to_contain_text("Ikke her")
    hand.hear("gjenstår")
    here = row.get_by_role("button", name=re.compile(r"^Her\b"))
    hand.press(here)
    expect(row.locator("[data-said]")).to_contain_text("Her,")
    expect(here).to_have_attribute("aria-pressed", "true")
    hand.stay(here)
    hand.look()


def test_breaking_the_glass(hand: Hand, its: dict[str, str]) -> None:
    page = hand.page
    sign_in(hand, its["guard"])
    hand.press(page.get_by_role("link", name="Nødåpning"))
    hand.arrive("Åpne en sak i nødstilfelle")
    hand.write(page.get_by_label("Hvem gjelder det?"), its["elsewhere"])
    hand.choose(page.get_by_label("Barnet er her hos oss"))
    hand.press(page.get_by_role("button", name="Åpne nå"))
    hand.arrive(its["elsewhere"])
    hand.hear("Saken er åpen for deg i én time.")
    hand.look()


def test_the_second_of_two_confirms(hand: Hand, its: dict[str, str]) -> None:
    page = hand.page
    sign_in(hand, its["guard"])
    hand.press(page.get_by_role("link", name="Se forslagene"))
    hand.arrive("Venter på en til")
    hand.press(page.locator("li", has_text=its["found"]).get_by_role("link").first)
    hand.press(page.get_by_role("button", name="Bekreft", exact=True))
    hand.hear("Bekreftet. Det er gjort.")
    hand.look()


def test_the_receiver_confirms(hand: Hand, its: dict[str, str]) -> None:
    page = hand.page
    sign_out(hand)
    page.goto(f"/k/{its['token']}/")
    hand.arrive("Har dere fått meldingen?")
    hand.press(page.get_by_role("button", name="Send svaret"))
    hand.hear("Noe må rettes")
    hand.write(page.get_by_label("Kode"), its["code"])
    hand.write(page.get_by_label("Navnet ditt"), "Vakt Barnås")
    hand.write(page.get_by_label("Deres referanse"), "77-PRØVE")
    hand.press(page.get_by_role("button", name="Send svaret"))
    hand.arrive("Takk")
    hand.hear("notert at dere har mottatt meldingen")
    hand.look()


def test_the_region_says_where_the_child_is_to_live(hand: Hand, its: dict[str, str]) -> None:
    page = hand.page
    sign_in(hand, "region-vidda")
    hand.press(page.get_by_role("link", name=f"Åpne saken {its['back']}"))
    hand.arrive(its["back"])
    hand.press(page.get_by_role("link", name="Avklare hvor barnet skal bo"))
    hand.press(page.get_by_role("button", name="Noter"))
    hand.hear(TO_BE_MENDED)
    hand.write(page.get_by_label("Hvor skal barnet bo?"), "Vidda mottak")
    hand.press(page.get_by_role("button", name="Noter"))
    hand.press(page.get_by_role("link", name="Registrere barnet og ny adresse i Sesam"))
    hand.press(page.get_by_role("button", name="Det er registrert"))
    hand.hear("Registrert er notert.")
    hand.look()
