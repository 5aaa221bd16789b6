"""Search finds those whom one may see and nobody else; what was looked for is not kept, and who is shown is logged."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from savnet.access.look_rows import Look
from savnet.access.models import Person
from savnet.access.pseudonyms import pseudonym
from savnet.access.rights import RIGHTS, Action, Role
from savnet.register.models import Alias, Centre, Resident, Transfer
from web.offices import at, furnish_units, reported_and_copied

PLACE = "/sok/"


def look_for(client: Client, wanted: str) -> Any:
    return client.post(PLACE, {"wanted": wanted})


def found(client: Client, wanted: str) -> list[str]:
    context = look_for(client, wanted).context
    return [row.living.resident.name for row in (*context["sure"], *context["guessed"])]


@pytest.fixture
def mohammed(centre: Centre) -> Resident:
    child = Resident.objects.create(
        centre=centre, given_name="Mohammed", family_name="Oppdiktet", original_name="محمد", duf_number="201912345678"
    )
    Alias.objects.create(resident=child, name="Hamudi")
    return child


@pytest.mark.parametrize("wanted", ["muhammad", "oppdiktet mohamed", "محمد", "Hamoudi", "201912345678", "201912345687"])
def test_a_guard_finds_a_child_of_her_own_centre(as_nora: Client, mohammed: Resident, wanted: str) -> None:
    assert found(as_nora, wanted) == ["Mohammed Oppdiktet"]


def test_one_is_told_why(as_nora: Client, mohammed: Resident) -> None:
    assert "Høres likt ut" in look_for(as_nora, "muhammad").text
    assert "Hamudi" in look_for(as_nora, "Hamudi").text
    assert "Mente du et av disse numrene?" in look_for(as_nora, "201912345687").text


def test_anothers_child_is_nobody(as_olav: Client, mohammed: Resident) -> None:
    foreign, nobody = look_for(as_olav, "Mohammed"), look_for(as_olav, "Nxqztxxx")
    assert "Oppdiktet" not in foreign.text
    assert len(foreign.content) == len(nobody.content)
    assert foreign.context["sure"] == foreign.context["guessed"] == []


def test_a_child_on_the_way_is_found_at_both_ends(
    as_nora: Client, as_olav: Client, nora: Person, mohammed: Resident, other_centre: Centre
) -> None:
    now = timezone.now()
    Transfer.objects.create(
        resident=mohammed,
        from_centre=mohammed.centre,
        to_centre=other_centre,
        departs_at=now,
        expected_at=now + timedelta(hours=2),
        planned_by=nora,
        planned_at=now,
    )
    assert found(as_nora, "Mohammed") == found(as_olav, "Mohammed") == ["Mohammed Oppdiktet"]


def test_each_who_is_shown_is_logged_and_nobody_else(
    as_nora: Client, nora: Person, mohammed: Resident, selam: Resident
) -> None:
    found(as_nora, "Mohammed")
    shown = Look.objects.filter(person_id=nora.pk, action=Action.SEARCH).exclude(subject="")
    assert [one.subject for one in shown] == [pseudonym(mohammed.id)]
    assert shown[0].classes == "identity routing"


def test_what_cannot_be_logged_is_not_shown(
    as_nora: Client, mohammed: Resident, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError("no room")

    monkeypatch.setattr("savnet.web.shown_to.looks.write", full)
    answer = look_for(as_nora, "Mohammed")
    assert answer.status_code == 503
    assert "Oppdiktet" not in answer.text


def test_what_was_looked_for_stands_in_no_address_and_no_log(
    as_nora: Client, mohammed: Resident, caplog: pytest.LogCaptureFixture
) -> None:
    assert look_for(as_nora, "Hamudi").status_code == 200
    assert as_nora.get(PLACE, {"wanted": "Hamudi"}).context["asked"] is False
    assert "Hamudi" not in caplog.text


def test_nothing_typed_is_asked_for_again(as_nora: Client) -> None:
    answer = look_for(as_nora, "")
    assert answer.status_code == 422
    assert "Skriv et navn eller et DUF-nummer." in answer.text


def test_an_office_finds_the_child_it_was_told_of_and_no_other(
    as_guard: Client, guard: Person, luwam: Resident, granvik: Centre
) -> None:
    furnish_units()
    Resident.objects.create(centre=granvik, given_name="Luwan", family_name="Hemmelig")
    Alias.objects.create(resident=luwam, name="Lulu")
    assert found(at("rune"), "Luwam") == []
    case = reported_and_copied(as_guard, luwam, guard)
    answer = look_for(at("rune"), "Luwam")
    assert [row.living.resident.name for row in answer.context["sure"]] == ["Luwam Oppdiktet"]
    assert f"/kontor/{case.id}/" in answer.text
    assert found(at("rune"), "Lulu") == []
    assert found(at("frida"), "Luwam") == []


def without() -> Iterator[Role]:
    yield from (role for role in Role if Action.SEARCH not in RIGHTS[role])


@pytest.mark.parametrize("role", list(without()))
def test_who_sees_no_names_has_no_search(role: Role, db: None) -> None:
    client = Client()
    client.force_login(Person.objects.create_user(f"en-{role}", name="En Person", role=role))
    assert look_for(client, "Mohammed").status_code == 404
    assert 'role="search"' not in client.get("/konto/").text
