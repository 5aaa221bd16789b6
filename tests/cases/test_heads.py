"""Heads kept elsewhere: a ledger that was cut or written anew is named, though its own chain is whole."""

import json
from collections.abc import Callable
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from cases.invented import NOW, after, disappearance
from cases.test_verify import damages, forge, stored, tamper, triggers_off
from savnet.access.models import Person
from savnet.cases import ledger
from savnet.cases.chain import Place, link
from savnet.cases.errors import DamagedLedger
from savnet.cases.heads import NotHeads, compare, read_heads, signing_key, write_heads
from savnet.cases.keys import key_of
from savnet.cases.models import Case, Record
from savnet.cases.payload import Payload, write_payload
from savnet.rules.events import AbsenceExplained, InquiryMade
from savnet.sealing import LooseRights, NoKeyFile

pytestmark = pytest.mark.django_db


@pytest.fixture
def recorded(case: Case, night_guard: Person) -> Case:
    """A case of four records."""
    ledger.record(case.id, *disappearance(), by=night_guard, now=NOW)
    ledger.record(case.id, InquiryMade(at=NOW, what="rang the school"), by=night_guard, now=after(hours=1))
    return case


@pytest.fixture
def file(recorded: Case, tmp_path: Path) -> Path:
    """The heads as they were with four records."""
    kept = tmp_path / "heads.json"
    write_heads(kept, NOW)
    return kept


def cut_off(case: Case, left: int) -> None:
    """Cut the tail and put the head back: the chain that is left is whole."""
    with triggers_off():
        Record.objects.filter(case=case, sequence__gt=left).delete()
        kept = Record.objects.filter(case=case, sequence=left).first()
        Case.objects.filter(id=case.id).update(head_sequence=left, head_hash=kept.hash if kept else b"")


def named(file: Path) -> list[tuple[object, int | None]]:
    return [(one.case_id, one.sequence) for one in compare(read_heads(file))]


@pytest.mark.parametrize("left", [1, 2, 3])
def test_a_tail_cut_off_with_the_head_put_back_is_named(recorded: Case, file: Path, left: int) -> None:
    cut_off(recorded, left)
    assert damages() == {}
    assert named(file) == [(recorded.id, left + 1)]


def test_a_ledger_written_anew_by_who_has_the_key_is_named(recorded: Case, file: Path) -> None:
    forge(recorded, 3, key=key_of(recorded.id), content=write_payload(Payload(AbsenceExplained(at=NOW))))
    last, previous = stored(recorded, 4), bytes(stored(recorded, 3).hash)
    mended = link(Place(recorded.id, 4, last.recorded_at, last.recorded_by_id), bytes(last.sealed), previous)
    tamper(recorded, 4, previous=previous, hash=mended)
    with triggers_off():
        Case.objects.filter(id=recorded.id).update(head_hash=mended)
    assert damages() == {}
    assert named(file) == [(recorded.id, 4)]


def test_a_case_that_is_gone_altogether_is_named(recorded: Case, file: Path) -> None:
    with triggers_off():
        Record.objects.filter(case=recorded).delete()
        recorded.obligations.all().delete()
        recorded.key.delete()
        Case.objects.filter(id=recorded.id).delete()
    assert damages() == {}
    assert named(file) == [(recorded.id, 1)]


def test_a_cut_tail_filled_with_other_records_is_named(recorded: Case, file: Path, night_guard: Person) -> None:
    cut_off(recorded, 3)
    ledger.record(recorded.id, InquiryMade(at=NOW, what="rang nobody"), by=night_guard, now=after(hours=1))
    assert named(file) == [(recorded.id, 4)]


def test_a_ledger_that_only_went_on_and_a_new_case_are_as_they_should(
    recorded: Case, file: Path, night_guard: Person, open_case: Callable[[], Case]
) -> None:
    ledger.record(recorded.id, InquiryMade(at=NOW), by=night_guard, now=after(hours=2))
    open_case()
    assert named(file) == []


def test_the_file_tells_case_number_hash_and_time_and_nothing_more(recorded: Case, file: Path) -> None:
    last = stored(recorded, 4)
    content = json.loads(file.read_text())
    assert content["heads"] == [[str(recorded.id), 4, bytes(last.hash).hex(), last.recorded_at.isoformat()]]
    assert set(content) == {"form", "written_at", "signed_by", "heads", "looks", "signature"}


def test_the_signing_key_is_made_once_and_is_its_owners_alone(recorded: Case, file: Path, tmp_path: Path) -> None:
    first = signing_key().read_bytes()
    write_heads(tmp_path / "again.json", NOW + timedelta(days=1))
    assert signing_key().read_bytes() == first
    assert signing_key().stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("name", ["heads", "written_at"])
def test_a_file_that_was_changed_is_not_trusted(recorded: Case, file: Path, name: str) -> None:
    content = json.loads(file.read_text())
    content[name] = [] if name == "heads" else after(days=1).isoformat()
    file.write_text(json.dumps(content))
    with pytest.raises(NotHeads, match="changed after it was signed"):
        read_heads(file)


@pytest.mark.parametrize("text", ["", "{}", "[]", "null", '{"signature": "", "form": "x"}', "\x00"])
def test_what_is_no_file_of_heads_is_not_trusted(recorded: Case, file: Path, text: str) -> None:
    file.write_text(text)
    with pytest.raises(NotHeads, match="not a file of heads"):
        read_heads(file)


def test_a_file_signed_by_another_key_is_not_trusted(recorded: Case, file: Path, tmp_path: Path) -> None:
    signing_key().unlink()
    write_heads(tmp_path / "other.json", NOW)
    with pytest.raises(NotHeads, match="another key"):
        read_heads(file)


def test_without_the_signing_key_nothing_is_trusted_and_no_new_one_is_made(recorded: Case, file: Path) -> None:
    signing_key().unlink()
    with pytest.raises(NoKeyFile, match="Restore it"):
        read_heads(file)
    assert not signing_key().exists()


def test_a_signing_key_that_others_may_read_is_refused(recorded: Case, file: Path, tmp_path: Path) -> None:
    signing_key().chmod(0o640)
    with pytest.raises(LooseRights, match="chmod 600"):
        write_heads(tmp_path / "again.json", NOW)


def test_heads_of_a_damaged_ledger_are_not_signed(recorded: Case, tmp_path: Path) -> None:
    with triggers_off():
        Record.objects.filter(case=recorded, sequence=4).delete()
    with pytest.raises(DamagedLedger, match=f"case {recorded.id}, record 4"):
        write_heads(tmp_path / "heads.json", NOW)
    assert not (tmp_path / "heads.json").exists()


def test_the_commands_write_compare_name_the_case_and_fail(recorded: Case, tmp_path: Path) -> None:
    kept, out = tmp_path / "heads.json", StringIO()
    call_command("write_heads", kept, stdout=out)
    assert f"1 heads written to {kept}" in out.getvalue()
    with pytest.raises(CommandError, match="never replaced"):
        call_command("write_heads", kept)
    call_command("verify_ledger", heads=kept, stdout=out)
    assert "all whole" in out.getvalue()
    cut_off(recorded, 2)
    with pytest.raises(CommandError, match=": 1 damages") as failed:
        call_command("verify_ledger", heads=kept, stdout=out)
    assert failed.value.returncode == 1
    assert f"case {recorded.id}, record 3: is gone: the ledger went on to record 4" in out.getvalue()


def test_the_command_trusts_no_file_that_is_not_there(recorded: Case, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="No such file"):
        call_command("verify_ledger", heads=tmp_path / "none.json")
