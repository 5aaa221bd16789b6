"""Every setting and every command stands in the reference, and the reference names nothing that does not exist."""

import re

from guards.repository import PACKAGES, ROOT, modules

SETTINGS = ROOT / "docs" / "reference" / "settings.md"
COMMANDS = ROOT / "docs" / "reference" / "commands.md"
OURS = {"follow", "run"}
DJANGOS = {"migrate", "shell", "check", "procrastinate"}
ELSEWHERE = (ROOT / "Makefile", ROOT / "tools" / "chromium")


def settings_read() -> set[str]:
    """Every setting that some part of Savnet reads; NAME_FILE belongs to NAME, but for the one that is a file."""
    texts = [file.read_text(encoding="utf-8") for file in (*modules(""), *ELSEWHERE)]
    names = {name for text in texts for name in re.findall(r"\bSAVNET_[A-Z_]+[A-Z]\b", text)}
    return {name if name == "SAVNET_KEY_FILE" else name.removesuffix("_FILE") for name in names}


def commands() -> set[str]:
    """Every command of Savnet's own, as it is typed."""
    files = [file for file in modules("") if file.parent.name == "commands" and not file.stem.startswith("_")]
    return OURS | {file.stem.replace("_", "-") for file in files}


def test_every_setting_is_in_the_reference() -> None:
    described = set(re.findall(r"^\| `(SAVNET_[A-Z_]+)`", SETTINGS.read_text(encoding="utf-8"), re.MULTILINE))
    assert described == settings_read()


def test_every_command_is_in_the_reference() -> None:
    described = set(re.findall(r"^\| `savnet ([a-z-]+)", COMMANDS.read_text(encoding="utf-8"), re.MULTILINE))
    assert described == commands()


def test_the_text_of_the_reference_names_only_commands_that_exist() -> None:
    named = set(re.findall(r"`savnet ([a-z-]+)", COMMANDS.read_text(encoding="utf-8")))
    assert named <= commands() | DJANGOS


def test_every_verb_of_make_is_in_the_reference() -> None:
    phony = re.search(r"^\.PHONY: (.+)$", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert phony
    described = set(re.findall(r"^\| `make (\w+)`", COMMANDS.read_text(encoding="utf-8"), re.MULTILINE))
    assert described == set(phony[1].split())


def test_the_help_of_savnet_names_only_commands_that_exist() -> None:
    usage = (PACKAGES / "running" / "command.py").read_text(encoding="utf-8")
    assert set(re.findall(r"^savnet ([a-z-]+)", usage, re.MULTILINE)) <= commands()
