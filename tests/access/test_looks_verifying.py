"""The access log read again: whatever was changed, cut or written anew is named."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from cases.invented import make_centre
from savnet.access.looks import Looking, link, write
from savnet.access.looks_verifying import LookDamage, verify_looks
from savnet.access.models import Look, Person
from savnet.access.rights import Action, Role
from savnet.cases.heads import NotHeads, read_heads, write_heads

NOW = datetime(2026, 3, 2, 19, 0, tzinfo=UTC)


@contextmanager
def triggers_off() -> Iterator[None]:
    """As a database administrator might."""
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        yield
        cursor.execute("SET session_replication_role = DEFAULT")


@pytest.fixture
def nora(db: None, tmp_path: Path, settings: object) -> Person:
    settings.KEY_FILE = tmp_path / "keys" / "wrapping.json"  # type: ignore[attr-defined]
    centre = make_centre("Furuly mottak")
    person = Person.objects.create_user("nora", name="Nora Natt", role=Role.SHIFT_STAFF, centre=centre)
    for minute in range(4):
        at = NOW + timedelta(minutes=minute)
        write(
            person,
            Looking(at=at, screen="case", action=Action.SEE_CASE, why="own_centre", allowed=True, subject=uuid4()),
        )
    return person


def damages() -> list[int]:
    found: list[LookDamage] = []
    verify_looks(found.append)
    return [one.number for one in found]


def test_a_log_that_nobody_touched_is_whole(nora: Person) -> None:
    assert damages() == []
    out = StringIO()
    call_command("verify_access_log", stdout=out)
    assert "4 looks of 1 people read: all whole." in out.getvalue()


@pytest.mark.parametrize(
    "changed",
    [
        {"allowed": False},
        {"subject": ""},
        {"at": NOW - timedelta(days=1)},
        {"screen": "today"},
        {"why": "break_glass"},
        {"classes": "health"},
        {"role": "inspector"},
        {"action": "send"},
        {"person_centre": None},
        {"subject_centre": uuid4()},
    ],
)
def test_whatever_is_changed_in_a_look_is_named(nora: Person, changed: dict[str, object]) -> None:
    with triggers_off():
        Look.objects.filter(number=2).update(**changed)
    assert damages() == [2]
    with pytest.raises(CommandError, match="1 chains damaged"):
        call_command("verify_access_log", stdout=StringIO())


def test_a_look_that_was_taken_out_is_named(nora: Person) -> None:
    with triggers_off():
        Look.objects.filter(number=2).delete()
    assert damages() == [2]


def test_a_chain_written_anew_or_cut_is_named_by_heads_kept_elsewhere(nora: Person, tmp_path: Path) -> None:
    file = tmp_path / "heads.json"
    write_heads(file, NOW)
    with triggers_off():
        Look.objects.filter(number=4).delete()
        third = Look.objects.get(number=3)
        third.why = "mandate"
        Look.objects.filter(number=3).update(why=third.why, hash=link(third))
    assert damages() == []
    out = StringIO()
    with pytest.raises(CommandError, match="1 chains damaged"):
        call_command("verify_access_log", "--heads", str(file), stdout=out)
    assert "no. 4: is gone: the log went on to no. 4" in out.getvalue()


def test_a_whole_persons_chain_that_is_gone_is_named_by_heads(nora: Person, tmp_path: Path) -> None:
    file = tmp_path / "heads.json"
    write_heads(file, NOW)
    with triggers_off():
        Look.objects.all().delete()
    with pytest.raises(CommandError, match="1 chains damaged"):
        call_command("verify_access_log", "--heads", str(file), stdout=StringIO())


def test_heads_whose_looks_were_changed_are_not_trusted(nora: Person, tmp_path: Path) -> None:
    file = tmp_path / "heads.json"
    write_heads(file, NOW)
    content = json.loads(file.read_text())
    content["looks"] = []
    file.write_text(json.dumps(content))
    with pytest.raises(NotHeads):
        read_heads(file)
