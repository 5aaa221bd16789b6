"""The regional office: what it has been sent, what it owes, and how its centres stand, through its own screens."""

import pytest
from django.test import Client
from pytest_django import Settings

from savnet.access.models import Person
from savnet.cases.models import Case
from savnet.delivery.models import Message
from savnet.register.models import Centre, Resident
from web.offices import at, at_owed, confirm, furnish_units, reported_and_copied, told
from web.telling import duty, missing, now_of, open_ids, page, send_in


@pytest.fixture(autouse=True)
def the_demos_offices(settings: Settings) -> None:
    """The offices here are invented ones."""
    settings.DEMO = True


@pytest.fixture
def region(granvik: Centre) -> Client:
    """Rune works at the regional office that follows the centre up."""
    furnish_units()
    return at("rune")


@pytest.fixture
def case(as_guard: Client, guard: Person, luwam: Resident, region: Client) -> Case:
    return reported_and_copied(as_guard, luwam, guard)


def owed_by_region(case: Case) -> set[str]:
    return {one.id for one in now_of(case).derivation.obligations if one.actor == "region" and one.state == "open"}


def test_the_way_in_leads_the_region_to_its_own_page(region: Client) -> None:
    assert region.get("/").headers["Location"] == "/region/"
    assert "UDI Regionkontor Fjord" in region.get("/region/").text


def test_a_copy_is_news_until_a_named_person_has_confirmed_it(region: Client, case: Case) -> None:
    assert "Kopi av savnetmeldingen" in region.get("/region/").text
    copy = next(one for one in now_of(case).derivation.obligations if one.id == "d-5" and one.copy_of == "a-1")
    confirm(region, case, copy, "2026/77")
    known = next(one for one in now_of(case).derivation.obligations if one.key == copy.key)
    assert (known.received_by, known.reference) == ("Rune Kontor", "2026/77")


def test_the_copies_are_registered_with_exactly_the_fixed_remarks(region: Client, case: Case) -> None:
    for id_, remark in (("3-2", "melding om forsvinning"), ("3-3", "bekymring")):
        shown = region.get(at_owed(case, "registrer", id_)).text
        assert f">{remark}</dd>" in shown
        assert "sensitivt dokument" in shown
        send_in(region, at_owed(case, "registrer", id_), reference="2026/78")
    assert not {"3-2", "3-3"} & owed_by_region(case)
    assert duty(case, "3-2").reference == "2026/78"


def test_the_decision_unit_is_told_by_a_letter_that_the_region_signs(region: Client, case: Case) -> None:
    address = at_owed(case, "skriv", "3-4")
    assert region.post(address, {**form_of(region, address), "do": "show"}).headers["Content-Type"] == "application/pdf"
    send_in(region, address)
    letter = Message.objects.get(case_id=case.id, obligation="3-4")
    assert letter.recipient_name == "Vedtaksenheten"
    assert region.get(told(case, f"brev/{letter.id}/")).status_code == 200
    assert "3-4" in owed_by_region(case)
    send_in(region, told(case, f"brev/{letter.id}/levert/"), channel="post")
    assert "3-4" not in owed_by_region(case)


def form_of(client: Client, address: str) -> dict[str, str]:
    return {"token": str(client.get(address).context["form"]["token"].value())}
