"""The rows of an import plan in words: «Kjønn: Gutt → Jente», never a code."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext

from savnet.register.imports import Change, Effect, Plan
from savnet.register.models import Resident


@dataclass(frozen=True, slots=True)
class ShownField:
    """One field of a row: what stands there, and what would."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class ShownChange:
    """One row that would do something."""

    line: int
    label: str
    is_new: bool
    fields: tuple[ShownField, ...]


def shown_changes(plan: Plan) -> Iterator[ShownChange]:
    """Every row that would create or change somebody, in the order of the list."""
    words = {column.label: _words(column.field) for column in plan.intake.columns}
    for change in plan.changes:
        if change.effect is not Effect.UNCHANGED:
            yield ShownChange(change.line, change.label, change.effect is Effect.CREATED, _fields(change, words))


def _fields(change: Change, words: Mapping[str, Mapping[Any, str]]) -> tuple[ShownField, ...]:
    return tuple(
        ShownField(one.label, in_words(one.before, words[one.label]), in_words(one.after, words[one.label]))
        for one in change.fields
    )


def _words(field: str) -> Mapping[Any, str]:
    """The words for the codes of a field that has codes."""
    known = {each.name: each for each in Resident._meta.concrete_fields}
    return {code: str(word) for code, word in known[field].flatchoices} if field in known else {}


def in_words(value: Any, words: Mapping[Any, str]) -> str:
    """A value as a person reads it."""
    if value is None or value in ("", ()):
        return gettext("tomt")
    if isinstance(value, bool):
        return gettext("ja") if value else gettext("nei")
    if isinstance(value, date):
        return f"{value:%d.%m.%Y}"
    return ", ".join(value) if isinstance(value, tuple) else words.get(value, str(value))
