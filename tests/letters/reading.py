"""Reading letters back: everything that a composed letter says, as one text."""

from collections.abc import Iterator
from typing import Any

from savnet.letters import Letter, Packet, compose


def spoken(letter: Letter | Packet, language: str = "nb") -> str:
    """All that the letter says, page for page, with common spaces."""
    return "\n".join(texts(compose(letter, language)["pages"])).replace("\u00a0", " ")


def texts(value: Any) -> Iterator[str]:
    match value:
        case str():
            yield value
        case dict():
            for inner in value.values():
                yield from texts(inner)
        case list():
            for inner in value:
                yield from texts(inner)
