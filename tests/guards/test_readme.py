"""The README names only verbs that exist, and the two commands a newcomer needs."""

import re

from guards.repository import ROOT

README = ROOT / "README.md"
NEEDED = {"run", "test"}


def verbs() -> set[str]:
    """What the Makefile can do."""
    phony = re.search(r"^\.PHONY: (.+)$", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    return set(phony[1].split()) if phony else set()


def test_the_makefile_has_few_verbs() -> None:
    assert not NEEDED - verbs()
    assert len(verbs()) <= 8


def test_continuous_integration_calls_what_people_call() -> None:
    called = set(re.findall(r"^make (\w+)$", (ROOT / ".ci" / "run").read_text(encoding="utf-8"), re.MULTILINE))
    assert {"check", "test"} <= called <= verbs()


def test_the_readme_names_only_verbs_that_exist() -> None:
    named = set(re.findall(r"\bmake ([a-z]+)\b", README.read_text(encoding="utf-8")))
    assert NEEDED <= named <= verbs()
