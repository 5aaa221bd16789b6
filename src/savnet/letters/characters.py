"""What people have typed, made fit to print: nothing invisible gets in, nothing visible is silently lost."""

import unicodedata
from typing import Any

NEEDED_INVISIBLE = "\u200c\u200d"  # joiners, without which Persian, Pashto and others are misspelt
FROM_RIGHT, END_OF_DIRECTION = "\u2067", "\u2069"
SHOWN_AS_SPACE = "\t\r"


def fit(content: Any, shown: frozenset[int]) -> tuple[Any, tuple[str, ...]]:
    """The content with every text fit to print, and the characters that no font of ours can show."""
    lost: set[str] = set()
    return fit_value(content, shown, lost), tuple(sorted(lost))


def fit_value(value: Any, shown: frozenset[int], lost: set[str]) -> Any:
    """One value of the content: a text, or more content."""
    match value:
        case str():
            return fit_text(value, shown, lost)
        case dict():
            return {key: fit_value(inner, shown, lost) for key, inner in value.items()}
        case list() | tuple():
            return [fit_value(inner, shown, lost) for inner in value]
        case _:
            return value


def fit_text(text: str, shown: frozenset[int], lost: set[str]) -> str:
    """A text without control and direction marks; a character without a shape is named by its number instead.

    A name in a script that we have no font for must not stop a report of a missing child, and must not vanish either.
    """
    if text.isascii() and text.isprintable():
        return text
    plain = unicodedata.normalize("NFC", text.replace("\r\n", "\n"))
    return "\n".join(directed("".join(fit_character(one, shown, lost) for one in line)) for line in plain.split("\n"))


def directed(line: str) -> str:
    """A line all in a script that runs from the right, set so; else its brackets fall at the wrong end."""
    ways = {unicodedata.bidirectional(one) for one in line}
    from_right = bool(ways & {"R", "AL"}) and "L" not in ways
    return f"{FROM_RIGHT}{line}{END_OF_DIRECTION}" if from_right else line


def fit_character(character: str, shown: frozenset[int], lost: set[str]) -> str:
    """One character: itself, a space, nothing, or its number in brackets."""
    if character in NEEDED_INVISIBLE:
        return character
    if character in SHOWN_AS_SPACE:
        return " "
    if unicodedata.category(character) in {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}:
        return ""
    if ord(character) in shown:
        return character
    lost.add(character)
    return f"[U+{ord(character):04X}]"
