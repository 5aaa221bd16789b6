"""The reference of what may be filled in shows the forms and the register's rules as they are."""

from guards.repository import ROOT
from savnet.web.reference import page


def test_the_reference_of_fields_shows_the_forms_as_they_are() -> None:
    shown = (ROOT / "docs" / "reference" / "fields.md").read_text(encoding="utf-8")
    assert shown == page(), "write it anew: python -m savnet.web.reference > docs/reference/fields.md"
