"""Centres from another system."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from tests.register.conftest import TODAY

from savnet.register.imports import ChangedSince, Effect, Plan, apply, plan_centres
from savnet.register.models import Centre

pytestmark = pytest.mark.django_db


def plan(*lines: str) -> Plan:
    return plan_centres("\n".join(lines).encode(), "mottak.csv", today=TODAY)


def test_a_centre_is_made_from_a_row() -> None:
    apply(
        plan(
            "Navn;Mottak nr;Type;Drift;Kommunenummer;Plasser;Vakttelefon;Politidistrikt",
            "Granheim mottak;17;Ordinært mottak;Kommunal;301;60;+47 00 00 12 34;Oslo politidistrikt",
        )
    )
    centre = Centre.objects.get()
    assert (centre.number, centre.kind, centre.operator) == ("17", "ordinary", "municipal")
    assert centre.municipality_id == "0301"
    assert centre.agreed_police_district_id == "oslo"
    assert centre.capacity == 60


def test_a_municipality_may_be_named_where_only_one_has_the_name() -> None:
    assert plan("Navn;Drift;Kommune", "Granheim;privat;Drammen").errors == ()
    assert "Flere kommuner heter «Våler»" in plan("Navn;Drift;Kommune", "Granheim;privat;Våler").errors[0].text


@pytest.mark.parametrize(
    ("municipality", "says"),
    [
        ("3001", "Bruk 3101"),
        ("101", "Bruk 3101"),
        ("9998", "opphørt eller ukjent"),
        ("Atlantis", "Ingen kommune heter «Atlantis»"),
    ],
)
def test_a_municipality_not_in_use_is_an_error_that_helps(municipality: str, says: str) -> None:
    made = plan("Navn;Drift;Kommune", f"Granheim;privat;{municipality}")
    assert says in made.errors[0].text
    assert made.errors[0].column == "Kommune"


def test_a_new_centre_must_have_operator_and_municipality() -> None:
    errors = {str(error) for error in plan("Navn;Plasser", "Granheim;60").errors}
    assert errors == {"Rad 2, Drift: Må fylles ut.", "Rad 2, Kommune: Må fylles ut."}


def test_a_known_centre_is_found_by_number_and_may_change_its_name(centre: Centre) -> None:
    Centre.objects.update(number="17")
    made = plan("Navn;Mottak nr", "Granheim nye mottak;17")
    assert [change.effect for change in made.changes] == [Effect.CHANGED]
    apply(made)
    assert Centre.objects.get().name == "Granheim nye mottak"


def test_a_name_that_another_centre_has_is_an_error(centre: Centre) -> None:
    Centre.objects.create(name="Solvik", number="18", operator="private", municipality_id="5501")
    made = plan("Navn;Mottak nr", "Granheim mottak;18")
    assert made.errors


def test_a_police_district_that_does_not_exist_is_an_error() -> None:
    made = plan("Navn;Drift;Kommune;Politidistrikt", "Granheim;privat;3301;Sørlandet")
    assert "Sørlandet" in made.errors[0].text


def test_a_centre_made_meanwhile_stops_the_import() -> None:
    made = plan("Navn;Drift;Kommune", "Granheim;privat;3301")
    Centre.objects.create(name="Granheim", operator="municipal", municipality_id="3301")
    with pytest.raises(ChangedSince):
        apply(made)
    assert Centre.objects.get().operator == "municipal"


def test_the_command_shows_and_applies(tmp_path: Path) -> None:
    file, out = tmp_path / "mottak.csv", StringIO()
    file.write_text("Navn;Drift;Kommune\nGranheim;privat;3301\n", encoding="utf-8")
    call_command("import_centres", str(file), stdout=out)
    assert not Centre.objects.exists()
    call_command("import_centres", str(file), "--apply", stdout=out)
    assert Centre.objects.get().name == "Granheim"
