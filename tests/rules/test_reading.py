"""Events and facts as plain mappings: read, written, and read again without loss."""

import json
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.invented import T, after
from savnet.rules import (
    Centre,
    Resident,
    Unreadable,
    read_centre,
    read_event,
    read_instant,
    read_resident,
    write_event,
    write_facts,
    write_instant,
)
from savnet.rules.events import TYPES, AbsenceNoticed, Event, FactRecorded
from savnet.rules.reading import WHO_CONSENTS
from savnet.rules.words import ITEMS, About

_instants = st.datetimes(datetime(2015, 7, 13), datetime(2040, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - they get one
_texts = st.text(st.characters(exclude_categories=("Cs",)), max_size=20)
_json = st.recursive(_texts | st.booleans() | st.integers(), lambda inner: st.dictionaries(_texts, inner), max_leaves=4)
_PLAIN: dict[Any, st.SearchStrategy[Any]] = {
    datetime: _instants,
    date: st.dates(date(1990, 1, 1), date(2030, 1, 1)),
    bool: st.booleans(),
    int: st.integers(1, 99),
    str: _texts,
}


def values(hint: Any) -> st.SearchStrategy[Any]:
    """Any value that a field of that kind can have."""
    arguments = get_args(hint)
    if get_origin(hint) is UnionType:
        return st.none() | values(arguments[0])
    if get_origin(hint) is tuple:
        return st.lists(values(arguments[0]), max_size=3).map(tuple)
    if get_origin(hint) is dict:
        return st.dictionaries(_texts, _json, max_size=3)
    if is_dataclass(hint):
        return anything(hint)
    return st.sampled_from(list(hint)) if issubclass(hint, StrEnum) else _PLAIN[hint]


def anything(kind: Any, **fixed: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Any value of a frozen dataclass, but for the fields that are fixed."""
    hints = get_type_hints(kind)
    return st.builds(kind, **{one.name: values(hints[one.name]) for one in fields(kind)} | fixed)


def events(kind: type[Event]) -> st.SearchStrategy[Event]:
    """Any event of a kind that can be recorded."""
    narrower: dict[str, st.SearchStrategy[Any]] = {"number": st.just(7)}
    if kind is FactRecorded:
        narrower["item"] = st.sampled_from(ITEMS)
    if "who" in {one.name for one in fields(kind)}:
        narrower["who"] = st.sampled_from(WHO_CONSENTS)
    if kind is AbsenceNoticed:
        narrower |= {"last_observed": st.none() | st.just(T), "at": st.just(after(1))}
    return anything(kind, **narrower)


@pytest.mark.parametrize("kind", TYPES.values(), ids=TYPES)
@given(st.data())
def test_an_event_is_written_and_read_again_without_loss(kind: type[Event], data: st.DataObject) -> None:
    event = data.draw(events(kind))
    written = json.loads(json.dumps(write_event(event)))
    assert read_event(written, event.number) == event
    assert write_event(read_event(written, event.number)) == write_event(event)


@given(anything(Centre), anything(Resident))
def test_facts_are_written_and_read_again_without_loss(centre: Centre, resident: Resident) -> None:
    assert read_centre(json.loads(json.dumps(write_facts(centre)))) == centre
    assert read_resident(json.loads(json.dumps(write_facts(resident)))) == resident


@given(_instants)
def test_an_instant_is_written_in_utc_and_read_again(instant: datetime) -> None:
    assert write_instant(instant).endswith("Z")
    assert read_instant(write_instant(instant)) == instant


MINIMAL: dict[str, dict[str, Any]] = {
    "fact_recorded": {"item": "a-3", "answer": "yes"},
    "done": {"obligation": "a-1"},
    "attempted": {"obligation": "a-1"},
    "received": {"obligation": "a-1"},
    "letter_composed": {"obligation": "a-1", "letter": "00"},
    "delay_explained": {"obligation": "b-4", "why": "Ingen på vakt"},
    "measure_ended": {"kind": "prison"},
    "concern_raised": {"kind": "neglect"},
    "consent_given": {"who": "resident"},
    "consent_refused": {"who": "resident"},
    "age_examined": {"most_likely_over_18": "yes"},
    "age_decided": {"over_18": False},
    "appointment_made": {"kind": "arrival_interview", "for": "2026-03-09T09:00+01:00"},
    "appointment_cancelled": {"kind": "arrival_interview"},
    "alert_confirmed": {"scope": "sis"},
    "owner_named": {"owner": "Leif Leder"},
    "question_put": {"question": "case_number"},
    "question_answered": {"question": "alert_sis", "answer": "refused"},
    "not_theirs": {"obligation": "b-4"},
    "right_receiver_named": {"instead_of": 9, "obligation": "b-4", "municipality": "9903"},
    "sent_in_error": {"message": "00"},
    "recall_sent": {"error": 9},
    "recall_answered": {"error": 9, "deleted": "yes"},
    "breach_drafted": {"error": 9, "letter": "00"},
    "breach_assessed": {"error": 9, "reported": True},
    "proposal_answered": {"what": "found", "confirmed": True, "proposed_by": "Nora Natt"},
    "case_closed": {"outcome": "to_centre", "source": "Berit Leder", "proposed_by": "Nora Natt"},
    "corrected": {"event": 1, "fields": {}},
    "circumstances_noted": {"centre": {"operator": "private"}, "resident": {}},
}


@pytest.mark.parametrize("name", TYPES)
def test_an_event_needs_no_more_than_what_it_cannot_do_without(name: str) -> None:
    least = {"type": name, "at": "2026-03-02T20:00+01:00", **MINIMAL.get(name, {})}
    assert read_event(least, 1).at == T
    for field in MINIMAL.get(name, {}):
        with pytest.raises(Unreadable, match=rf"^{field}: is missing"):
            read_event({key: value for key, value in least.items() if key != field}, 1)


@pytest.mark.parametrize(
    ("given_kind", "about"),
    [("sighting", About.WHEREABOUTS), ("abroad", About.WHEREABOUTS), ("other", About.OTHER), (None, About.OTHER)],
)
def test_information_of_a_place_is_of_whereabouts_unless_it_says_otherwise(
    given_kind: str | None, about: About
) -> None:
    raw = {"type": "information_received", "at": "2026-03-02T20:00+01:00", "kind": given_kind}
    assert read_event(raw, 1).about is about  # type: ignore[attr-defined]
    assert read_event({**raw, "about": "other"}, 1).about is About.OTHER  # type: ignore[attr-defined]


def test_the_number_is_given_and_never_read() -> None:
    with pytest.raises(Unreadable, match="number: AbsenceNoticed has no such field"):
        read_event({"type": "absence_noticed", "at": "2026-03-02T20:00+01:00", "number": 3}, 1)


@pytest.mark.parametrize(
    ("raw", "where", "what"),
    [
        (None, (), "no mapping"),
        ({}, ("type",), "no event type"),
        ({"type": ["done"]}, ("type",), "no event type"),
        ({"type": "returned"}, ("at",), "missing"),
        ({"type": "returned", "at": 5}, ("at",), "no instant"),
        ({"type": "returned", "at": "2026-03-02T20:00+01:00", "how": "by_bus"}, ("how",), "by_bus"),
        ({"type": "returned", "at": "2026-03-02T20:00+01:00", "note": ["x"]}, ("note",), "no text"),
        ({"type": "age_decided", "at": "2026-03-02T20:00+01:00", "over_18": 1}, ("over_18",), "true nor false"),
        ({"type": "corrected", "at": "2026-03-02T20:00+01:00", "event": "x", "fields": {}}, ("event",), "whole number"),
        ({"type": "corrected", "at": "2026-03-02T20:00+01:00", "event": 1, "fields": 1}, ("fields",), "no mapping"),
        (
            {"type": "fact_recorded", "at": "2026-03-02T20:00+01:00", "item": "a-12", "answer": "yes"},
            ("item",),
            "none of the nine",
        ),
    ],
)
def test_what_cannot_be_read_says_where_and_what(raw: Any, where: tuple[str, ...], what: str) -> None:
    with pytest.raises(Unreadable) as told:
        read_event(raw, 1)
    assert told.value.where == where
    assert what in told.value.what


def test_something_inside_a_list_is_told_with_its_place() -> None:
    good = {"kind": "arrival_interview", "for": "2026-03-09T09:00+01:00"}
    with pytest.raises(Unreadable) as told:
        read_resident({"appointments": [good, {**good, "for": "soon"}]})
    assert told.value.where == ("appointments", "2", "for")


def test_null_counts_as_not_given() -> None:
    assert read_centre({"operator": "private", "municipality": None, "kind": None}) == read_centre(
        {"operator": "private"}
    )
