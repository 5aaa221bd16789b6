"""From plain values to frozen dataclasses and back, by the names and kinds of their fields; and instants as text."""

from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date, datetime
from enum import StrEnum
from types import UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from savnet.rules.time import utc

YEARS = range(1900, 2200)
"""The years that a date in a child's case can lie in."""


class Unreadable(ValueError):
    """Something in a scenario or record cannot be read. `where` is the path to it, `what` why and what to write."""

    def __init__(self, where: tuple[str | int, ...], what: str) -> None:
        self.where = where
        self.what = what
        super().__init__(f"{'.'.join(map(str, where)) or 'the file'}: {what}")


def read_instant(raw: object) -> datetime:
    """An instant from ISO 8601 with offset, in UTC."""
    try:
        instant = raw if isinstance(raw, datetime) else datetime.fromisoformat(str(raw))
    except ValueError:
        raise Unreadable((), f"{raw!r} is no instant. Write ISO 8601 with offset: 2026-03-02T18:00+01:00.") from None
    if instant.tzinfo is None:
        raise Unreadable((), f"{raw!r} has no offset. Write which instant is meant: 2026-03-02T18:00+01:00.")
    return utc(_within_reason(instant))


Day = TypeVar("Day", bound=date)


def _within_reason(day: Day) -> Day:
    """The same day or instant. A year that nobody can mean is a slip of the pen."""
    if not YEARS.start <= day.year < YEARS.stop:
        raise Unreadable((), f"the year {day.year} lies outside {YEARS.start} to {YEARS.stop - 1}.")
    return day


def write_instant(instant: datetime) -> str:
    """An instant as ISO 8601 in UTC, ending in Z."""
    return utc(instant).isoformat().replace("+00:00", "Z")


def read(kind: type[Any], given: dict[str, Any], **known: Any) -> Any:
    """A frozen dataclass of `kind` from a mapping. Unknown, missing and ill-formed fields raise Unreadable.

    A field that is null counts as not given.
    """
    shape = _shape(kind)
    for name in given:
        if name not in shape:
            raise Unreadable((name,), f"{kind.__name__} has no such field. Known: {', '.join(shape)}.")
    values = dict(known)
    for name, (attribute, convert) in shape.items():
        if given.get(name) is not None:
            values[attribute] = _at(name, convert, given[name])
    return _build(kind, values)


def _build(kind: type[Any], values: dict[str, Any]) -> Any:
    for one in fields(kind):
        if one.name not in values and one.default is MISSING and one.default_factory is MISSING:
            raise Unreadable((name_of(one),), "is missing.")
    return kind(**values)


def _at(name: str, convert: Callable[[Any], Any], raw: object) -> Any:
    try:
        return convert(raw)
    except Unreadable as problem:
        raise Unreadable((name, *problem.where), problem.what) from None


Shape = dict[str, tuple[str, Callable[[Any], Any]]]
_SHAPES: dict[type[Any], Shape] = {}


def _shape(kind: type[Any]) -> Shape:
    """For each field by its outside name: its name in Python, and what reads its value. Found out once per kind."""
    if kind not in _SHAPES:
        hints = get_type_hints(kind)
        named = [one for one in fields(kind) if one.name != "number"]
        _SHAPES[kind] = {name_of(one): (one.name, _converter(hints[one.name])) for one in named}
    return _SHAPES[kind]


def name_of(one: Field[Any]) -> str:
    """What a field is called outside Python, where its name is a word of the language."""
    return str(one.metadata.get("name", one.name))


def _converter(hint: Any) -> Callable[[Any], Any]:
    origin, arguments = get_origin(hint), get_args(hint)
    if origin in {Union, UnionType}:
        inner = _converter(next(a for a in arguments if a is not type(None)))
        return lambda raw: None if raw is None else inner(raw)
    if origin is tuple:
        inner = _converter(arguments[0])
        return lambda raw: tuple(_at(str(i), inner, one) for i, one in enumerate(_sequence(raw), start=1))
    if origin is dict:
        return lambda raw: mapping(raw)
    if is_dataclass(hint):
        return lambda raw: read(hint, mapping(raw)) if isinstance(hint, type) else None
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return lambda raw: _word(hint, raw)
    return _SCALARS[hint]


def _word(kind: type[StrEnum], raw: object) -> StrEnum:
    try:
        return kind(str(raw))
    except ValueError:
        raise Unreadable((), f"{raw!r} is not one of {', '.join(kind)}.") from None


def _text(raw: object) -> str:
    if isinstance(raw, Mapping | list | bool):
        raise Unreadable((), f"{raw!r} is no text.")
    return str(raw)


def _truth(raw: object) -> bool:
    said = {True: True, False: False, "yes": True, "no": False, "true": True, "false": False}
    if not isinstance(raw, bool | str) or raw not in said:
        raise Unreadable((), f"{raw!r} is neither true nor false.")
    return said[raw]


def _number(raw: object) -> int:
    try:
        return int(str(raw))
    except ValueError:
        raise Unreadable((), f"{raw!r} is no whole number.") from None


def _date(raw: object) -> date:
    if isinstance(raw, date) and not isinstance(raw, datetime):
        return _within_reason(raw)
    try:
        day = date.fromisoformat(str(raw))
    except ValueError:
        raise Unreadable((), f"{raw!r} is no date. Write year, month and day: 2010-05-04.") from None
    return _within_reason(day)


_SCALARS: dict[Any, Callable[[Any], Any]] = {
    datetime: read_instant,
    date: _date,
    bool: _truth,
    int: _number,
    str: _text,
}


def mapping(raw: object) -> dict[str, Any]:
    """A mapping, copied. Raises Unreadable for anything else."""
    if not isinstance(raw, Mapping):
        raise Unreadable((), f"{raw!r} is no mapping of names to values.")
    return dict(raw)


def _sequence(raw: object) -> list[Any]:
    if not isinstance(raw, list | tuple):
        raise Unreadable((), f"{raw!r} is no list.")
    return list(raw)


def write_fields(facts: Any, leave_out: frozenset[str] = frozenset()) -> dict[str, Any]:
    """The fields as a JSON-ready mapping. What is None is left out; reading gives it back."""
    written = {name_of(one): _write(getattr(facts, one.name)) for one in fields(facts) if one.name not in leave_out}
    return {name: value for name, value in written.items() if value is not None}


def _write(value: Any) -> Any:
    if isinstance(value, datetime):
        return write_instant(value)
    if isinstance(value, StrEnum | date):
        return str(value)
    if isinstance(value, tuple):
        return [_write(one) for one in value]
    return write_fields(value) if is_dataclass(value) else value
