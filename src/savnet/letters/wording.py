"""The words of the letters: one catalogue per language, in the same keys."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal

Language = Literal["nb", "nn"]
LANGUAGES: tuple[Language, ...] = ("nb", "nn")


class NoWording(LookupError):
    """The catalogue of a language lacks a sentence."""

    def __init__(self, key: str, language: str) -> None:
        super().__init__(f"No wording for {key!r} in {language!r}. Add it to letters/catalogue/{language}.toml.")


@dataclass(frozen=True, slots=True)
class Wording:
    """One language's sentences by key. Calling it fills a sentence's places with values, as plain text."""

    language: str
    sentences: dict[str, str]

    def __call__(self, key: str, /, **values: object) -> str:
        """The sentence, filled in. Raises NoWording for a key that the catalogue lacks."""
        if key not in self.sentences:
            raise NoWording(key, self.language)
        return self.sentences[key].format(**values)

    def all(self, prefix: str) -> tuple[str, ...]:
        """Every sentence right under `prefix`, in the catalogue's order: the lines of a list."""
        return tuple(text for key, text in self.sentences.items() if key.startswith(f"{prefix}."))


@cache
def wording(language: str) -> Wording:
    """The catalogue of a language: "nb" or "nn"."""
    if language not in LANGUAGES:
        raise ValueError(f"Letters are written in {' or '.join(LANGUAGES)}, not in {language!r}.")
    text = files("savnet.letters").joinpath("catalogue", f"{language}.toml").read_text(encoding="utf-8")
    return Wording(language, dict(flat(tomllib.loads(text))))


def flat(table: dict[str, Any], prefix: str = "") -> list[tuple[str, str]]:
    """The catalogue's tables as pairs of dotted key and sentence."""
    pairs: list[tuple[str, str]] = []
    for key, value in table.items():
        pairs += flat(value, f"{prefix}{key}.") if isinstance(value, dict) else [(prefix + key, together(value))]
    return pairs


def together(sentence: str) -> str:
    """The sentence with each paragraph sign bound to its number, so that no line ends between them."""
    return sentence.replace("§ ", "§\u00a0")
