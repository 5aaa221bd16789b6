"""The reference of the rules names every duty, event, field and part of a scenario there is, and no other."""

import re
from dataclasses import fields

from guards.repository import ROOT
from savnet.rules import Centre, Resident
from savnet.rules.events import TYPES, Event
from savnet.rules.rs_2015_009.versions import VERSIONS
from savnet.rules.scenario import FIELDS

TEXT = (ROOT / "docs" / "reference" / "rules.md").read_text(encoding="utf-8")
COMMON = {one.name for one in fields(Event)}


def rows(heading: str) -> dict[str, str]:
    """The first table under a heading: what its first column names, with the rest of the row."""
    part = TEXT.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    table = re.findall(r"^\| ([^|]+?) \| (.+) \|$", part, re.MULTILINE)[1:]
    return {name.strip("`"): rest for name, rest in table}


def test_every_duty_is_described_with_what_it_carries_out_and_how_it_is_read() -> None:
    duties = {duty.id: duty for version in VERSIONS for duty in version.duties}
    described = rows("Obligations")
    assert set(described) == set(duties)
    for id, duty in duties.items():
        also, *_, readings = described[id].split(" | ")
        assert also == (", ".join(duty.also) or "–")
        assert readings == (", ".join(map(str, duty.interpretations)) or "–")


def test_every_event_is_described_with_its_fields() -> None:
    described = {name: set(re.findall(r"`(\w+)`", rest)) for name, rest in rows("Events").items()}
    known = {
        name: {one.metadata.get("name", one.name) for one in fields(kind) if one.name not in COMMON}
        for name, kind in TYPES.items()
    }
    assert described == known


def test_every_part_of_a_scenario_is_described() -> None:
    described = rows("Scenario files")
    assert set(described) == set(FIELDS)
    for part, kind in (("centre", Centre), ("resident", Resident)):
        assert {one.name for one in fields(kind)} <= set(re.findall(r"`(\w+)`", described[part]))
