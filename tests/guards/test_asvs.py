"""The account of OWASP ASVS 5.0: every requirement is there, and what is named as evidence exists.

Only ids and levels are the standard's; the words are ours.
"""

import csv
import re
from collections import Counter
from functools import cache
from typing import NamedTuple

import pytest

from guards.repository import PACKAGES, ROOT, modules

ACCOUNT = ROOT / "docs" / "reference" / "asvs.csv"
SUMMARY = ROOT / "docs" / "reference" / "security.md"
STATUSES = ("met", "partly", "not met", "not applicable")
SECTIONS = {
    1: (2, 10, 12, 3, 3),
    2: (3, 3, 5, 2),
    3: (1, 3, 5, 8, 8, 1, 5),
    4: (5, 5, 2, 4),
    5: (1, 6, 3, 3),
    6: (3, 12, 8, 6, 8, 4, 2, 4),
    7: (3, 4, 2, 5, 3, 2),
    8: (4, 4, 3, 2),
    9: (3, 4),
    10: (2, 3, 5, 16, 5, 2, 3),
    11: (4, 5, 5, 4, 2, 2, 2),
    12: (5, 2, 5),
    13: (4, 6, 4, 7),
    14: (2, 8, 3),
    15: (5, 5, 7, 4),
    16: (1, 5, 4, 3, 4),
    17: (2, 8, 2),
}
"""How many requirements each section of each chapter has, in version 5.0.0."""
OF_EACH_LEVEL = {"1": 70, "2": 183, "3": 92}
NOT_HERE = re.compile(
    r"^\s*(import|from) (graphene|graphql|strawberry|websockets|channels|ldap3?|"
    r"pymemcache|pylibmc|saml2|onelogin|aiortc)\b",
    re.MULTILINE,
)
"""What the account calls not applicable because we have no such thing."""
MAKES_TABLES = re.compile(r"csv\.(Dict)?[wW]riter|\bWorkbook\(")


class Row(NamedTuple):
    """One requirement."""

    id: str
    level: str
    status: str
    evidence: str
    why: str


@cache
def account() -> tuple[Row, ...]:
    """All rows, in the order of the file."""
    with ACCOUNT.open(encoding="utf-8", newline="") as file:
        head, *rows = csv.reader(file)
    assert head == list(Row._fields)
    return tuple(Row(*row) for row in rows)


def named(row: Row) -> list[str]:
    """What the row names as evidence: a path, or a path and a test in it."""
    return [one.strip() for one in row.evidence.split(";") if one.strip()]


def test_every_requirement_is_there_once_and_in_order() -> None:
    wanted = [
        f"V{chapter}.{section}.{number}"
        for chapter, counts in SECTIONS.items()
        for section, count in enumerate(counts, start=1)
        for number in range(1, count + 1)
    ]
    assert len(wanted) == 345
    assert [row.id for row in account()] == wanted


def test_the_levels_are_as_many_as_the_standards() -> None:
    assert Counter(row.level for row in account()) == OF_EACH_LEVEL


@pytest.mark.parametrize("row", account(), ids=lambda row: row.id)
def test_a_status_stands_on_something(row: Row) -> None:
    assert row.status in STATUSES
    if row.status in {"met", "partly"}:
        assert named(row), "name a test, a path or a page that shows it"
    if row.status != "met":
        assert len(row.why) > 5, "say why, or what it would take"


@pytest.mark.parametrize("row", account(), ids=lambda row: row.id)
def test_what_is_named_exists(row: Row) -> None:
    for one in named(row):
        path, _, test = one.partition("::")
        assert (ROOT / path).exists(), f"{path} does not exist"
        if test:
            text = (ROOT / path).read_text(encoding="utf-8")
            assert re.search(rf"^ *def {re.escape(test)}\b", text, re.MULTILINE), f"{path} has no {test}"


def test_what_is_not_applicable_is_really_not_here() -> None:
    found = [file for file in modules("") if file.is_relative_to(PACKAGES) and NOT_HERE.search(file.read_text("utf-8"))]
    assert found == [], "docs/reference/asvs.csv says that we have no such thing; write those rows anew"


def test_every_table_for_a_spreadsheet_goes_through_the_one_door() -> None:
    found = {
        file for file in modules("") if file.is_relative_to(PACKAGES) and MAKES_TABLES.search(file.read_text("utf-8"))
    }
    assert found <= {PACKAGES / "web" / "spreadsheet.py"}, "write it by csv_file: there no cell becomes a formula"


def test_the_summary_counts_what_the_account_says() -> None:
    counts = Counter((row.level, row.status) for row in account())
    lines = [line for line in SUMMARY.read_text(encoding="utf-8").splitlines() if re.match(r"\| (\d|all) \|", line)]
    found = [tuple(cell.strip() for cell in line.strip("|").split("|")) for line in lines]
    by_level = [[counts[level, status] for status in STATUSES] for level in OF_EACH_LEVEL]
    wanted = [(level, *map(str, [*row, sum(row)])) for level, row in zip(OF_EACH_LEVEL, by_level, strict=True)]
    total = [sum(column) for column in zip(*by_level, strict=True)]
    assert found == [*wanted, ("all", *map(str, [*total, sum(total)]))]
