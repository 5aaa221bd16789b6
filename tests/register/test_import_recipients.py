"""Those who are told, and the police routes, from lists that the operators keep."""

from datetime import date, timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from pytest_django import Settings
from tests.register.conftest import TODAY

from savnet.register.imports import Effect, Plan, apply, plan_recipients, plan_routes
from savnet.register.models import Centre, MunicipalityPoliceDistrict, Recipient, RecipientChannel, Resident
from savnet.register.routing import resolve
from savnet.rules.words import Channel
from savnet.rules.words import Recipient as Kind

pytestmark = pytest.mark.django_db

HEADS = "Type;Nummer;Navn;Telefon;Barnevernsvakt;E-post;Målform;Bekreftet"
DRAMMEN = "Barnevern;3301;Barnevernstjenesten i Drammen;+47 00 00 00 01;+47 00 00 00 02;bv@drammen.example;nynorsk;ja"


def recipients(*lines: str, on: date = TODAY) -> Plan:
    return plan_recipients("\n".join(lines).encode(), "mottakere.csv", today=on)


def routes(*lines: str, on: date = TODAY) -> Plan:
    return plan_routes("\n".join(lines).encode(), "politi.csv", today=on)


def test_an_imported_service_is_the_one_that_is_told(amina: Resident) -> None:
    apply(recipients(HEADS, DRAMMEN))
    found = resolve(Kind.CHILD_WELFARE, resident=amina, on=TODAY)
    assert (found.name, found.confirmed, found.language) == ("Barnevernstjenesten i Drammen", True, "nn")
    assert found.out_of_hours_phone == "+47 00 00 00 02"
    way = found.way(Channel.ENCRYPTED_EMAIL)
    assert way is not None
    assert way.address == "bv@drammen.example"
    assert [change.effect for change in recipients(HEADS, DRAMMEN).changes] == [Effect.UNCHANGED]


WAYS = "Type;Nummer;Navn;E-post;eFormidling;Fiks;SvarUt;Altinn;Postadresse"
BY_ALL = "Barnevern;3301;Drammen barnevern;bv@drammen.example;912345678;3301;912345678;912345678;Torget 1, Drammen"


def ways_to(number: str) -> dict[str, str]:
    return dict(
        RecipientChannel.objects.filter(recipient__number=number, valid_to=None).values_list("channel", "address")
    )


def test_an_office_is_reached_by_every_way_that_the_list_names(amina: Resident) -> None:
    apply(recipients(WAYS, BY_ALL))
    by_number = dict.fromkeys(("eformidling", "svarut", "altinn"), "912345678")
    assert ways_to("3301") == {"encrypted_email": "bv@drammen.example", "fiks": "3301", **by_number}
    assert resolve(Kind.CHILD_WELFARE, resident=amina, on=TODAY).address == "Torget 1, Drammen"
    assert [change.effect for change in recipients(WAYS, BY_ALL).changes] == [Effect.UNCHANGED]


def test_a_blank_cell_ends_no_way_and_a_new_number_takes_the_old_ones_place() -> None:
    apply(recipients(WAYS, BY_ALL))
    RecipientChannel.objects.filter(channel="svarut").update(order=3)
    later = TODAY + timedelta(days=1)
    apply(recipients(WAYS, "Barnevern;3301;Drammen barnevern;;;;987654321;;", on=later))
    assert ways_to("3301")["svarut"] == "987654321"
    assert ways_to("3301")["fiks"] == "3301"
    assert RecipientChannel.objects.get(channel="svarut", valid_to=None).order == 3
    assert RecipientChannel.objects.get(channel="svarut", address="912345678").valid_to == later


@pytest.mark.parametrize("row", [";;12345;;;;", ";;;33011;;;", ";;;;91234567x;;", ";;;;;0301;"])
def test_a_number_of_the_wrong_form_is_an_error(row: str) -> None:
    (error,) = recipients(WAYS, f"Barnevern;3301;Barnevernstjenesten i Drammen{row}").errors
    assert "er ikke et" in error.text


def test_a_new_mail_address_is_a_new_channel_and_the_old_one_ends() -> None:
    apply(recipients(HEADS, DRAMMEN))
    later = TODAY + timedelta(days=1)
    apply(recipients(HEADS, DRAMMEN.replace("bv@", "post@"), on=later))
    old, new = RecipientChannel.objects.filter(recipient__number="3301").order_by("valid_from")
    assert (old.address, old.valid_to) == ("bv@drammen.example", later)
    assert (new.address, new.valid_to) == ("post@drammen.example", None)


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("Barnevern;3001;Gamle Halden;;;;;", "Bruk 3101"),
        ("Barnevern;;Uten kommune;;;;;", "hvilken kommune"),
        ("Politidistrikt;Sørlandet;Sørlandet;;;;;", "Ingen av de tolv"),
        ("Ordføreren;0301;Oslo;;;;;", "ukjent"),
        ("BFE;;BFE;;;ikke en adresse;;", "ikke en e-postadresse"),
        ("BFE;;;;;;;", "Må fylles ut"),
    ],
)
def test_a_row_that_names_nobody_is_an_error(row: str, says: str) -> None:
    if says == "Må fylles ut":
        Recipient.objects.filter(kind="bfe").delete()
    assert says in str(recipients(HEADS, row).errors[0])


def test_in_the_demo_only_impossible_addresses_are_taken_in(settings: Settings) -> None:
    settings.DEMO = True
    made = recipients(HEADS, DRAMMEN.replace("drammen.example", "drammen.kommune.no"))
    assert "oppdiktet" in made.errors[0].text
    apply(recipients(HEADS, DRAMMEN))
    assert Recipient.objects.get(number="3301").invented


def test_an_imported_route_finds_the_district(amina: Resident) -> None:
    apply(routes("Kommune;Politidistrikt;Bekreftet;Kilde", "Drammen;Sør-Øst;ja;Brev fra distriktet"))
    found = resolve(Kind.POLICE_DISTRICT, resident=amina, on=TODAY)
    assert found.number == "sor-ost"
    assert "ikke bekreftet" not in found.reason


def test_a_route_must_have_a_source() -> None:
    assert str(routes("Kommune;Politidistrikt", "Drammen;Sør-Øst").errors[0]) == "Rad 2, Kilde: Må fylles ut."


def test_a_municipality_that_changes_district_keeps_its_past(amina: Resident, centre: Centre) -> None:
    lines = "Kommune;Politidistrikt;Kilde"
    apply(routes(lines, "3301;Sør-Øst;liste"))
    later = TODAY + timedelta(days=10)
    apply(routes(lines, "3301;Øst politidistrikt;ny liste", on=later))
    assert resolve(Kind.POLICE_DISTRICT, resident=amina, on=later - timedelta(days=1)).number == "sor-ost"
    assert resolve(Kind.POLICE_DISTRICT, resident=amina, on=later).number == "ost"


def test_confirming_a_route_makes_no_second_one() -> None:
    apply(routes("Kommune;Politidistrikt;Bekreftet;Kilde", "0301;Oslo;ja;Politidirektoratet"))
    route = MunicipalityPoliceDistrict.objects.get(municipality_id="0301")
    assert (route.confirmed, route.source) == (True, "Politidirektoratet")


@pytest.mark.parametrize(
    ("command", "text", "model"),
    [
        ("import_recipients", f"{HEADS}\n{DRAMMEN}\n", Recipient),
        ("import_police_routes", "Kommune;Politidistrikt;Kilde\n3301;Sør-Øst;liste\n", MunicipalityPoliceDistrict),
    ],
)
def test_the_commands_only_show_until_told_to_apply(
    command: str, text: str, model: type[Recipient] | type[MunicipalityPoliceDistrict], tmp_path: Path
) -> None:
    file, before = tmp_path / "liste.csv", model.objects.count()
    file.write_text(text, encoding="utf-8")
    call_command(command, str(file), stdout=StringIO())
    assert model.objects.count() == before
    call_command(command, str(file), "--apply", stdout=StringIO())
    assert model.objects.count() == before + 1
