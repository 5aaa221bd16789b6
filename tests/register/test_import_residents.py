"""Residents from another system: shown first, then all or nothing."""

from datetime import date, timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries
from tests.register.conftest import TODAY

from savnet.register.imports import ChangedSince, Effect, HasErrors, Plan, apply, plan_residents
from savnet.register.models import Centre, Contact, ContactKind, Resident, Telephone

pytestmark = pytest.mark.django_db


def plan(centre: Centre, *lines: str, on: date = TODAY) -> Plan:
    return plan_residents("\n".join(lines).encode(), "beboere.csv", centre=centre, today=on)


def effects(made: Plan) -> list[Effect]:
    return [change.effect for change in made.changes]


def test_a_plan_changes_nothing(centre: Centre) -> None:
    made = plan(centre, "Fornavn;Etternavn;Født", "Amina;Oppdiktet;04.05.2010")
    assert effects(made) == [Effect.CREATED]
    assert not Resident.objects.exists()


def test_a_whole_row_becomes_a_resident_with_contacts(centre: Centre) -> None:
    made = plan(
        centre,
        "DUF-nummer;Fornavn;Etternavn;Født;Kjønn;Statsborgerskap;Språk;Tolk;EMA;Mobil"
        ";Representant;Representant telefon;Advokat",
        "2026 172382 01;Amina;Oppdiktet;04.05.2010;Jente;Eritrea;tigrinja;ja;ja;+47 00 00 12 34"
        ";Rita Fiktiv;+47 00 00 56 78;Ada Vokat",
    )
    assert made.errors == ()
    apply(made)
    resident = Resident.objects.get()
    assert (resident.duf_number, resident.born, resident.sex) == ("202617238201", date(2010, 5, 4), "female")
    assert (resident.interpreter, resident.unaccompanied, resident.languages) == ("yes", True, "tigrinja")
    assert resident.telephones.get().number == "+47 00 00 12 34"
    representative = resident.contacts.get(kind=ContactKind.REPRESENTATIVE)
    assert (representative.name, representative.phone) == ("Rita Fiktiv", "+47 00 00 56 78")
    assert representative.valid_from == TODAY
    assert resident.contacts.get(kind=ContactKind.LAWYER).name == "Ada Vokat"


def test_importing_the_same_file_twice_changes_nothing_the_second_time(centre: Centre) -> None:
    lines = (
        "DUF;Fornavn;Etternavn;Født;Mobil;Representant;Representant telefon;Kjønn;EMA",
        "202617238201;Amina;Oppdiktet;2010-05-04;+47 00 00 12 34;Rita Fiktiv;+47 00 00 56 78;jente;ja",
        ";Bilal;Fiktiv;2009-01-02;;;;gutt;ja",
    )
    apply(plan(centre, *lines))
    assert effects(plan(centre, *lines)) == [Effect.UNCHANGED, Effect.UNCHANGED]


def test_a_change_is_shown_with_what_stood_there(centre: Centre, amina: Resident) -> None:
    made = plan(centre, "DUF;Språk", "202617238201;tigrinja")
    (change,) = made.changes
    assert change.effect is Effect.CHANGED
    assert [(each.label, each.before, each.after) for each in change.fields] == [("Språk", "", "tigrinja")]
    apply(made)
    amina.refresh_from_db()
    assert amina.languages == "tigrinja"
    assert amina.given_name == "Amina"


def test_a_blank_cell_erases_nothing(centre: Centre, amina: Resident) -> None:
    assert effects(plan(centre, "DUF;Fornavn;Etternavn;Født", "202617238201;;;")) == [Effect.UNCHANGED]


def test_a_resident_without_duf_number_is_known_by_name_and_birth_and_given_the_number(
    centre: Centre, amina: Resident
) -> None:
    Resident.objects.filter(pk=amina.pk).update(duf_number="")
    made = plan(centre, "DUF;Fornavn;Etternavn;Født", "202617238201;AMINA;oppdiktet;04.05.2010")
    assert effects(made) == [Effect.CHANGED]
    apply(made)
    assert Resident.objects.get().duf_number == "202617238201"


def test_same_name_with_another_duf_number_is_another_child(centre: Centre, amina: Resident) -> None:
    assert effects(plan(centre, "DUF;Fornavn;Etternavn", "202617238301;Amina;Oppdiktet")) == [Effect.CREATED]


def test_two_of_the_same_name_are_not_guessed_between(centre: Centre, amina: Resident) -> None:
    Resident.objects.create(centre=centre, given_name="Amina", family_name="Oppdiktet")
    made = plan(centre, "Fornavn;Etternavn", "Amina;Oppdiktet")
    assert "Skriv DUF-nummeret" in made.errors[0].text


def test_a_child_at_another_centre_is_neither_touched_nor_revealed(centre: Centre, amina: Resident) -> None:
    other = Centre.objects.create(name="Solvik mottak", operator="private", municipality_id="5501")
    made = plan(other, "DUF;Fornavn;Etternavn", "202617238201;Amina;Oppdiktet")
    assert effects(made) == [Effect.CREATED]
    assert made.warnings == plan(other, "DUF;Fornavn;Etternavn", "202617238201;Ny;Ukjent").warnings


def test_every_faulty_row_is_named_in_plain_words_and_nothing_is_planned(centre: Centre) -> None:
    made = plan(
        centre,
        "DUF;Fornavn;Etternavn;Født;Kjønn",
        "20261723820;Amina;Oppdiktet;;",
        ";Bilal;Fiktiv;31.02.2010;",
        ";Celine;Diktet;04.05.2010;hvem vet",
        ";;;;jente",
        ";Dina;Diktet;04.05.2030;",
        ";Eva;Diktet;;;for;mange",
    )
    assert [error.line for error in made.errors] == [2, 3, 4, 5, 6, 7]
    assert str(made.errors[0]) == "Rad 2, DUF-nummer: DUF-nummeret skal ha 12 sifre. Dette har 11."
    assert str(made.errors[1]) == "Rad 3, Fødselsdato: Datoen «31.02.2010» finnes ikke."
    assert "jente, kvinne" in made.errors[2].text
    assert "minst ett navn" in made.errors[3].text
    assert made.changes == ()
    with pytest.raises(HasErrors, match="6 feil"):
        apply(made)
    assert not Resident.objects.exists()


def test_the_same_child_twice_in_a_file_is_an_error_that_names_both_rows(centre: Centre) -> None:
    made = plan(centre, "DUF;Fornavn;Etternavn", "202617238201;Amina;A", "202617238201;Amina;B")
    assert str(made.errors[0]) == "Rad 3: Står også i rad 2. Fjern den ene."


def test_two_rows_that_tell_of_the_same_child_in_different_ways_are_seen(centre: Centre, amina: Resident) -> None:
    made = plan(centre, "DUF;Fornavn;Etternavn;Født", "202617238201;;;", ";Amina;Oppdiktet;04.05.2010")
    assert str(made.errors[0]) == "Rad 3: Står også i rad 2. Fjern den ene."


def test_a_long_list_takes_few_questions_to_the_database(
    centre: Centre, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    rows = [f"Barn{each};Oppdiktet;04.05.2010;+47 00 00 {each:04};Rita Fiktiv" for each in range(200)]
    with django_assert_max_num_queries(5):
        made = plan(centre, "Fornavn;Etternavn;Født;Mobil;Representant", *rows)
    assert made.count(Effect.CREATED) == 200


def test_wrong_check_digits_and_unusual_ages_are_only_doubts(centre: Centre) -> None:
    made = plan(centre, "DUF;Fornavn;Etternavn;Født", "202617238299;Amina;Oppdiktet;04.05.2012")
    assert made.errors == ()
    assert [warning.column for warning in made.warnings] == ["DUF-nummer", "Fødselsdato"]
    assert "13 år" in made.warnings[1].text


@pytest.mark.parametrize("name", ["Oppdiktet, Amina", "Amina Oppdiktet"])
def test_one_column_for_the_name_is_divided_and_shown_as_doubtful(centre: Centre, name: str) -> None:
    made = plan(centre, "Navn;Kjønn", f"{name};jente")
    assert "Se etter" in made.warnings[0].text
    apply(made)
    resident = Resident.objects.get()
    assert (resident.given_name, resident.family_name) == ("Amina", "Oppdiktet")


def test_a_name_in_arabic_alone_is_a_name(centre: Centre) -> None:
    lines = ("Navn i original skrift;Kjønn", "أمينة;jente")
    apply(plan(centre, *lines))
    assert Resident.objects.get().name == "أمينة"
    assert effects(plan(centre, *lines)) == [Effect.UNCHANGED]


def test_a_formula_is_kept_as_text_and_pointed_out(centre: Centre) -> None:
    made = plan(centre, "Fornavn;Etternavn", '"=HYPERLINK(""http://x.example"")";Oppdiktet')
    assert "formel" in made.warnings[0].text
    apply(made)
    assert Resident.objects.get().given_name == '=HYPERLINK("http://x.example")'


def test_a_new_representative_takes_over_and_the_former_is_kept(
    centre: Centre, amina: Resident, representative: Contact
) -> None:
    made = plan(centre, "DUF;Representant;Representant telefon", "202617238201;Nora Ny;+47 00 00 11 11")
    assert [each.before for each in made.changes[0].fields] == ["Rita Fiktiv", "+47 00 00 12 34"]
    apply(made)
    representative.refresh_from_db()
    assert representative.valid_to == TODAY
    assert amina.contacts.get(valid_to=None).name == "Nora Ny"


def test_a_new_number_for_the_same_representative_is_only_a_new_number(
    centre: Centre, amina: Resident, representative: Contact
) -> None:
    apply(plan(centre, "DUF;Representant;Representant tlf", "202617238201;Rita Fiktiv;+47 00 00 99 99"))
    assert amina.contacts.get().phone == "+47 00 00 99 99"


def test_a_number_for_a_representative_nobody_has_named_is_an_error(centre: Centre, amina: Resident) -> None:
    made = plan(centre, "DUF;Representant tlf", "202617238201;+47 00 00 99 99")
    assert "ikke navnet" in made.errors[0].text


def test_a_mail_address_that_is_none_is_an_error_at_its_column(centre: Centre, amina: Resident) -> None:
    made = plan(centre, "DUF;Advokat;Advokat e-post", "202617238201;Ada Vokat;ikke-en-adresse")
    assert made.errors
    assert made.errors[0].line == 2


def test_known_telephones_stay_when_another_is_added(centre: Centre, amina: Resident) -> None:
    Telephone.objects.create(resident=amina, number="+47 00 00 00 01")
    apply(plan(centre, "DUF;Mobil", "202617238201;+47 00 00 00 02"))
    assert amina.telephones.count() == 2
    assert effects(plan(centre, "DUF;Mobil", "202617238201;+47 00 00 00 01")) == [Effect.UNCHANGED]


def test_a_plan_made_before_somebody_else_changed_the_register_is_refused(centre: Centre, amina: Resident) -> None:
    made = plan(centre, "DUF;Fornavn;Språk", "202617238201;Amina;tigrinja", ";Bilal;dari")
    Resident.objects.filter(pk=amina.pk).update(languages="arabisk")
    with pytest.raises(ChangedSince):
        apply(made)
    assert Resident.objects.count() == 1
    assert Resident.objects.get().languages == "arabisk"


def test_the_comparison_and_the_saving_happen_under_a_lock(centre: Centre) -> None:
    made = plan(centre, "Fornavn;Etternavn", "Amina;Oppdiktet")
    with CaptureQueriesContext(connection) as queries:
        apply(made)
    asked = [query["sql"] for query in queries]
    locked = next(at for at, sql in enumerate(asked) if "register_centre" in sql and "FOR UPDATE" in sql)
    first_read = next(at for at, sql in enumerate(asked) if 'FROM "register_resident"' in sql and "UPDATE" not in sql)
    assert locked < first_read


def test_a_plan_cannot_be_carried_out_twice(centre: Centre) -> None:
    made = plan(centre, "Fornavn;Etternavn", "Amina;Oppdiktet")
    apply(made)
    with pytest.raises(ChangedSince):
        apply(made)
    assert Resident.objects.count() == 1


def test_when_one_row_fails_in_the_saving_nothing_is_saved(centre: Centre, monkeypatch: pytest.MonkeyPatch) -> None:
    made = plan(centre, "Fornavn;Etternavn", "Amina;A", "Bilal;B")
    saved = made.intake.save

    def fail_at_the_second(thing: Resident, values: object) -> None:
        if thing.given_name == "Bilal":
            raise ConnectionError("the database went away")
        saved(thing, values)

    monkeypatch.setattr(made.intake, "save", fail_at_the_second)
    with pytest.raises(ConnectionError):
        apply(made)
    assert not Resident.objects.exists()


def test_the_fingerprint_tells_whether_the_plan_is_the_same(centre: Centre, amina: Resident) -> None:
    lines = ("DUF;Språk", "202617238201;tigrinja")
    before = plan(centre, *lines).fingerprint
    assert plan(centre, *lines).fingerprint == before
    Resident.objects.filter(pk=amina.pk).update(languages="arabisk")
    assert plan(centre, *lines).fingerprint != before


def test_someone_who_turns_eighteen_tomorrow_is_not_doubted_today(centre: Centre) -> None:
    born = date(TODAY.year - 18, TODAY.month, TODAY.day)
    lines = ("Fornavn;Etternavn;Født", f"Amina;Oppdiktet;{born:%d.%m.%Y}")
    assert plan(centre, *lines).warnings
    assert not plan(centre, *lines, on=TODAY - timedelta(days=1)).warnings


class TestTheCommand:
    @pytest.fixture
    def file(self, tmp_path: Path) -> Path:
        path = tmp_path / "beboere.csv"
        path.write_text("Fornavn;Etternavn;Født\nAmina;Oppdiktet;04.05.2010\n", encoding="utf-8")
        return path

    def test_it_only_shows_until_told_to_apply(self, centre: Centre, file: Path) -> None:
        out = StringIO()
        call_command("import_residents", str(file), "--centre", "granheim mottak", stdout=out)
        assert "Rad 2: Amina Oppdiktet – ny" in out.getvalue()
        assert "Ingenting er endret" in out.getvalue()
        assert not Resident.objects.exists()
        call_command("import_residents", str(file), "--centre", "Granheim mottak", "--apply", stdout=out)
        assert Resident.objects.get().name == "Amina Oppdiktet"

    @pytest.mark.parametrize("more", [[], ["--apply"]])
    def test_errors_are_listed_and_the_command_fails(self, centre: Centre, file: Path, more: list[str]) -> None:
        file.write_text("Fornavn;Etternavn;Født\nAmina;Oppdiktet;i fjor\nBilal;Fiktiv;\n", encoding="utf-8")
        out = StringIO()
        with pytest.raises(CommandError, match="1 feil"):
            call_command("import_residents", str(file), "--centre", "Granheim mottak", *more, stdout=out)
        assert "Rad 2, Fødselsdato" in out.getvalue()
        assert not Resident.objects.exists()

    def test_an_unknown_centre_and_a_missing_file_are_said_plainly(self, centre: Centre, file: Path) -> None:
        with pytest.raises(CommandError, match="Registrerte mottak: Granheim mottak"):
            call_command("import_residents", str(file), "--centre", "Borte")
        with pytest.raises(CommandError, match="Kan ikke lese"):
            call_command("import_residents", str(file) + "x", "--centre", "Granheim mottak")
