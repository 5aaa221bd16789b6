"""The access log: one chain for each person, only ever added to, in which every change shows."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from cases.invented import make_centre
from savnet.access.looks import Looking, first_link, link, write
from savnet.access.models import Look, Person
from savnet.access.rights import Action, FieldClass, Role
from savnet.access.row_security import asking, seen_as

NOW = datetime(2026, 3, 2, 19, 0, tzinfo=UTC)


@pytest.fixture
def nora(db: None, tmp_path: object, settings: object) -> Person:
    settings.KEY_FILE = tmp_path / "keys" / "wrapping.json"  # type: ignore[attr-defined, operator]
    centre = make_centre("Furuly mottak")
    return Person.objects.create_user("nora", name="Nora Natt", role=Role.SHIFT_STAFF, centre=centre)


def look(**more: object) -> Looking:
    said = {"at": NOW, "screen": "case", "action": Action.SEE_CASE, "why": "own_centre", "allowed": True}
    return Looking(**{**said, **more})  # type: ignore[arg-type]


def test_each_look_follows_the_one_before_it(nora: Person) -> None:
    with seen_as(asking(nora)):
        first = write(nora, look(subject=uuid4(), classes=[FieldClass.IDENTITY, FieldClass.ROUTING]))
        second = write(nora, look())
    assert bytes(first.previous) == first_link(nora.id)
    assert bytes(second.previous) == bytes(first.hash)
    assert first.classes == "identity routing"


def test_what_is_read_back_gives_the_same_hash(nora: Person) -> None:
    with seen_as(asking(nora)):
        write(nora, look(subject=uuid4(), subject_centre=nora.centre_id))
    kept = Look.objects.get(number=1)
    assert bytes(kept.hash) == link(kept)


def test_the_log_names_the_child_by_a_pseudonym_only(nora: Person) -> None:
    child = uuid4()
    with seen_as(asking(nora)):
        one, two, other = (write(nora, look(subject=who)) for who in (child, child, uuid4()))
    assert one.subject == two.subject != other.subject
    assert child.hex not in one.subject


@pytest.mark.parametrize(
    "what", ["UPDATE access_look SET allowed = false", "DELETE FROM access_look", "TRUNCATE access_look"]
)
def test_a_look_stays_as_it_was_written(nora: Person, what: str) -> None:
    write(nora, look())
    with pytest.raises(DatabaseError, match="stays in the log"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(what)


def test_nobody_writes_a_look_in_anothers_name(nora: Person) -> None:
    olav = Person.objects.create_user("olav", name="Olav", role=Role.SHIFT_STAFF, centre=nora.centre)
    with pytest.raises(DatabaseError, match="row-level security"), seen_as(asking(olav)):
        write(nora, look())
