"""The leader keeps the register, on a phone and at a desk, with and without script."""

from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, Page, expect

from browser.accessible import assert_accessible
from browser.conftest import arrive, context_at, sign_in

Look = Callable[[Page], None]


@pytest.fixture(params=[True, False], ids=["script", "no script"])
def script(request: pytest.FixtureRequest) -> bool:
    """Whether the browser runs script."""
    return bool(request.param)


@pytest.fixture
def look(script: bool) -> Look:
    """Sees that a page is accessible; axe is script itself, so without any the journey alone is what is tested."""
    return assert_accessible if script else lambda page: None


@pytest.fixture
def leader(script: bool, chromium: Browser, house: str, width: dict[str, int]) -> Iterator[Page]:
    """A page signed in as the leader in Solvær."""
    context = context_at(chromium, house, width, java_script_enabled=script)
    page = context.new_page()
    sign_in(page, "leder2")
    yield page
    context.close()


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def test_a_child_is_registered_and_gets_a_lawyer_and_a_summons(leader: Page, look: Look) -> None:
    family = f"Oppdikt{uuid4().hex[:6]}"
    register_child(leader, family, look=look)
    leader.get_by_role("link", name="Legg til representant, verge eller advokat").click()
    leader.get_by_label("Advokat", exact=True).check()
    leader.get_by_label("Navn", exact=True).fill("Arne Påfunn")
    press(leader, "Lagre")
    expect(leader.get_by_role("alert")).to_contain_text("Telefonnummeret mangler.")
    leader.get_by_label("Telefon").fill("+47 00 00 12 34")
    press(leader, "Lagre likevel")
    expect(leader.get_by_role("link", name="+47 00 00 12 34")).to_be_visible()
    leader.get_by_role("link", name="Legg til innkalling").click()
    leader.get_by_label("Asylintervju").check()
    leader.get_by_label("Dato").fill("2026-03-02")
    leader.get_by_label("Klokkeslett").fill("09:00")
    press(leader, "Lagre")
    expect(leader.get_by_role("alert")).to_contain_text("Tidspunktet")
    look(leader)


def register_child(page: Page, family: str, *, look: Look) -> None:
    page.goto("/beboere/")
    page.get_by_role("link", name="Ny beboer").click()
    arrive(page, "Ny beboer")
    look(page)
    page.get_by_label("Fornavn").fill("Prøve")
    page.get_by_label("Etternavn").fill(family)
    page.get_by_label("Fødselsdato", exact=False).first.fill("2000-01-01")
    press(page, "Registrer beboeren")
    expect(page.get_by_role("alert")).to_contain_text("Rundskrivet gjelder fra 15 til 18 år.")
    look(page)
    press(page, "Lagre likevel")
    expect(page.get_by_role("heading", name=f"Prøve {family}")).to_be_visible()
    look(page)


def test_a_list_is_looked_over_and_imported(leader: Page, look: Look, tmp_path: Path) -> None:
    family = f"Oppdikt{uuid4().hex[:6]}"
    file = tmp_path / "beboere.csv"
    file.write_text(f"Fornavn;Etternavn;Født\nListe;{family};12.03.2010\n", encoding="utf-8")
    leader.goto("/beboere/import/")
    look(leader)
    leader.get_by_label("Fil med beboere").set_input_files(file)
    press(leader, "Vis hva lista vil endre")
    expect(leader.get_by_text("1 nye, 0 endres, 0 uendret.")).to_be_visible()
    look(leader)
    press(leader, "Importer")
    expect(leader.get_by_role("link", name=f"Liste {family}", exact=True)).to_be_visible()


def test_a_list_with_errors_says_where(leader: Page, look: Look, tmp_path: Path) -> None:
    file = tmp_path / "beboere.csv"
    file.write_text("Fornavn;Etternavn;Født\nListe;Oppdikt;45.13.2010\n", encoding="utf-8")
    leader.goto("/beboere/import/")
    leader.get_by_label("Fil med beboere").set_input_files(file)
    press(leader, "Vis hva lista vil endre")
    expect(leader.get_by_text("Rad 2, Fødselsdato: Datoen «45.13.2010» finnes ikke.")).to_be_visible()
    look(leader)


def test_every_page_of_a_child_that_only_the_leader_reaches_is_accessible(leader: Page, look: Look) -> None:
    leader.goto("/beboere/")
    leader.locator("a.sv-row__name").first.click()
    leader.get_by_role("link", name="Endre opplysningene").click()
    arrive(leader, "Endre det som er registrert")
    look(leader)
    leader.goto("/beboere/flyttet/")
    look(leader)
