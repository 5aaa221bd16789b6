"""Public names of `rules`, `register` and `cases` are made of the glossary's words: one word per concept."""

import ast
import re
from pathlib import Path

import pytest

from guards.repository import ROOT, modules, named

GLOSSARY = ROOT / "docs" / "glossary.md"
EMPTY_NAMES = {"utils", "util", "helpers", "helper", "common", "misc", "services", "manager", "handler"}


def glossary_words() -> frozenset[str]:
    """Every word of the glossary's first column, and those that may join or qualify them."""
    text = GLOSSARY.read_text(encoding="utf-8")
    concepts = re.findall(r"^\| ([a-z, ]+) \|", text, re.MULTILINE)
    joining = re.search(r"^Words that only join.*?: (.+?)\.$", text, re.MULTILINE | re.DOTALL)
    assert joining
    return frozenset(re.findall(r"[a-z]+", " ".join((*concepts, joining[1]))))


def public_classes(file: Path) -> list[str]:
    """The file's public classes but for errors, which are named for what went wrong."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    classes = [node for node in tree.body if isinstance(node, ast.ClassDef) and not node.name.startswith("_")]
    return [one.name for one in classes if not (one.bases and is_error(one))]


def is_error(one: ast.ClassDef) -> bool:
    bases = {ast.unparse(base) for base in one.bases}
    return bool(bases & {"Exception", "ValueError", "LookupError"})


def words_of(name: str) -> list[str]:
    return [word.lower() for word in re.findall(r"[A-Z][a-z]+|[A-Z]+(?![a-z])", name)]


def is_known(word: str, known: frozenset[str]) -> bool:
    """The word itself, or its stem where it stands in the plural."""
    return bool({word, word.removesuffix("s")} & known)


# Events are sentences (AbsenceNoticed), and their names are fixed by the contract.
FILES = [
    file for file in modules("rules", "register", "cases") if not {"migrations", "commands", "events"} & set(file.parts)
]


@pytest.mark.parametrize("file", FILES, ids=named)
def test_public_names_are_made_of_the_words_of_the_glossary(file: Path) -> None:
    known = glossary_words()
    strange = {name: [w for w in words_of(name) if not is_known(w, known)] for name in public_classes(file)}
    assert not {name: words for name, words in strange.items() if words}, (
        "Use the glossary's word for it, or add the concept to docs/glossary.md."
    )


def test_no_module_has_a_name_that_says_nothing() -> None:
    assert not [named(file) for file in modules() if file.stem in EMPTY_NAMES]
