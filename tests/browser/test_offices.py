"""Two offices in a real browser, on the demo's house (the region on a phone, ASA at a desk)."""

import pytest
from playwright.sync_api import Browser, Page, expect

from browser.accessible import assert_accessible
from browser.conftest import WIDTHS, context_at, sign_in


def opened(browser: Browser, house: str, who: str, width: str) -> Page:
    page = context_at(browser, house, WIDTHS[width]).new_page()
    sign_in(page, who)
    return page


@pytest.mark.slow
def test_the_region_says_where_the_child_is_to_live_and_enters_it(chromium: Browser, house: str) -> None:
    page = opened(chromium, house, "region", "phone")
    expect(page.get_by_role("heading", name="UDI Regionkontor Fjord")).to_be_visible()
    page.get_by_role("link", name="Åpne saken Bilal Tenktahmed").click()
    page.get_by_role("link", name="Avklare hvor barnet skal bo").click()
    page.get_by_label("Hvor skal barnet bo?").fill("Solvær transittmottak")
    page.get_by_role("button", name="Noter").click()
    page.get_by_role("link", name="Registrere barnet og ny adresse i Sesam").click()
    expect(page.get_by_role("button", name="Kopier DUF-nummer")).to_be_visible()
    expect(page.get_by_label("Hvilken adresse førte dere opp?")).to_have_value("Solvær transittmottak")
    assert_accessible(page)
    page.get_by_role("button", name="Det er registrert").click()
    expect(page.get_by_text("Registrert er notert.")).to_be_visible()
    expect(page.get_by_text("Dere har ingenting ugjort i saken nå.")).to_be_visible()
    page.context.close()


@pytest.mark.slow
def test_asa_assesses_and_asks_the_police(chromium: Browser, house: str) -> None:
    page = opened(chromium, house, "asa", "desk")
    page.get_by_role("link", name="Åpne saken Bilal Tenktahmed").click()
    page.get_by_role("link", name="Vurdere om barnet skal innom politiet eller UDI først").click()
    page.get_by_role("group", name="Trenger asylsaken flere opplysninger?").get_by_label("Ja").check()
    page.get_by_label("Først til det lokale politiet").check()
    page.get_by_role("button", name="Noter").click()
    page.get_by_role("link", name="Be politiet hente inn flere opplysninger").click()
    page.get_by_label("Hva skal politiet innhente?").fill("Spør om reiseruten.")
    assert_accessible(page)
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.get_by_text("Sendt videre.")).to_be_visible()
    page.context.close()
