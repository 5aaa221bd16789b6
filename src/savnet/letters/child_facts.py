"""The child in a letter: as rows of label and value."""

from savnet.letters.blocks import Row
from savnet.letters.parts import Child, Identity, Reply
from savnet.letters.times import day
from savnet.letters.wording import Wording
from savnet.rules.words import Answer


def said(reply: Reply, words: Wording) -> str:
    """A reply in words: the answer, and what was said to it."""
    answer = words(f"answer.{reply.answer}")
    if reply.answer is Answer.YES and reply.text:
        return reply.text
    return f"{answer}. {reply.text}" if reply.text else answer


def born(child: Identity, words: Wording) -> str:
    """The registered date of birth, marked where it is uncertain."""
    if child.born is None:
        return words("child.not_registered")
    date = day(child.born, words)
    return words("child.uncertain", value=date) if child.born_uncertain else date


def identity(child: Identity, words: Wording) -> list[Row]:
    """Name, DUF number and registered date of birth."""
    return [
        (words("child.name"), child.name),
        (words("child.duf_number"), child.duf_number or words("child.not_registered")),
        (words("child.born"), born(child, words)),
    ]


def person(child: Child, words: Wording) -> list[Row]:
    """Everything of a child's identity that is known, and that it is uncertain where it is."""
    name, number, birth = identity(child, words)
    return [
        name,
        (words("child.original_script"), child.name_in_original_script),
        (words("child.aliases"), ", ".join(child.aliases)),
        (words("child.identity"), words("child.identity_uncertain") if child.identity_uncertain else ""),
        number,
        birth,
        (words("child.sex"), words(f"sex.{child.sex}")),
        (words("child.citizenship"), child.citizenship or words("answer.unknown")),
        *language(child, words),
    ]


def language(child: Child, words: Wording) -> list[Row]:
    """What the child speaks, and whether an interpreter is needed."""
    return [
        (words("child.languages"), ", ".join(child.languages) or words("answer.unknown")),
        (words("child.interpreter"), said(child.interpreter, words) if child.interpreter.asked else ""),
    ]
