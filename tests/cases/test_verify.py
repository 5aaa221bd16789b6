"""`verify_ledger` reads every value again: whatever is changed, moved or cut off behind Savnet's back is named."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from cases.invented import NOW, after, disappearance
from savnet.access.models import Person
from savnet.cases import ledger
from savnet.cases.chain import Place, link
from savnet.cases.keys import key_of
from savnet.cases.models import Case, CaseKey, Record
from savnet.cases.payload import Payload, write_payload
from savnet.cases.verifying import Verified, verify
from savnet.rules.events import AbsenceExplained, InquiryMade
from savnet.sealing import new_key, seal

pytestmark = pytest.mark.django_db


@contextmanager
def triggers_off() -> Iterator[None]:
    """What a database administrator can do, and the ledger's own triggers cannot stop."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET LOCAL session_replication_role = replica")
        yield
        cursor.execute("SET LOCAL session_replication_role = origin")


def tamper(case: Case, number: int, /, **values: Any) -> None:
    with triggers_off():
        assert Record.objects.filter(case=case, sequence=number).update(**values) == 1


def damages() -> dict[tuple[Any, int | None], list[str]]:
    found: dict[tuple[Any, int | None], list[str]] = {}
    verify(lambda one: found.setdefault((one.case_id, one.sequence), []).append(one.what))
    return found


@pytest.fixture
def recorded(case: Case, night_guard: Person) -> Case:
    """A case of four records."""
    ledger.record(case.id, *disappearance(), by=night_guard, now=NOW)
    ledger.record(case.id, InquiryMade(at=NOW, what="rang the school"), by=night_guard, now=after(hours=1))
    return case


@pytest.fixture
def other(open_case: Callable[[], Case], night_guard: Person) -> Case:
    """Another case of four records, recorded at the same instants by the same person."""
    case = open_case()
    ledger.record(case.id, *disappearance(), by=night_guard, now=NOW)
    ledger.record(case.id, InquiryMade(at=NOW, what="rang the aunt"), by=night_guard, now=after(hours=1))
    return case


def stored(case: Case, sequence: int) -> Record:
    return Record.objects.get(case=case, sequence=sequence)


def test_a_whole_ledger_has_no_damage_and_is_counted(recorded: Case, other: Case) -> None:
    assert damages() == {}
    count = verify(lambda _: None)
    sealed = sum(len(content) for content in Record.objects.values_list("sealed", flat=True))
    assert count == Verified(cases=2, records=8, bytes=sealed, damaged=0)


@pytest.mark.parametrize("column", ["sealed", "previous", "hash"])
@pytest.mark.parametrize("sequence", [1, 3, 4])
def test_a_flipped_bit_anywhere_in_a_value_is_named(recorded: Case, other: Case, column: str, sequence: int) -> None:
    whole = bytes(getattr(stored(recorded, sequence), column))
    for place in range(len(whole)):
        flipped = bytearray(whole)
        flipped[place] ^= 1 << (place % 8)
        tamper(recorded, sequence, **{column: bytes(flipped)})
        assert set(damages()) == {(recorded.id, sequence)}, f"byte {place}"
    tamper(recorded, sequence, **{column: whole})
    assert damages() == {}


@pytest.mark.parametrize("column", ["sealed", "previous", "hash"])
@pytest.mark.parametrize("length", [0, 1, 27])
def test_a_value_cut_short_is_named(recorded: Case, column: str, length: int) -> None:
    tamper(recorded, 2, **{column: bytes(getattr(stored(recorded, 2), column))[:length]})
    assert set(damages()) == {(recorded.id, 2)}


@pytest.mark.parametrize("bit", range(0, 40, 3))
def test_a_record_moved_in_time_is_named(recorded: Case, bit: int) -> None:
    tamper(recorded, 2, recorded_at=after(microseconds=1 << bit))
    assert set(damages()) == {(recorded.id, 2)}


def test_a_record_laid_on_somebody_else_is_named(recorded: Case, leader: Person) -> None:
    tamper(recorded, 3, recorded_by=leader)
    assert damages() == {(recorded.id, 3): ["is not what its hash says", "the seal is broken"]}


@pytest.mark.parametrize("bit", range(3, 31))
def test_a_record_given_another_number_is_named(recorded: Case, bit: int) -> None:
    moved = 3 ^ (1 << bit)
    tamper(recorded, 3, sequence=moved)
    found = damages()
    assert found[recorded.id, 3] == ["is gone"]
    assert "the seal is broken" in found[recorded.id, moved]


def test_a_record_moved_to_a_case_that_does_not_exist_is_named(recorded: Case) -> None:
    nowhere = "00000000-0000-4000-8000-000000000000"
    tamper(recorded, 4, case_id=nowhere)
    found = {(str(case_id), sequence): what for (case_id, sequence), what in damages().items()}
    assert found == {(nowhere, 4): ["belongs to no case"], (str(recorded.id), 4): ["is gone"]}


def test_a_record_moved_to_the_end_of_another_case_is_named(recorded: Case, other: Case) -> None:
    tamper(recorded, 4, case_id=other.id, sequence=5)
    found = damages()
    assert found[recorded.id, 4] == ["is gone"]
    assert "the seal is broken" in found[other.id, 5]


def swap(first: tuple[Case, int], second: tuple[Case, int], *columns: str) -> None:
    one, two = stored(*first), stored(*second)
    tamper(*first, **{column: getattr(two, column) for column in columns})
    tamper(*second, **{column: getattr(one, column) for column in columns})


@pytest.mark.parametrize("columns", [["sealed"], ["sealed", "hash"], ["sealed", "hash", "previous"]])
def test_content_swapped_within_a_case_is_named_on_both(recorded: Case, columns: list[str]) -> None:
    swap((recorded, 2), (recorded, 3), *columns)
    assert set(damages()) >= {(recorded.id, 2), (recorded.id, 3)}


@pytest.mark.parametrize("columns", [["sealed"], ["sealed", "hash"], ["sealed", "hash", "previous"]])
def test_content_swapped_between_cases_is_named_on_both(recorded: Case, other: Case, columns: list[str]) -> None:
    swap((recorded, 3), (other, 3), *columns)
    assert set(damages()) >= {(recorded.id, 3), (other.id, 3)}


def test_swapped_keys_of_two_cases_do_not_open(recorded: Case, other: Case) -> None:
    mine, theirs = CaseKey.objects.get(case=recorded), CaseKey.objects.get(case=other)
    CaseKey.objects.filter(case=recorded).update(sealed=theirs.sealed)
    CaseKey.objects.filter(case=other).update(sealed=mine.sealed)
    broken = ["the key of the case does not open"]
    assert damages() == {(recorded.id, None): broken, (other.id, None): broken}


def test_an_unknown_wrapping_key_is_named(recorded: Case) -> None:
    CaseKey.objects.filter(case=recorded).update(wrapping_key="f00")
    assert "The wrapping key f00 is not in the key file" in damages()[recorded.id, None][0]


def test_a_missing_key_is_told(recorded: Case) -> None:
    with triggers_off():
        CaseKey.objects.filter(case=recorded).delete()
    assert set(damages()) == {(recorded.id, None)}
    with pytest.raises(ledger.DamagedLedger, match="key of the case is gone"):
        ledger.read(recorded.id)


@pytest.mark.parametrize("left", [0, 1, 2, 3])
def test_a_tail_cut_off_is_named(recorded: Case, left: int) -> None:
    with triggers_off():
        Record.objects.filter(case=recorded, sequence__gt=left).delete()
    assert set(damages()) == {(recorded.id, left + 1)}
    with pytest.raises(ledger.DamagedLedger, match=f"record {left + 1}"):
        ledger.read(recorded.id)


@pytest.mark.parametrize("gone", [1, 2, 3])
def test_a_hole_is_named(recorded: Case, gone: int) -> None:
    with triggers_off():
        Record.objects.filter(case=recorded, sequence=gone).delete()
    assert damages() == {(recorded.id, gone): ["is gone"]}
    with pytest.raises(ledger.DamagedLedger, match=f"record {gone}"):
        ledger.read(recorded.id)


def test_a_head_put_back_to_hide_a_cut_is_named_by_what_lies_beyond_it(recorded: Case) -> None:
    with triggers_off():
        Case.objects.filter(id=recorded.id).update(head_sequence=3, head_hash=stored(recorded, 3).hash)
    assert damages() == {(recorded.id, 4): ["lies beyond the last record that the case knows of"]}


@pytest.mark.parametrize("column", ["head_hash", "opened_at", "opened_by", "resident"])
def test_a_change_to_the_case_itself_is_named(recorded: Case, column: str, leader: Person) -> None:
    changed = {"head_hash": bytes(32), "opened_at": after(seconds=1), "opened_by": leader, "resident": leader.id}
    with triggers_off():
        Case.objects.filter(id=recorded.id).update(**{column: changed[column]})
    expected = None if column == "head_hash" else 1
    assert set(damages()) == {(recorded.id, expected)}


def forge(case: Case, sequence: int, *, key: bytes, content: bytes) -> None:
    """Put other content in a record, sealed under `key`, with a hash that fits."""
    kept = stored(case, sequence)
    place = Place(case.id, sequence, kept.recorded_at, kept.recorded_by_id)
    sealed = seal(key, content, place.bound())
    tamper(case, sequence, sealed=sealed, hash=link(place, sealed, bytes(kept.previous)))


def test_who_has_the_database_but_not_the_key_cannot_write_a_record(recorded: Case) -> None:
    forge(recorded, 4, key=new_key(), content=write_payload(Payload(AbsenceExplained(at=NOW))))
    assert damages()[recorded.id, 4] == ["the seal is broken"]


def test_who_has_the_key_cannot_change_a_record_without_breaking_the_chain(recorded: Case) -> None:
    forge(recorded, 3, key=key_of(recorded.id), content=write_payload(Payload(AbsenceExplained(at=NOW))))
    assert damages() == {(recorded.id, 4): ["does not follow the record before it"]}


def test_mending_the_link_to_a_changed_record_breaks_the_next_ones_hash(recorded: Case) -> None:
    forge(recorded, 3, key=key_of(recorded.id), content=write_payload(Payload(AbsenceExplained(at=NOW))))
    tamper(recorded, 4, previous=stored(recorded, 3).hash)
    assert damages() == {(recorded.id, 4): ["is not what its hash says"]}


def test_mending_the_whole_chain_after_a_changed_record_leaves_another_head(recorded: Case) -> None:
    forge(recorded, 3, key=key_of(recorded.id), content=write_payload(Payload(AbsenceExplained(at=NOW))))
    last, previous = stored(recorded, 4), bytes(stored(recorded, 3).hash)
    mended = link(Place(recorded.id, 4, last.recorded_at, last.recorded_by_id), bytes(last.sealed), previous)
    tamper(recorded, 4, previous=previous, hash=mended)
    assert damages() == {(recorded.id, None): ["the case's last hash is not that of its last record"]}


@pytest.mark.parametrize("content", [b"", b"{}", b"[]", b"null", b'{"event": {"type": "unheard_of"}}', b"\xff"])
def test_content_that_is_no_event_is_named(recorded: Case, content: bytes) -> None:
    forge(recorded, 4, key=key_of(recorded.id), content=content)
    assert damages()[recorded.id, 4] == ["the content is no event"]


def test_a_case_that_does_not_begin_with_circumstances_is_named(recorded: Case) -> None:
    forge(recorded, 1, key=key_of(recorded.id), content=write_payload(Payload(AbsenceExplained(at=NOW))))
    assert "does not hold the circumstances that a case opens with" in damages()[recorded.id, 1]


def test_the_command_names_case_and_number_and_fails(recorded: Case, other: Case) -> None:
    tamper(recorded, 3, sealed=bytes(300))
    out = StringIO()
    with pytest.raises(
        CommandError, match=r"2 cases, 8 records, \d+ sealed bytes, 0 letters of 0 bytes read: 2 damages"
    ) as failed:
        call_command("verify_ledger", stdout=out)
    assert failed.value.returncode == 1
    assert f"case {recorded.id}, record 3: the seal is broken" in out.getvalue()
    assert str(other.id) not in out.getvalue()


def test_the_command_says_how_much_it_read(recorded: Case) -> None:
    out = StringIO()
    call_command("verify_ledger", stdout=out)
    assert out.getvalue().startswith("1 cases, 4 records, ")
    assert out.getvalue().endswith("all whole.\n")


def test_a_damaged_record_is_named_when_the_case_is_read(recorded: Case, night_guard: Person) -> None:
    tamper(recorded, 2, sealed=bytes(300))
    with pytest.raises(ledger.DamagedLedger, match=f"case {recorded.id}, record 2: the seal is broken"):
        ledger.record(recorded.id, InquiryMade(at=NOW), by=night_guard, now=after(hours=2))
