"""Files as other systems write them, and files that must not be taken in."""

import io
import zipfile
from datetime import date, datetime
from pathlib import Path
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from savnet.register.imports.cells import CellError, Column, day, looks_like_a_formula, text, yes_or_no
from savnet.register.imports.sheet import MAX_BYTES, MAX_ROWS, UnreadableFile, read_sheet

COLUMNS = tuple(
    Column(field=field, label=label, heads=heads, read=text)
    for field, label, heads in (
        ("family_name", "Etternavn", ("Slektsnavn",)),
        ("given_name", "Fornavn", ()),
        ("born", "Fødselsdato", ("Født",)),
        ("duf_number", "DUF-nummer", ("DUF nr",)),
    )
)


def xlsx(*rows: list[object]) -> bytes:
    book, out = Workbook(), io.BytesIO()
    for row in rows:
        book.worksheets[0].append(row)
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_every_way_a_norwegian_system_writes_csv_is_read(encoding: str, delimiter: str, ending: str) -> None:
    lines = [["Fornavn", "Etternavn"], ["Åse", "Ørjavik"]]
    data = ending.join(delimiter.join(cells) for cells in lines).encode(encoding)
    (row,) = read_sheet(data, "liste.csv", COLUMNS).rows
    assert row.cells == {"given_name": "Åse", "family_name": "Ørjavik"}
    assert row.line == 2


def test_names_in_arabic_and_geez_script_survive() -> None:
    data = "Fornavn;Etternavn\nأمينة;ሰላም\n".encode()
    assert read_sheet(data, "liste.csv", COLUMNS).rows[0].cells == {"given_name": "أمينة", "family_name": "ሰላም"}


def test_a_quoted_cell_may_hold_the_delimiter_and_a_line_break() -> None:
    data = b'Fornavn;Etternavn\n"Ami;na";"Opp\ndiktet"\n'
    assert read_sheet(data, "liste.csv", COLUMNS).rows[0].cells["given_name"] == "Ami;na"


def test_a_title_above_the_heads_is_passed_over_and_row_numbers_are_the_files() -> None:
    data = b"Beboerliste Granheim;\n;\nFornavn;Etternavn\n;\nAmina;Oppdiktet\n"
    (row,) = read_sheet(data, "liste.csv", COLUMNS).rows
    assert row.line == 5


def test_heads_are_known_whatever_their_spelling_and_unknown_ones_are_told_of() -> None:
    data = b"SLEKTSNAVN;fornavn ;DUF-nr.;Husdyr\nOppdiktet;Amina;1;hund\n"
    sheet = read_sheet(data, "liste.csv", COLUMNS)
    assert sheet.rows[0].cells.keys() == {"family_name", "given_name", "duf_number"}
    assert sheet.ignored == ("Husdyr",)


def test_two_columns_for_the_same_are_refused() -> None:
    with pytest.raises(UnreadableFile, match=r"«Etternavn» og «Slektsnavn»"):
        read_sheet(b"Etternavn;Slektsnavn\nA;B\n", "liste.csv", COLUMNS)


def test_a_row_with_more_cells_than_heads_is_marked() -> None:
    (row,) = read_sheet(b"Fornavn;Etternavn\nAmina;Oppdiktet;her;borte\n", "liste.csv", COLUMNS).rows
    assert row.too_long


def test_a_spreadsheet_gives_dates_numbers_and_text() -> None:
    data = xlsx(
        ["Fornavn", "Etternavn", "Født", "DUF nr"],
        ["Amina", "Oppdiktet", datetime(2010, 5, 4), 202617238201],  # noqa: DTZ001 - a cell has no zone
        ["Bilal", "Fiktiv", date(2009, 1, 2), 202617238201.0],
    )
    first, second = read_sheet(data, "liste.XLSX", COLUMNS).rows
    assert day(first.cells["born"]) == date(2010, 5, 4)
    assert day(second.cells["born"]) == date(2009, 1, 2)
    assert first.cells["duf_number"] == second.cells["duf_number"] == "202617238201"


def test_a_formula_in_a_spreadsheet_is_not_worked_out() -> None:
    data = xlsx(["Fornavn", "Etternavn"], ["=1+1", "Oppdiktet"])
    assert "given_name" not in read_sheet(data, "liste.xlsx", COLUMNS).rows[0].cells


@pytest.mark.parametrize(
    ("data", "name", "says"),
    [
        (b"", "tom.csv", "kolonneoverskrifter"),
        (b"hei;hallo\n1;2\n", "annet.csv", "kolonneoverskrifter"),
        (b"\x00\x01\x02", "bilde.csv", "verken CSV eller XLSX"),
        (b'Fornavn;Etternavn\n"uten slutt', "brutt.csv", "gyldig CSV"),
        (b"ikke en zip", "brutt.xlsx", "gyldig XLSX"),
        (b"x" * (MAX_BYTES + 1), "stor.csv", "5 MB"),
        (b"Fornavn;Etternavn\n" + b"A;B\n" * MAX_ROWS, "lang.csv", "5000 rader"),
        (b"Fornavn;Etternavn" + b";x" * 200 + b"\n", "bred.csv", "100 kolonner"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(data: bytes, name: str, says: str) -> None:
    with pytest.raises(UnreadableFile, match=says):
        read_sheet(data, name, COLUMNS)


def test_a_zip_that_swells_is_refused_before_it_is_unpacked() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 60_000_000)
    assert len(out.getvalue()) < 100_000
    with pytest.raises(UnreadableFile, match="pakkes ut"):
        read_sheet(out.getvalue(), "bombe.xlsx", COLUMNS)


def test_a_zip_of_very_many_files_is_refused_before_it_is_unpacked() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for number in range(1_001):
            archive.writestr(f"xl/{number}.xml", "")
    with pytest.raises(UnreadableFile, match="pakkes ut"):
        read_sheet(out.getvalue(), "mange.xlsx", COLUMNS)


def with_entities(declared: str) -> bytes:
    """A workbook that says «&x;» in place of a name, and declares what that is."""
    whole = io.BytesIO(xlsx(["Fornavn", "Etternavn"], ["Amina", "Oppdiktet"]))
    out = io.BytesIO()
    with zipfile.ZipFile(whole) as before, zipfile.ZipFile(out, "w") as after:
        for entry in before.infolist():
            content = before.read(entry)
            if entry.filename == "xl/worksheets/sheet1.xml":
                assert b">Amina<" in content
                content = f"<!DOCTYPE worksheet [{declared}]>".encode() + content.replace(b">Amina<", b">&x;<")
            after.writestr(entry, content)
    return out.getvalue()


def test_a_workbook_reads_no_file_of_ours(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("CANARY-SECRET")
    outer = f'<!ENTITY x SYSTEM "{(tmp_path / "secret").as_uri()}">'
    try:
        sheet = read_sheet(with_entities(outer), "liste.xlsx", COLUMNS)
    except UnreadableFile:
        return
    assert "CANARY" not in str(sheet)


def test_a_workbook_of_entities_within_entities_fills_no_memory() -> None:
    inner = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    bomb = with_entities(f'<!ENTITY e0 "haha">{inner}<!ENTITY x "&e9;">')
    before = process_time()
    try:
        sheet = read_sheet(bomb, "le.xlsx", COLUMNS)
    except UnreadableFile:
        sheet = None
    assert len(str(sheet)) < 10_000
    assert process_time() - before < 5


@pytest.mark.parametrize("name", ["liste.exe", "liste.csv.html", "liste", "liste.xlsm"])
def test_a_list_by_another_name_is_refused(name: str) -> None:
    with pytest.raises(UnreadableFile, match="verken CSV eller XLSX"):
        read_sheet(b"Fornavn;Etternavn\nAmina;Oppdiktet\n", name, COLUMNS)


def test_a_zip_that_is_no_workbook_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("hei.txt", "hei")
    with pytest.raises(UnreadableFile, match="gyldig XLSX"):
        read_sheet(out.getvalue(), "zip.xlsx", COLUMNS)


@given(st.binary(max_size=400), st.sampled_from(["a.csv", "a.xlsx"]))
def test_no_bytes_make_the_reader_fall_over(data: bytes, name: str) -> None:
    try:
        read_sheet(data, name, COLUMNS)
    except UnreadableFile as error:
        assert str(error)  # noqa: PT017 - either outcome is right, as long as it is one of the two


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("04.05.2010", date(2010, 5, 4)),
        ("4.5.2010", date(2010, 5, 4)),
        ("4. 5. 2010", date(2010, 5, 4)),
        ("2010-05-04", date(2010, 5, 4)),
        ("2010-05-04T00:00:00", date(2010, 5, 4)),
    ],
)
def test_dates_are_read_as_they_are_written_here(cell: str, expected: date) -> None:
    assert day(cell) == expected


@pytest.mark.parametrize("cell", ["31.02.2010", "04.05.10", "05/04/2010", "mai 2010", "2010", "2010-13-01"])
def test_what_is_no_certain_date_is_refused(cell: str) -> None:
    with pytest.raises(CellError, match=r"(?i)dato"):
        day(cell)


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 1, 1)))
def test_both_ways_of_writing_a_date_mean_the_same(born: date) -> None:
    assert day(f"{born:%d.%m.%Y}") == day(born.isoformat()) == born


def test_yes_and_no_are_not_guessed() -> None:
    assert [yes_or_no(cell) for cell in ("Ja", "x", "NEI", "0")] == [True, True, False, False]
    with pytest.raises(CellError):
        yes_or_no("kanskje")


@pytest.mark.parametrize(
    ("cell", "formula"), [("=1+1", True), ("@SUM", True), ("+47 00 00 12 34", False), ("-", False)]
)
def test_a_telephone_number_is_no_formula(cell: str, formula: bool) -> None:
    assert looks_like_a_formula(cell) is formula
