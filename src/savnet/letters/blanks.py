"""What is still unanswered in a letter, in field words."""

from collections.abc import Iterable
from dataclasses import dataclass

from savnet.letters.wording import wording
from savnet.rules.words import Answer


@dataclass(frozen=True, slots=True)
class Blank:
    """One thing nobody has answered. `field` is its name in code, and of its words in the catalogue."""

    field: str

    def in_words(self, language: str = "nb") -> str:
        """What is missing, as a caseworker would say it."""
        return wording(language)(f"blank.{self.field}")


def empty(fields: Iterable[tuple[str, str]]) -> tuple[Blank, ...]:
    """A blank for each named text that holds nothing but space."""
    return tuple(Blank(field) for field, text in fields if not text.strip())


def unanswered(answers: Iterable[tuple[str, Answer]]) -> tuple[Blank, ...]:
    """A blank for each question that nobody has asked; every other answer, "unknown" too, is an answer."""
    return tuple(Blank(field) for field, answer in answers if answer is Answer.NOT_ASKED)
