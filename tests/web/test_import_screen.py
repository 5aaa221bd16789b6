"""A list of residents by upload: shown first, done exactly as it was shown, and not at all where it is wrong."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from savnet.access.models import Person
from savnet.access.rights import Role
from savnet.cases.models import ObligationRow
from savnet.register.models import Centre, Resident
from savnet.web.models import UploadedList
from web.keeping import reported_missing, sent

LIST = (
    "Fornavn;Etternavn;Født;Kjønn;Rom;Advokat;Advokat telefon;Skonummer\n"
    "Selam;Tesfay;02.03.2010;jente;207;Arne Påfunn;+47 00 00 43 21;38\n"
    "Linh;Papirnguyen;12.04.2010;jente;12;;;37\n"
)


@pytest.fixture
def lena(centre: Centre) -> Person:
    """Lena leads Granheim."""
    return Person.objects.create_user("lena", name="Lena Leder", role=Role.CENTRE_LEADER, centre=centre)


@pytest.fixture
def as_lena(lena: Person) -> Client:
    client = Client()
    client.force_login(lena)
    return client


def uploaded(client: Client, text: str = LIST, name: str = "beboere.csv") -> HttpResponse:
    return sent(client, "/beboere/import/", file=SimpleUploadedFile(name, text.encode()))


def plan_of(client: Client, text: str = LIST) -> str:
    """The address of the plan of an uploaded list."""
    return uploaded(client, text).headers["Location"]


def imported(client: Client, plan: str, **given: str) -> HttpResponse:
    """The answer to «Importer», sent as the page holds it."""
    return sent(client, plan, **{"fingerprint": client.get(plan).context["form"].shown} | given)


def test_the_plan_says_who_is_new_and_what_changes_and_changes_nothing(as_lena: Client, selam: Resident) -> None:
    shown = as_lena.get(plan_of(as_lena)).text
    assert "1 nye, 1 endres, 0 uendret." in shown
    assert "<del>101</del> → " in shown
    assert "Kolonner som ikke brukes: Skonummer." in shown
    assert "female" not in shown
    selam.refresh_from_db()
    assert selam.room == "101"
    assert Resident.objects.count() == 1


def test_importing_does_what_was_shown_and_forgets_the_list(as_lena: Client, selam: Resident) -> None:
    plan = plan_of(as_lena)
    assert imported(as_lena, plan).headers["Location"] == "/beboere/"
    selam.refresh_from_db()
    assert (selam.room, Resident.objects.count()) == ("207", 2)
    assert bytes(UploadedList.objects.get().data) == b""
    assert as_lena.get(plan).headers["Location"] == "/beboere/"
    assert "Importert: 1 nye og 1 endret." in as_lena.get("/beboere/").text


def test_a_second_tap_imports_nothing_twice(as_lena: Client, selam: Resident) -> None:
    plan = plan_of(as_lena)
    given = {"fingerprint": as_lena.get(plan).context["form"].shown, "token": str(uuid4())}
    for _ in range(2):
        assert sent(as_lena, plan, **given).headers["Location"] == "/beboere/"
    assert Resident.objects.count() == 2


def test_a_register_changed_meanwhile_is_shown_anew_and_not_imported(as_lena: Client, selam: Resident) -> None:
    plan = plan_of(as_lena)
    seen = as_lena.get(plan).context["form"].shown
    Resident.objects.filter(id=selam.id).update(room="300")
    response = sent(as_lena, plan, fingerprint=seen)
    assert response.status_code == 422
    assert "Registeret er endret siden du så over lista" in response.text
    assert "<del>300</del>" in response.text
    assert Resident.objects.count() == 1
    assert sent(as_lena, plan, fingerprint=response.context["form"].shown).status_code == 302


def test_a_list_with_errors_has_no_button_and_cannot_be_forced(as_lena: Client, selam: Resident) -> None:
    plan = plan_of(as_lena, "Fornavn;Etternavn;Født\nSelam;Tesfay;45.13.2010\nLinh;Papirnguyen;12.04.2010\n")
    page = as_lena.get(plan)
    assert "Datoen «45.13.2010» finnes ikke." in page.text
    assert ">Importer</button>" not in page.text
    assert sent(as_lena, plan, fingerprint=page.context["form"].shown).status_code == 422
    assert Resident.objects.count() == 1


@pytest.mark.parametrize(
    ("text", "name", "said"),
    [
        ("bare;tull\n1;2\n", "liste.csv", "Fant ingen rad med kjente kolonneoverskrifter"),
        ("ikke en zip", "liste.xlsx", "Fila er ikke en gyldig XLSX-fil."),
        ("", "liste.csv", "Fila er tom."),
    ],
)
def test_a_file_that_is_no_list_is_refused_in_words(as_lena: Client, text: str, name: str, said: str) -> None:
    response = uploaded(as_lena, text, name)
    assert response.status_code == 422
    assert said in response.text
    assert not UploadedList.objects.exists()


def test_nothing_chosen_is_said_too(as_lena: Client) -> None:
    assert "Velg en fil." in sent(as_lena, "/beboere/import/").text


def test_a_list_is_its_uploaders_alone_and_no_older_than_an_hour(
    as_lena: Client, as_olav: Client, centre: Centre, selam: Resident
) -> None:
    plan = plan_of(as_lena)
    other = Person.objects.create_user("lars", name="Lars Leder", role=Role.CENTRE_LEADER, centre=centre)
    as_lars = Client()
    as_lars.force_login(other)
    assert as_lars.get(plan).status_code == 404
    assert as_olav.get(plan).status_code == 404
    UploadedList.objects.update(at=timezone.now() - timedelta(minutes=61))
    assert as_lena.get(plan).headers["Location"] == "/beboere/import/"
    assert "mer enn en time siden" in as_lena.get("/beboere/import/").text
    uploaded(as_lars)
    assert UploadedList.objects.get().person == other


def test_a_lawyer_out_of_a_list_is_to_be_called_when_the_child_is_missing(
    as_lena: Client, lena: Person, selam: Resident
) -> None:
    case = reported_missing(selam, lena)
    imported(as_lena, plan_of(as_lena))
    assert ObligationRow.objects.filter(case=case, obligation="c-1", recipient="lawyer", state="open").exists()


def test_a_name_that_is_markup_is_only_a_name(as_lena: Client) -> None:
    shown = as_lena.get(plan_of(as_lena, "Fornavn;Etternavn\n<script>alert(1)</script>;Tesfay\n")).text
    assert "<script>alert" not in shown
    assert "&lt;script&gt;alert" in shown
