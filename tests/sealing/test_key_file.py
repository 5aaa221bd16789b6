"""The key file: tight rights from the first second, never lost, never half written."""

import json
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from savnet.sealing import DamagedKeyFile, FileKeys, KeyInUse, LooseRights, NoKeyFile, Tampered, UnknownKey, Wrapped

CASE_KEY = bytes(range(32))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "keys" / "wrapping.json"


@pytest.fixture
def keys(path: Path) -> FileKeys:
    return FileKeys.create(path)


def test_only_the_owner_may_read_a_new_key_file(keys: FileKeys) -> None:
    assert stat.S_IMODE(keys.path.stat().st_mode) == 0o600
    assert stat.S_IMODE(keys.path.parent.stat().st_mode) == 0o700


def test_a_missing_key_file_is_not_quietly_replaced(path: Path) -> None:
    with pytest.raises(NoKeyFile, match="Restore it"):
        FileKeys(path)
    assert not path.exists()


def test_creating_where_keys_already_are_keeps_them(keys: FileKeys) -> None:
    wrapped = keys.wrap(CASE_KEY, b"case 1")
    assert FileKeys.create(keys.path).unwrap(wrapped, b"case 1") == CASE_KEY


def test_many_that_create_at_once_agree_on_one_key(path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(lambda _: FileKeys.create(path).current(), range(16)))
    assert len(set(made)) == 1


@pytest.mark.parametrize("rights", [0o640, 0o604, 0o660, 0o644])
def test_a_file_others_may_touch_is_refused(keys: FileKeys, rights: int) -> None:
    keys.path.chmod(rights)
    with pytest.raises(LooseRights, match="chmod 600"):
        keys.current()


def test_a_wrapped_key_opens_only_for_its_own_case(keys: FileKeys) -> None:
    wrapped = keys.wrap(CASE_KEY, b"case 1")
    assert CASE_KEY not in wrapped.sealed
    assert keys.unwrap(wrapped, b"case 1") == CASE_KEY
    with pytest.raises(Tampered):
        keys.unwrap(wrapped, b"case 2")


def test_a_key_wrapped_under_one_wrapping_key_does_not_pass_for_another(keys: FileKeys) -> None:
    wrapped = keys.wrap(CASE_KEY, b"case 1")
    new = keys.add()
    with pytest.raises(Tampered):
        keys.unwrap(Wrapped(new, wrapped.sealed), b"case 1")


def test_after_rotation_the_new_key_wraps_and_the_old_still_opens(keys: FileKeys) -> None:
    before = keys.wrap(CASE_KEY, b"case 1")
    new = keys.add()
    assert keys.wrap(CASE_KEY, b"case 1").key_id == new != before.key_id
    assert keys.unwrap(before, b"case 1") == CASE_KEY
    assert stat.S_IMODE(keys.path.stat().st_mode) == 0o600


def test_rotation_is_seen_by_those_who_already_hold_the_service(keys: FileKeys) -> None:
    other = FileKeys(keys.path)
    assert other.current() != keys.add()  # it still saw the old one
    assert other.current() == keys.current()


def test_many_rotations_at_once_lose_no_key(keys: FileKeys) -> None:
    first = keys.current()
    with ThreadPoolExecutor(8) as pool:
        made = set(pool.map(lambda _: keys.add(), range(12)))
    assert keys.known() == made | {first}


def test_a_retired_key_is_named_when_something_still_needs_it(keys: FileKeys) -> None:
    wrapped = keys.wrap(CASE_KEY, b"case 1")
    keys.add()
    keys.retire(wrapped.key_id)
    with pytest.raises(UnknownKey, match=wrapped.key_id):
        keys.unwrap(wrapped, b"case 1")


def test_the_current_key_cannot_be_retired(keys: FileKeys) -> None:
    with pytest.raises(KeyInUse, match="Rotate"):
        keys.retire(keys.current())


@pytest.mark.parametrize(
    "content",
    [
        "",
        "[]",
        "{}",
        '{"current": "a", "keys": {}}',
        '{"current": "a", "keys": {"a": "AAAA"}}',
        '{"current": "a", "keys": 3}',
    ],
)
def test_a_damaged_key_file_is_refused(keys: FileKeys, content: str) -> None:
    keys.path.write_text(content)
    with pytest.raises(DamagedKeyFile, match="backup"):
        keys.current()


def test_nothing_but_the_key_file_and_its_lock_is_left_behind(keys: FileKeys) -> None:
    keys.add()
    assert {entry.name for entry in keys.path.parent.iterdir()} == {"wrapping.json", "wrapping.json.lock"}
    assert len(json.loads(keys.path.read_text())["keys"]) == 2


def test_keys_do_not_show_when_printed(keys: FileKeys) -> None:
    wrapped = keys.wrap(CASE_KEY, b"case 1")
    assert repr(wrapped.sealed) not in repr(wrapped)
