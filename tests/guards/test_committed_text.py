"""What is committed names no machine and no registry, so that it works and reads the same everywhere."""

import json
import re
import tempfile
from pathlib import Path

import pytest

from guards.repository import ROOT, named, texts

SOMEONES_HOME = re.compile(r"(?<![\w.])/(?:root|home/[a-z]\w*|Users/[A-Za-z]\w*)/[\w.]")
REGISTRY = re.compile(
    r"https?://[^\s/\"']*(?:pypi|pythonhosted|npmjs|registry|mirror|artifactory|nexus)", re.IGNORECASE
)
LOCKS = ("requirements/run.txt", "requirements/dev.txt")


def places_of_this_machine() -> tuple[str, ...]:
    """Folders that only this machine has: the checkout and what lies above it, and the folder for passing files."""
    above = [folder for folder in (ROOT, *ROOT.parents) if len(folder.parts) > 2]
    return (*(f"{folder}/" for folder in above), f"{tempfile.gettempdir()}/scratch")


@pytest.mark.parametrize("file", texts(), ids=named)
def test_no_committed_file_names_a_machine_or_a_registry(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    found = [place for place in places_of_this_machine() if place in text]
    found += [*SOMEONES_HOME.findall(text), *REGISTRY.findall(text)]
    assert not found, f"{named(file)} names {found}"


@pytest.mark.parametrize("name", LOCKS)
def test_every_python_package_is_locked_by_hash_and_comes_from_nowhere_in_particular(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    entries = re.split(r"\n(?=\w)", text)[1:]
    assert len(entries) > 20
    assert [entry.split()[0] for entry in entries if "--hash=sha256:" not in entry] == []
    assert "://" not in text
    assert not re.search(r"--(?:index|extra|find|trusted)", text)


def test_what_runs_is_locked_to_the_same_versions_as_what_is_tested() -> None:
    run, dev = (set(re.findall(r"^[\w.-]+==[^ ;]+", (ROOT / name).read_text(), re.MULTILINE)) for name in LOCKS)
    assert run - dev == set()


def test_every_npm_package_is_locked_by_hash_and_comes_from_nowhere_in_particular() -> None:
    packages = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    installed = {name: package for name, package in packages.items() if name}
    assert installed
    assert [name for name, package in installed.items() if "integrity" not in package] == []
    assert [name for name, package in installed.items() if "resolved" in package] == []


def test_package_json_and_its_lock_ask_for_the_same() -> None:
    asked = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))
    locked = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"][""]
    for kind in ("dependencies", "devDependencies"):
        assert asked[kind] == locked[kind]


def test_the_licence_is_whole() -> None:
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    articles = [int(number) for number in re.findall(r"^(\d+)\. [A-Z]", text, re.MULTILINE)]
    assert articles == [*range(1, 16)]
    assert "Appendix" in text
    assert text.rstrip().endswith("EUPL version.")
