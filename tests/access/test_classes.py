"""Every field that holds something of a child has its class; what nobody has classed can't be shown."""

from dataclasses import fields

import pytest

import savnet.letters as letters
from guards.repository import ROOT
from savnet.access.classes import (
    EVENTS,
    EVERY_EVENT,
    FACTS,
    LETTERS,
    REGISTER,
    WRITTEN_AS,
    NotClassed,
    class_of,
    letter_classes,
)
from savnet.access.reference import page
from savnet.access.rights import EVERYTHING, FieldClass
from savnet.casework.writing import _WRITERS
from savnet.register import models as register
from savnet.rules.events import TYPES
from savnet.rules.words import CONCERN_ITEM, ITEMS


@pytest.mark.parametrize("event", TYPES)
def test_every_field_of_every_event_has_its_class(event: str) -> None:
    held = {field.name for field in fields(TYPES[event])} - set(EVERY_EVENT)
    assert set(EVENTS.get(event, {})) | {"note"} == held | {"note"}, f"class the fields of {event} in access.classes"
    assert all(isinstance(class_of(event, field), FieldClass) for field in held)


def test_no_event_is_classed_that_does_not_exist() -> None:
    assert set(EVENTS) == set(TYPES)


def test_every_item_of_the_report_has_its_class() -> None:
    assert set(FACTS) == {*ITEMS, CONCERN_ITEM}


def test_a_field_nobody_has_classed_is_an_error_and_not_open_to_all() -> None:
    with pytest.raises(NotClassed, match="shoe_size"):
        class_of("returned", "shoe_size")


def test_an_answer_to_an_item_nobody_knows_is_as_delicate_as_a_suspicion() -> None:
    assert class_of("fact_recorded", "text", item="z-9") is FieldClass.SUSPICION


@pytest.mark.parametrize("table", sorted(REGISTER))
def test_every_field_of_the_register_has_its_class(table: str) -> None:
    model = getattr(register, table)
    held = {field.name for field in model._meta.fields} - {"id", "resident"}
    assert set(REGISTER[table]) == held, f"class the fields of {table} in access.classes"


def test_every_table_about_one_child_is_classed() -> None:
    about_one = {
        relation.related_model.__name__
        for relation in register.Resident._meta.related_objects
        if relation.related_model.__module__.startswith("savnet.register.models")
    }
    assert about_one <= set(REGISTER) | {"Resident"}, "class the new table in access.classes"


def test_every_letter_says_what_it_can_hold() -> None:
    written = {name for name in letters.__all__ if name in LETTERS}
    assert set(LETTERS) == written
    assert set(WRITTEN_AS.values()) <= set(LETTERS)


def test_of_a_letter_that_is_not_listed_the_strictest_is_taken() -> None:
    assert letter_classes("no-such-duty") == EVERYTHING


def test_every_duty_met_by_a_letter_is_listed() -> None:
    assert set(_WRITERS) <= set(WRITTEN_AS), "say in access.classes what its letter can hold"


def test_the_reference_shows_the_tables_as_they_are() -> None:
    shown = (ROOT / "docs" / "reference" / "access.md").read_text(encoding="utf-8")
    assert shown == page(), "write it anew: python -m savnet.access.reference > docs/reference/access.md"
