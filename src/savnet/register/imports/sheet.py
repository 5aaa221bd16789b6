"""Reading a file as rows of text: CSV as Norwegian systems write it, and XLSX. With limits, and nothing is run."""

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import PurePath
from xml.etree.ElementTree import ParseError

from django.utils.translation import gettext
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from savnet.register.imports.cells import Column, head

MAX_BYTES = 5_000_000
MAX_UNPACKED = 50_000_000  # an XLSX is a zip; a small one can be packed to fill any memory
MAX_FILES = 1_000  # and of many small ones
MAX_ROWS = 5_000
MAX_COLUMNS = 100
MAX_LINES = 200_000  # blank rows that a spreadsheet has merely touched are skipped, but not for ever
ENDINGS = frozenset({".csv", ".txt", ".tsv", ".xlsx"})
_ROWS_ABOVE_HEADS = 10  # exports often begin with a title and a date


class UnreadableFile(Exception):
    """The file as a whole can't be read. The text says why, to the person who imports."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its number in the file as a spreadsheet shows it, and the cells by field, blank ones left out."""

    line: int
    cells: dict[str, str]
    too_long: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """What was read. `ignored` are the column heads nobody here knows."""

    rows: tuple[Row, ...]
    ignored: tuple[str, ...]


Line = tuple[int, list[str]]


def read_sheet(data: bytes, name: str, columns: Iterable[Column]) -> Sheet:
    """The rows of a CSV or XLSX file. Raises UnreadableFile."""
    if len(data) > MAX_BYTES:
        raise UnreadableFile(gettext("Fila er større enn %(size)s MB. Del den opp.") % {"size": MAX_BYTES // 1_000_000})
    ending = PurePath(name).suffix.lower()
    if ending not in ENDINGS:
        raise UnreadableFile(gettext("Fila er verken CSV eller XLSX."))
    lines = _xlsx_lines(data) if ending == ".xlsx" else _csv_lines(data)
    filled = list(_limited(lines))
    fields = {head(known): column.field for column in columns for known in (column.label, *column.heads)}
    at, heads = _heads(filled, fields)
    named = [fields.get(head(each)) for each in heads]
    _refuse_doubles(heads, named)
    ignored = tuple(each for each, field in zip(heads, named, strict=True) if each and field is None)
    return Sheet(tuple(_row(number, cells, named) for number, cells in filled[at + 1 :]), ignored)


def _heads(lines: list[Line], fields: dict[str, str]) -> tuple[int, list[str]]:
    for at, (_, cells) in enumerate(lines[:_ROWS_ABOVE_HEADS]):
        if sum(head(cell) in fields for cell in cells) >= min(2, len(cells)):
            return at, cells
    raise UnreadableFile(
        gettext("Fant ingen rad med kjente kolonneoverskrifter, som «Etternavn» eller «Kommunenummer».")
    )


def _refuse_doubles(heads: list[str], named: list[str | None]) -> None:
    for at, field in enumerate(named):
        if field is not None and field in named[:at]:
            first = heads[named.index(field)]
            raise UnreadableFile(
                gettext("Kolonnene «%(first)s» og «%(second)s» betyr det samme. Fjern den ene.")
                % {"first": first, "second": heads[at]}
            )


def _row(number: int, cells: list[str], named: list[str | None]) -> Row:
    known = {field: cell for field, cell in zip(named, cells, strict=False) if field and cell}
    return Row(number, known, too_long=any(cells[len(named) :]))


def _limited(lines: Iterator[Line]) -> Iterator[Line]:
    """The rows with anything in them, as long as there are not too many."""
    filled = 0
    for number, cells in lines:
        filled += any(cells)
        if filled > MAX_ROWS or number > MAX_LINES:
            raise UnreadableFile(gettext("Fila har mer enn %(max_rows)s rader. Del den opp.") % {"max_rows": MAX_ROWS})
        if any(cells[MAX_COLUMNS:]):
            raise UnreadableFile(gettext("Fila har mer enn %(max_columns)s kolonner.") % {"max_columns": MAX_COLUMNS})
        if any(cells):
            yield number, cells[:MAX_COLUMNS]


def _csv_lines(data: bytes) -> Iterator[Line]:
    text = _decoded(data)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    try:
        for number, cells in enumerate(reader, start=1):
            yield number, [cell.strip() for cell in cells]
    except csv.Error as error:
        raise UnreadableFile(
            gettext("Fila er ikke en gyldig CSV-fil ved linje %(line)s.") % {"line": reader.line_num}
        ) from error


def _decoded(data: bytes) -> str:
    """UTF-8 with or without a mark, UTF-16 with one, else the old Windows alphabet that Excel still writes."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    if b"\0" in data:
        raise UnreadableFile(gettext("Fila er verken CSV eller XLSX."))
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def _delimiter(text: str) -> str:
    """The one of the usual separators that occurs most in the first lines."""
    beginning = "\n".join(text.splitlines()[:_ROWS_ABOVE_HEADS])
    return max((";", ",", "\t"), key=beginning.count)


def _xlsx_lines(data: bytes) -> Iterator[Line]:
    try:
        _refuse_bombs(data)
        # data_only: the values last shown. A formula is never worked out here.
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        for number, cells in enumerate(book.worksheets[0].iter_rows(values_only=True), start=1):
            yield number, [_as_text(cell) for cell in cells]
    except (zipfile.BadZipFile, InvalidFileException, ParseError, KeyError, ValueError, IndexError) as error:
        raise UnreadableFile(gettext("Fila er ikke en gyldig XLSX-fil.")) from error


def _refuse_bombs(data: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        inside = archive.infolist()
        if len(inside) > MAX_FILES or sum(entry.file_size for entry in inside) > MAX_UNPACKED:
            raise UnreadableFile(gettext("Fila blir for stor når den pakkes ut."))


def _as_text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "ja" if cell else "nei"
    if isinstance(cell, datetime | date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()
