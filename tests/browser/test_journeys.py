"""The two journeys of the issue, by a night guard in a real browser, on the whole house with worker and post room."""

from collections.abc import Callable
from time import monotonic, sleep

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from browser.conftest import WIDTHS, arrive, context_at, sign_in

PLACES = {
    # who signs in, who disappears, how the police get their report there
    "phone": ("nattevakt", "Omid Prøvestad", "in_person"),
    "desk": ("nattevakt2", "Tariq Diktmann", "encrypted_email"),
}
WITHIN = 60.0


@pytest.mark.parametrize("screen", PLACES)
@pytest.mark.slow
def test_from_not_at_supper_until_everyone_is_told_and_back_again(chromium: Browser, house: str, screen: str) -> None:
    who, child, police = PLACES[screen]
    page = context_at(chromium, house, WIDTHS[screen]).new_page()
    sign_in(page, who)
    note_absence_in_two_taps(page, child)
    say_that_the_child_has_disappeared(page)
    report_missing(page)
    if police == "in_person":
        hand_the_report_to_the_police(page)
    call_everyone(page)
    register_in_sesam(page)
    write_down_what_was_found_out(page)
    everyone_is_told(page)
    the_police_have_it(page, police)
    the_child_returns(page)
    everyone_is_told_of_the_return(page)
    page.context.close()


def note_absence_in_two_taps(page: Page, child: str) -> None:
    page.get_by_role("link", name=f"Ikke her {child}").click()
    page.get_by_role("button", name="Noter fraværet").click()
    expect(page.get_by_role("heading", name=child)).to_be_visible()
    expect(page.get_by_text("Ikke til stede i under ett minutt")).to_be_visible()


def say_that_the_child_has_disappeared(page: Page) -> None:
    page.get_by_role("link", name="Grunn til å tro at barnet har forsvunnet").click()
    page.get_by_label("Hvorfor tror dere det?").fill("Sekken er borte, og telefonen er avslått.")
    page.get_by_role("button", name="Ja, gå videre og meld savnet").click()
    arrive(page, "Meld savnet")


def report_missing(page: Page) -> None:
    for group in page.get_by_role("group").all():
        unknown = group.get_by_label("Vet ikke", exact=True)
        if unknown.count() == 1:
            unknown.check()
    belongings = page.get_by_role("group", name="Har barnet tatt med seg eiendelene sine?")
    belongings.get_by_label("Ja", exact=True).check()
    page.get_by_label("Hva er borte, og hva ligger igjen").fill("Sekken er borte, vinterjakka henger igjen.")
    page.get_by_label("Hva er dere bekymret for?").fill("Vi er redde for at en voksen utnytter barnet.")
    going = page.get_by_role("region", name="Dette går ut når du sender")
    expect(going).to_contain_text("Meld savnet til politiet")
    expect(going).to_contain_text("Send bekymringsmelding til barnevernstjenesten")
    page.get_by_role("button", name="Send alt").click()
    said(page, "Meldingene er laget.")


def hand_the_report_to_the_police(page: Page) -> None:
    duty(page, "Meld savnet til politiet").get_by_role("link", name="Skriv ut og noter levert").click()
    page.get_by_label("Hvem tok imot?").fill("Betjent Lien")
    page.get_by_label("Mottakerens referanse").fill("000777-PRØVE")
    page.get_by_role("button", name="Noter som levert").click()
    said(page, "Levert er notert.")


def call_everyone(page: Page) -> None:
    while (calls := page.locator("a[href*='/ring/']")).count():
        calls.first.click()
        expect(page.locator("a[href^='tel:']")).to_be_visible()
        page.get_by_label("Ja, fikk gitt beskjed").check()
        page.get_by_label("Nei, de visste ingenting").check()
        page.get_by_role("button", name="Noter samtalen").click()
        said(page, "Samtalen er notert.")


def register_in_sesam(page: Page) -> None:
    page.get_by_role("link", name="Registrer i Sesam").click()
    expect(page.get_by_role("region", name="Dette skal inn i Sesam")).to_contain_text("Forsvunnet")
    page.get_by_role("button", name="Det er registrert").click()
    said(page, "Registrert er notert.")


def write_down_what_was_found_out(page: Page) -> None:
    page.get_by_role("link", name="Skriv hva dere har funnet ut").click()
    page.get_by_label("Hva har dere gjort?").fill("Snakket med alle på gangen.")
    page.get_by_label("Hva fant dere ut?").fill("Ingen vet noe.")
    page.get_by_role("button", name="Lagre").click()
    said(page, "Det dere har undersøkt, er notert.")


def everyone_is_told(page: Page) -> None:
    await_(page, lambda: page.get_by_text("Mottaket har ingenting ugjort i saken nå.").is_visible())
    unfold_who_has_confirmed(page)
    told = page.get_by_role("region", name="Hvem har fått beskjed")
    for receiver in ("politidistrikt", "Barnevernst", "UDI Regionkontor Fjord"):
        expect(told.get_by_text(receiver).first).to_be_visible()
    expect(told.get_by_text("Ikke bekreftet mottatt").first).to_be_visible()


def the_police_have_it(page: Page, police: str) -> None:
    told = page.get_by_role("region", name="Hvem har fått beskjed").get_by_role("listitem")
    report = told.filter(has_text="Savnetmelding til politiet").filter(has_text="politidistrikt").first
    if police == "encrypted_email":
        report.get_by_role("link", name="Noter hvem som har den").click()
        page.get_by_label("Hvem har bekreftet?").fill("Operatør Dahl")
        page.get_by_label("Mottakerens referanse").fill("000778-PRØVE")
        page.get_by_label("Vi har selv ringt tilbake på nummeret i registeret").check()
        page.get_by_role("button", name="Noter som mottatt").click()
        said(page, "Notert som mottatt.")
        unfold_who_has_confirmed(page)
    expect(report).to_contain_text("Mottatt")
    expect(report).to_contain_text("-PRØVE")


def unfold_who_has_confirmed(page: Page) -> None:
    page.get_by_text("Bekreftet mottatt (").click()


def the_child_returns(page: Page) -> None:
    page.get_by_role("link", name="Barnet er kommet til rette").click()
    page.get_by_role("button", name="Noter at barnet er kommet til rette").click()
    expect(page.get_by_text("Kommet til rette", exact=True)).to_be_visible()
    page.wait_for_load_state()


def everyone_is_told_of_the_return(page: Page) -> None:
    assert owed_notices(page).count() >= 4
    page.get_by_role("link", name="Gi skriftlig beskjed til alle").click()
    page.get_by_role("button", name="Send alle").click()
    said(page, "Sendt videre.")
    await_(page, lambda: not [one for one in written(page) if "Skriv ut" not in one])
    while (paper := page.get_by_role("link", name="Skriv ut og noter levert")).count():
        paper.first.click()
        page.get_by_label("Jeg la den i posten").check()
        page.get_by_role("button", name="Noter som levert").click()
        said(page, "Levert er notert.")
    assert written(page) == []


def written(page: Page) -> list[str]:
    """The written notices that still are owed, as they stand on the page."""
    return owed_notices(page).all_inner_texts()


def owed_notices(page: Page) -> Locator:
    return page.get_by_role("listitem").filter(has_text="skriftlig beskjed").filter(has_text="Umiddelbart")


def said(page: Page, text: str) -> None:
    """Wait until the page that follows says it: what comes next must not look at the page before."""
    expect(page.get_by_role("status")).to_contain_text(text)
    page.wait_for_load_state()


def duty(page: Page, title: str) -> Locator:
    return page.get_by_role("listitem").filter(has=page.get_by_role("heading", name=title))


def await_(page: Page, done: Callable[[], bool]) -> None:
    """Reload until the worker has done its part."""
    until = monotonic() + WITHIN
    while not done():
        assert monotonic() < until, page.locator("main").inner_text()
        sleep(0.5)
        page.reload()
