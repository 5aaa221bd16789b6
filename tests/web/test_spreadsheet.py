"""A file for a spreadsheet: whatever somebody wrote, no cell is computed, and nothing that was written is lost."""

import csv
import io
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from savnet.web.spreadsheet import FORMULA, cell, csv_file


def read(response: Any) -> list[list[str]]:
    return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"), newline=""), delimiter=";"))


@pytest.mark.parametrize("text", ["=1+1", "+47", "-1", "@SUM(A1)", "\t=1", " =1", "\uff1d1", "\r=1"])
def test_what_would_be_computed_is_text(text: str) -> None:
    assert cell(text) == f"'{text}"


@pytest.mark.parametrize(("value", "text"), [("Luwam", "Luwam"), (None, ""), (-3, "-3"), ("a=b", "a=b"), ("", "")])
def test_all_else_stays_as_it_is(value: object, text: str) -> None:
    assert cell(value) == text


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\x00")))
def test_no_text_begins_as_a_formula_and_none_is_lost(text: str) -> None:
    (row,) = read(csv_file([text], [], name="x.csv"))
    assert not row[0].startswith(FORMULA)
    assert row[0] in {text, f"'{text}"}
