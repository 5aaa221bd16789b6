"""From plain mappings (YAML, JSON, the ledger) to events and facts, and back without loss.

Everything is checked by name and kind; what cannot be read raises `Unreadable`, which says where and what.
"""

from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from savnet.rules.events import TYPES, AbsenceNoticed, Act, Event, InformationReceived, Received
from savnet.rules.facts import Centre, Resident
from savnet.rules.time import utc
from savnet.rules.words import CONCERN_ITEM, ITEMS, About, InformationKind


class Unreadable(ValueError):
    """Something in a scenario or record cannot be read. `where` is the path to it, `what` why and what to write."""

    def __init__(self, where: tuple[str | int, ...], what: str) -> None:
        self.where = where
        self.what = what
        super().__init__(f"{'.'.join(map(str, where)) or 'the file'}: {what}")


def read_event(raw: object, number: int, *, known_ids: frozenset[str] | None = None) -> Event:
    """One event from a mapping with `type`. `number` is its place in the record, from 1.

    Raises Unreadable for an unknown type, field or value, and for an act on an obligation nobody knows.
    """
    given = _mapping(raw, ())
    name = given.pop("type", None)
    if name not in TYPES:
        raise Unreadable(("type",), f"{name!r} is no event type. Known: {', '.join(TYPES)}.")
    if TYPES[name] is InformationReceived:
        given.setdefault("about", _about(given.get("kind")))
    event: Event = read(TYPES[name], given, number=number)
    _check(event, known_ids)
    return event


def _about(kind: object) -> str:
    """What information is about where nobody said: a kind of place speaks of whereabouts."""
    return About.OTHER if kind in {None, InformationKind.OTHER} else About.WHEREABOUTS


def _check(event: Event, known_ids: frozenset[str] | None) -> None:
    if isinstance(event, Act | Received) and known_ids is not None and event.obligation not in known_ids:
        raise Unreadable(("obligation",), f"{event.obligation!r} is no obligation of the circular.")
    if isinstance(event, AbsenceNoticed) and event.last_observed and event.last_observed > event.at:
        raise Unreadable(("last_observed",), "lies after the absence was noticed. A child cannot be last seen later.")
    item = getattr(event, "item", None)
    if item is not None and item not in (*ITEMS, CONCERN_ITEM):
        raise Unreadable(("item",), f"{item!r} is none of the nine items ({', '.join(ITEMS)}).")


def read_centre(raw: object) -> Centre:
    """The centre's facts from a mapping."""
    centre: Centre = read(Centre, _mapping(raw, ()))
    return centre


def read_resident(raw: object) -> Resident:
    """The resident's facts from a mapping."""
    resident: Resident = read(Resident, _mapping(raw, ()))
    return resident


def write_event(event: Event) -> dict[str, Any]:
    """The event as a JSON-ready mapping; `read_event` gives the same event back. Defaults of None are left out."""
    return {"type": event.type, **_write_fields(event, leave_out=frozenset({"number"}))}


def write_facts(facts: Centre | Resident) -> dict[str, Any]:
    """The centre's or resident's facts as a JSON-ready mapping."""
    return _write_fields(facts, leave_out=frozenset())


def read_instant(raw: object) -> datetime:
    """An instant from ISO 8601 with offset, in UTC."""
    try:
        instant = raw if isinstance(raw, datetime) else datetime.fromisoformat(str(raw))
    except ValueError:
        raise Unreadable((), f"{raw!r} is no instant. Write ISO 8601 with offset: 2026-03-02T18:00+01:00.") from None
    if instant.tzinfo is None:
        raise Unreadable((), f"{raw!r} has no offset. Write which instant is meant: 2026-03-02T18:00+01:00.")
    return utc(instant)


def write_instant(instant: datetime) -> str:
    """An instant as ISO 8601 in UTC, ending in Z."""
    return utc(instant).isoformat().replace("+00:00", "Z")


def read(kind: type[Any], given: dict[str, Any], **known: Any) -> Any:
    """A frozen dataclass of `kind` from a mapping. Unknown, missing and ill-formed fields raise Unreadable."""
    shape = _shape(kind)
    for name in given:
        if name not in shape:
            raise Unreadable((name,), f"{kind.__name__} has no such field. Known: {', '.join(shape)}.")
    values = dict(known)
    for name, (attribute, convert) in shape.items():
        if name in given:
            values[attribute] = _at(name, convert, given[name])
    return _build(kind, values)


def _build(kind: type[Any], values: dict[str, Any]) -> Any:
    for one in fields(kind):
        if one.name not in values and one.default is MISSING and one.default_factory is MISSING:
            raise Unreadable((_name(one),), "is missing.")
    return kind(**values)


def _at(name: str, convert: Callable[[Any], Any], raw: object) -> Any:
    try:
        return convert(raw)
    except Unreadable as problem:
        raise Unreadable((name, *problem.where), problem.what) from None


@cache
def _shape(kind: Any) -> dict[str, tuple[str, Callable[[Any], Any]]]:
    hints = get_type_hints(kind)
    return {_name(one): (one.name, _converter(hints[one.name])) for one in fields(kind) if one.name != "number"}


def _name(one: Field[Any]) -> str:
    return str(one.metadata.get("name", one.name))


def _converter(hint: Any) -> Callable[[Any], Any]:
    origin, arguments = get_origin(hint), get_args(hint)
    if origin in {Union, UnionType}:
        inner = _converter(next(a for a in arguments if a is not type(None)))
        return lambda raw: None if raw is None else inner(raw)
    if origin is tuple:
        inner = _converter(arguments[0])
        return lambda raw: tuple(_at(str(i), inner, one) for i, one in enumerate(_sequence(raw)))
    if origin is dict:
        return lambda raw: _mapping(raw, ())
    if is_dataclass(hint):
        return lambda raw: read(hint, _mapping(raw, ())) if isinstance(hint, type) else None
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
        return raw
    try:
        return date.fromisoformat(str(raw))
    except ValueError:
        raise Unreadable((), f"{raw!r} is no date. Write year, month and day: 2010-05-04.") from None


_SCALARS: dict[Any, Callable[[Any], Any]] = {
    datetime: read_instant,
    date: _date,
    bool: _truth,
    int: _number,
    str: _text,
}


def _mapping(raw: object, where: tuple[str | int, ...]) -> dict[str, Any]:
    if not isinstance(raw, Mapping):
        raise Unreadable(where, f"{raw!r} is no mapping of names to values.")
    return dict(raw)


def _sequence(raw: object) -> list[Any]:
    if not isinstance(raw, list | tuple):
        raise Unreadable((), f"{raw!r} is no list.")
    return list(raw)


def _write_fields(facts: Any, leave_out: frozenset[str]) -> dict[str, Any]:
    written = {_name(one): _write(getattr(facts, one.name)) for one in fields(facts) if one.name not in leave_out}
    return {name: value for name, value in written.items() if value is not None}


def _write(value: Any) -> Any:
    if isinstance(value, datetime):
        return write_instant(value)
    if isinstance(value, StrEnum | date):
        return str(value)
    if isinstance(value, tuple):
        return [_write(one) for one in value]
    return _write_fields(value, frozenset()) if is_dataclass(value) else value
