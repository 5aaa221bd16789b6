"""How unclear sentences are read: the same in the document as in the rules, and each one at work in a rule."""

from guards.repository import ROOT
from savnet.rules import INTERPRETATIONS, Interpretation
from savnet.rules.rs_2015_009.provisions import coded

DOCUMENT = ROOT / "docs" / "interpretations.md"


def as_written(reading: Interpretation) -> str:
    """A reading as the document sets it out."""
    provisions = ", ".join(reading.provisions)
    head = f"## {reading.number}. {reading.question}"
    return f"{head}\n\n{provisions} · {reading.dated.isoformat()}\n\n{reading.reading}"


def test_the_document_and_the_rules_hold_the_same_readings() -> None:
    parts = DOCUMENT.read_text(encoding="utf-8").split("\n## ")[1:]
    assert ["## " + part.strip() for part in parts] == [as_written(one) for one in INTERPRETATIONS]


def test_readings_are_numbered_without_a_gap() -> None:
    assert [one.number for one in INTERPRETATIONS] == list(range(1, len(INTERPRETATIONS) + 1))


def test_every_reading_that_a_rule_cites_exists() -> None:
    cited = {number for rule in coded() for number in rule.interpretations}
    assert cited <= {one.number for one in INTERPRETATIONS}


def test_every_provision_that_a_reading_bears_on_cites_it() -> None:
    for reading in INTERPRETATIONS:
        citing = {name for one in coded() if reading.number in one.interpretations for name in (one.id, *one.also)}
        assert set(reading.provisions) <= citing, f"reading {reading.number} is not cited where it says it is at work"
