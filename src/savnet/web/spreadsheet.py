"""A table as a file that a spreadsheet opens: nothing that stands in a cell can become a formula there."""

import csv
import io
from collections.abc import Iterable, Sequence

from django.http import HttpResponse

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
"""How a cell begins that a spreadsheet would compute, also behind blanks."""
WIDE = {"\uff1d": "=", "\uff0b": "+", "\uff0d": "-", "\uff20": "@"}
"""The same signs as East Asian keyboards have them."""


def cell(value: object) -> str:
    """The value as text, with an apostrophe before whatever would be computed. Numbers of ours stay numbers."""
    if isinstance(value, int):
        return str(value)
    text = "" if value is None else str(value).replace("\x00", "")
    first = text.lstrip(" \u00a0\ufeff")[:1]
    return f"'{text}" if text.startswith(FORMULA) or WIDE.get(first, first) in FORMULA else text


def csv_file(head: Sequence[object], rows: Iterable[Sequence[object]], *, name: str) -> HttpResponse:
    """The table as CSV, with the separator that spreadsheets in Norway expect; the mark in front says it is UTF-8."""
    written = io.StringIO()
    writer = csv.writer(written, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow([cell(one) for one in head])
    writer.writerows([cell(one) for one in row] for row in rows)
    response = HttpResponse("\ufeff" + written.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
