"""The page of the documentation that shows the tables of rights, made from them: `docs/reference/access.md`."""

from collections.abc import Iterable, Iterator, Mapping

from savnet.access.classes import EVENTS, FACTS, LETTERS, REGISTER, WRITTEN_AS
from savnet.access.rights import RIGHTS, SEES, UNTIL_SENT, FieldClass, Relation, Role

OPENING = """# Who may do and see what

Made from the tables in `savnet.access.rights` and `savnet.access.classes`, which the code reads; a test fails where
this page and the tables differ. To write it anew: `python -m savnet.access.reference > docs/reference/access.md`.

What stands in no table is refused. What one may not see looks just like what does not exist.
"""
BETWEEN = """
A letter addressed to a person's own office may be read whole by whoever has `addressed` in a row above. Whereabouts are
shown only to those who have lately said once more who they are. What is hidden shows as «Skjult», with the reason.
"""


def page() -> str:
    """The whole page."""
    return "\n".join(
        (
            OPENING,
            "## Role, action, relation\n",
            *_table(("role", "action", "in the relation"), _rights()),
            "\n## Role, relation, class\n",
            *_table(("role", "relation", "classes of knowledge"), _sees()),
            BETWEEN,
            "## Field, class\n",
            *_table(("event", "field", "class"), _fields(EVENTS)),
            "\nOf `fact_recorded` the class is that of the item:\n",
            *_table(("item", "class"), ((item, kind.value) for item, kind in FACTS.items())),
            "\n## Letter, classes\n",
            *_table(("letter", "meets", "can hold"), _letters()),
            "\n## Register, class\n",
            *_table(("table", "field", "class"), _fields(REGISTER)),
            "",
        )
    )


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield f"|{'---|' * len(head)}"
    yield from (f"| {' | '.join(row)} |" for row in rows)


def _rights() -> Iterator[tuple[str, ...]]:
    for role, actions in RIGHTS.items():
        for action, held in actions.items():
            yield f"`{role.value}`", f"`{action.value}`", _in_order(Relation, held)


def _sees() -> Iterator[tuple[str, ...]]:
    for role in Role:
        for relation, classes in SEES[role].items():
            until = UNTIL_SENT.get(role, frozenset()) if FieldClass.WHEREABOUTS in classes else frozenset()
            more = f"; until the report is sent also {_in_order(FieldClass, until)}" if until else ""
            yield f"`{role.value}`", f"`{relation.value}`", _in_order(FieldClass, classes) + more
        if not SEES[role]:
            yield f"`{role.value}`", "–", "nothing of a child"


def _fields(table: Mapping[str, Mapping[str, FieldClass]]) -> Iterator[tuple[str, ...]]:
    for name, classed in table.items():
        for kind in FieldClass:
            if held := [field for field, one in classed.items() if one is kind]:
                yield f"`{name}`", ", ".join(f"`{field}`" for field in held), kind.value


def _letters() -> Iterator[tuple[str, ...]]:
    for letter, classes in LETTERS.items():
        meets = ", ".join(duty for duty, kind in WRITTEN_AS.items() if kind == letter)
        yield f"`{letter}`", meets or "–", _in_order(FieldClass, classes)


def _in_order(words: type[Relation] | type[FieldClass], held: Iterable[Relation | FieldClass]) -> str:
    chosen = set(held)
    return ", ".join(word.value for word in words if word in chosen)


if __name__ == "__main__":
    print(page(), end="")  # noqa: T201 - what this command is for
