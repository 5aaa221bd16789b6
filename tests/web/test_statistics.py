"""The statistician's page: one edition, the same for everybody; small counts are nowhere, and no case is."""

import csv
import io
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client

from savnet.access.models import Person
from savnet.access.rights import Role
from savnet.register.models import Centre, Resident
from savnet.statistics.counting import Counted, HowItWent
from savnet.statistics.editions import tables
from savnet.statistics.models import Edition

AT = datetime(2026, 10, 1, 0, 17, tzinfo=UTC)


def some(number: int, region: str, went: HowItWent, **other: Any) -> list[Counted]:
    return [Counted(**({"region": region, "went": went, "cause": "none", "safe": None} | other))] * number


@pytest.fixture
def stein(granvik: Centre) -> Client:
    client = Client()
    client.force_login(Person.objects.create_user("stein", name="Stein Tall", role=Role.STATISTICIAN))
    return client


@pytest.fixture
def edition(db: None) -> Edition:
    cases = some(31, "fjord", HowItWent.MISSING) + some(12, "fjord", HowItWent.BACK, safe="yes")
    cases += some(17, "fjell", HowItWent.MISSING) + some(3, "fjell", HowItWent.BACK)
    return Edition.objects.create(quarter="2026-3", made_at=AT, tables=tables(cases, ["fjell", "fjord"]))


def test_the_way_in_leads_to_the_newest_edition(stein: Client, edition: Edition) -> None:
    shown = stein.get("/", follow=True).text
    assert "3. kvartal 2026" in shown
    assert "<td>:</td>" in shown
    assert "<td>3</td>" not in shown


def test_the_file_holds_what_the_page_shows(stein: Client, edition: Edition) -> None:
    sent = stein.get("/statistikk/2026-3/fil/")
    rows = list(csv.reader(io.StringIO(sent.content.decode("utf-8-sig")), delimiter=";"))
    counts = {cell for row in rows for cell in row[1:] if cell.isdigit()}
    assert counts.isdisjoint({"1", "2", "3", "4"})
    assert ":" in {cell for row in rows for cell in row}


def test_a_quarter_that_has_no_edition_is_not_there(stein: Client, edition: Edition) -> None:
    assert stein.get("/statistikk/?kvartal=2026-2").status_code == 404
    assert stein.get("/statistikk/2026-2/fil/").status_code == 404


def test_before_the_first_edition_the_page_says_so(stein: Client) -> None:
    assert "Ingen kvartaler er utgitt ennå." in stein.get("/statistikk/").text


def test_the_statistician_reaches_no_child_and_no_case(stein: Client, luwam: Resident) -> None:
    for address in (f"/beboere/{luwam.id}/", "/landet/", "/tilsyn/", "/region/", "/beboere/"):
        assert stein.get(address).status_code == 404


def test_nobody_at_a_centre_has_the_page(as_guard: Client, edition: Edition) -> None:
    assert as_guard.get("/statistikk/").status_code == 404
