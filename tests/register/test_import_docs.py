"""The operators' page names every column that a list may have."""

from datetime import date
from pathlib import Path

import pytest

from savnet.register.imports import centres, recipients, resident_columns, routes
from savnet.register.imports.cells import Column

PAGE = Path(__file__).parents[2] / "docs" / "running" / "register.md"
TODAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("section", "columns"),
    [
        ("## Residents", resident_columns.columns(TODAY)),
        ("## Centres", centres.columns(TODAY)),
        ("## Those who are told", recipients.COLUMNS),
        ("## Police routes", routes.columns(TODAY)),
    ],
)
def test_every_column_is_named(section: str, columns: tuple[Column, ...]) -> None:
    text = PAGE.read_text(encoding="utf-8").split(section)[1].split("\n## ")[0]
    listed = " ".join(text.split("Columns:")[1].split())
    assert [column.label for column in columns if column.label not in listed] == []
