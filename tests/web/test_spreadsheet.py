"""A table that somebody opens in a spreadsheet computes nothing, whatever a child's name begins with."""

import csv
import io

import pytest

from savnet.web.spreadsheet import cell, csv_file


@pytest.mark.parametrize(
    "typed", ["=1+1", "+47", "-2", "@SUM(A1)", "\tx", "\rx", "\nx", " =1+1", "\u00a0=1+1", "\uff1d1+1", "\x00=1+1"]
)
def test_nothing_in_a_cell_becomes_a_formula(typed: str) -> None:
    assert cell(typed).startswith("'")


@pytest.mark.parametrize("typed", ["Amina", "a=b", "2018-07-03", "", None, 0, -4])
def test_what_is_no_formula_stays_as_it_was(typed: object) -> None:
    assert cell(typed) == ("" if typed is None else str(typed))


def test_a_cell_keeps_its_quotes_separators_and_line_breaks() -> None:
    odd = 'Ola "x"; Per\r\nlinje'
    file = csv_file(["navn"], [[odd]], name="tabell.csv")
    read = list(csv.reader(io.StringIO(file.content.decode("utf-8-sig"), newline=""), delimiter=";"))
    assert read == [["navn"], [odd]]
    assert file.headers["Content-Type"] == "text/csv; charset=utf-8"
