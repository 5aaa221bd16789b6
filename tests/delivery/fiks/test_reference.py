"""The reference tells of every status, and of every field whose content is not plain."""

from pathlib import Path

from delivery.fiks.conftest import concern_message
from savnet.delivery.channels.fiks.statuses import KEPT, State

TEXT = (Path(__file__).resolve().parents[3] / "docs" / "reference" / "fiks.md").read_text(encoding="utf-8")
PLAIN = {"kommunenummer", "kommunenavn"}


def test_every_word_of_the_portal_is_explained() -> None:
    assert [state for state in State if f"| `{state}` |" not in TEXT] == []


def test_every_field_is_explained_unless_it_explains_itself() -> None:
    fields = set(concern_message(interpreter="tigrinja", other_services="BUP").form()) - PLAIN
    assert [field for field in sorted(fields) if f"`{field}" not in TEXT] == []


def test_the_days_are_those_of_the_code() -> None:
    assert f"After {KEPT.days} days" in TEXT
