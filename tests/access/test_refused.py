"""Who asks for much that is not theirs is seen; a slip of the finger is not."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from cases.invented import make_centre
from savnet.access.looks import Looking, write
from savnet.access.models import Person
from savnet.access.refused import searching
from savnet.access.rights import Action, Role
from savnet.policy.house import MANY_REFUSED, REFUSED_WITHIN

NOW = datetime(2026, 3, 2, 19, 0, tzinfo=UTC)


@pytest.fixture
def nora(db: None, tmp_path: Path, settings: object) -> Person:
    settings.KEY_FILE = tmp_path / "keys" / "wrapping.json"  # type: ignore[attr-defined]
    centre = make_centre("Furuly mottak")
    return Person.objects.create_user("nora", name="Nora Natt", role=Role.SHIFT_STAFF, centre=centre)


def refuse(person: Person, subject: UUID, at: datetime = NOW) -> None:
    write(
        person, Looking(at=at, screen="case", action=Action.SEE_CASE, why="not_reached", allowed=False, subject=subject)
    )


def test_many_different_children_are_a_search(nora: Person) -> None:
    for _ in range(MANY_REFUSED - 1):
        refuse(nora, uuid4())
    assert searching(NOW) == []
    refuse(nora, uuid4())
    (found,) = searching(NOW)
    assert (found.name, found.things) == ("Nora Natt", MANY_REFUSED)


def test_the_same_child_again_and_again_is_a_bookmark(nora: Person) -> None:
    child = uuid4()
    for _ in range(MANY_REFUSED + 5):
        refuse(nora, child)
    assert searching(NOW) == []


def test_what_lies_further_back_is_not_counted(nora: Person) -> None:
    for _ in range(MANY_REFUSED):
        refuse(nora, uuid4(), NOW - REFUSED_WITHIN - timedelta(seconds=1))
    assert searching(NOW) == []


def test_a_leader_is_told_of_her_own_people_only(nora: Person) -> None:
    for _ in range(MANY_REFUSED):
        refuse(nora, uuid4())
    assert searching(NOW, centres=[uuid4()]) == []
    assert len(searching(NOW, centres=[nora.centre_id])) == 1  # type: ignore[list-item]
