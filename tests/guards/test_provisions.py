"""Every numbered provision of the circular is carried out by a rule or listed as not coded, with the reason."""

import ast
import inspect
import re

import pytest

from guards.repository import PACKAGES, ROOT
from savnet.rules.provision import Coded
from savnet.rules.rs_2015_009.not_coded import NOT_CODED
from savnet.rules.rs_2015_009.provisions import CODED_IDS, SECTIONS, coded
from savnet.rules.rs_2015_009.versions import VERSIONS

PROVISIONS = tuple((ROOT / "tests" / "law" / "provision_ids.txt").read_text(encoding="utf-8").split())
LIST = ROOT.parent / "shared" / "law" / "provisions.md"
CIRCULAR = LIST.with_name("rs-2015-009.txt")
ROW = re.compile(r"^\| ((?:\d(?:\.\d)?|[a-d])-\d+) \|", re.MULTILINE)


def test_the_ids_are_those_of_the_list_of_provisions() -> None:
    if not LIST.exists():
        pytest.skip("the list of provisions lies outside the project and is not here")
    assert tuple(ROW.findall(LIST.read_text(encoding="utf-8"))) == PROVISIONS


@pytest.mark.parametrize("provision", PROVISIONS)
def test_a_provision_is_coded_or_listed_as_not_coded_and_never_both(provision: str) -> None:
    assert (provision in CODED_IDS) != (provision in NOT_CODED)


def test_nothing_is_coded_that_the_circular_does_not_hold() -> None:
    assert set(CODED_IDS) | set(NOT_CODED) == set(PROVISIONS)


@pytest.mark.parametrize("provision", sorted(NOT_CODED))
def test_what_is_not_coded_has_its_reason(provision: str) -> None:
    assert NOT_CODED[provision].endswith(".")


@pytest.mark.parametrize("rule", list(coded()), ids=lambda rule: f"{rule.id}-{rule.function.__name__}")
def test_a_rule_says_what_it_does_and_where_it_stands(rule: Coded[..., object]) -> None:
    assert inspect.getdoc(rule.function)
    assert rule.basis.point
    assert rule.basis.words


@pytest.mark.parametrize("rule", list(coded()), ids=lambda rule: f"{rule.id}-{rule.function.__name__}")
def test_the_words_of_a_rule_are_the_words_of_the_circular(rule: Coded[..., object]) -> None:
    if not CIRCULAR.exists():
        pytest.skip("the text of the circular lies outside the project and is not here")
    text = plain(CIRCULAR.read_text(encoding="utf-8"))
    assert [part for part in plain(rule.basis.words or "").split(" … ") if part not in text] == []


def plain(text: str) -> str:
    """Without line breaks, parentheses and capitals, since a quotation may begin anywhere."""
    return " ".join(text.replace("(", "").replace(")", "").lower().split())


def test_every_duty_of_a_version_is_a_rule_with_something_that_sets_it_off() -> None:
    rules = set(coded())
    for version in VERSIONS:
        assert set(version.duties) <= rules
        assert all(duty.on for duty in version.duties)


def test_every_rule_that_is_set_off_belongs_to_some_version() -> None:
    in_force = {duty for version in VERSIONS for duty in version.duties}
    assert {rule for rule in coded() if rule.on} == in_force


@pytest.mark.parametrize("section", SECTIONS, ids=lambda section: section.__name__.rpartition(".")[2])
def test_within_a_section_the_rules_stand_in_the_order_of_the_circular(section: object) -> None:
    here = [rule.id for rule in vars(section).values() if isinstance(rule, Coded)]
    assert here == sorted(here, key=PROVISIONS.index)


def test_every_public_function_of_the_rules_has_its_docstring() -> None:
    bare = []
    for file in sorted((PACKAGES / "rules").rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_") and not ast.get_docstring(node):
                bare.append(f"{file.name}: {node.name}")
    assert [one for one in bare if not one.endswith(": mark")] == []
