"""A backup opens with an offline key it was made to, whole; and not at all if anything in it was touched."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    PrivateFormat,
    PublicFormat,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from savnet.watching.backup import container
from savnet.watching.backup.container import DamagedBackup, Writer, contents
from savnet.watching.backup.recipients import NotForThisKey, PrivateKey, UnusableKey, read_private, read_public

OFFLINE, SPARE = X25519PrivateKey.generate(), generate_private_key(65537, 3072)


def made(content: bytes, *keys: PrivateKey) -> bytes:
    """A backup of this content to these keys."""
    file = io.BytesIO()
    writer = Writer(file, [one.public_key() for one in keys or (OFFLINE,)], what="database", made_at="2026-03-02")
    for at in range(0, len(content), 700):
        writer.write(content[at : at + 700])
    writer.close()
    return file.getvalue()


def opened(backup: bytes, key: PrivateKey = OFFLINE, what: str = "database") -> bytes:
    return b"".join(contents(io.BufferedReader(io.BytesIO(backup)), key, what=what))  # type: ignore[arg-type]


@pytest.fixture(autouse=True)
def small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pieces of a thousand bytes, so that a test has many."""
    monkeypatch.setattr(container, "PIECE", 1000)


@pytest.mark.parametrize("length", [0, 1, 999, 1000, 1001, 2000, 12345])
def test_what_went_in_comes_out(length: int) -> None:
    content = bytes(range(256)) * 50
    assert opened(made(content[:length])) == content[:length]


def test_each_of_its_keys_opens_it_and_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    backup = made(b"sealed", OFFLINE, SPARE)
    assert opened(backup, OFFLINE) == opened(backup, SPARE) == b"sealed"
    with pytest.raises(NotForThisKey, match="another offline key"):
        opened(backup, X25519PrivateKey.generate())


def test_nothing_of_the_content_stands_in_clear() -> None:
    backup = made(b"Selam Oppdiktet" * 300)
    assert b"Selam" not in backup
    assert made(b"x") != made(b"x")


WHOLE = bytes(range(256)) * 12  # four pieces


@given(st.data())
@settings(max_examples=300, deadline=None)
def test_any_bit_that_is_turned_is_noticed(data: st.DataObject) -> None:
    container.PIECE, before = 1000, container.PIECE
    try:
        backup = bytearray(made(WHOLE))
        at = data.draw(st.integers(0, len(backup) * 8 - 1))
        backup[at // 8] ^= 1 << at % 8
        with pytest.raises((DamagedBackup, NotForThisKey)):
            opened(bytes(backup))
    finally:
        container.PIECE = before


@pytest.mark.parametrize("number", range(5))
def test_any_bit_of_the_header_that_is_turned_is_noticed(number: int) -> None:
    """Also one that base64 does not use, which is in every other header."""
    backup = made(bytes([number]))
    for at in range(len(pieces(backup)[0]) * 8):
        turned = bytearray(backup)
        turned[at // 8] ^= 1 << at % 8
        with pytest.raises((DamagedBackup, NotForThisKey)):
            opened(bytes(turned))


def pieces(backup: bytes) -> tuple[bytes, list[bytes]]:
    """The header, and the pieces after it."""
    file = io.BytesIO(backup)
    container.read_header(file)
    head, rest = backup[: file.tell()], []
    while length := file.read(4):
        rest.append(length + file.read(int.from_bytes(length, "big")))
    return head, rest


@pytest.mark.parametrize(
    "spoil",
    [
        lambda parts: parts[:-1],
        lambda parts: parts[:1],
        lambda parts: [],
        lambda parts: parts[1:],
        lambda parts: [parts[1], parts[0], *parts[2:]],
        lambda parts: [parts[0], *parts],
        lambda parts: [*parts, parts[-1]],
        lambda parts: [*parts, b"\x00\x00\x00\x10" + b"x" * 16],
        lambda parts: [*parts, b"more"],
    ],
)
def test_pieces_left_out_moved_doubled_or_added_are_noticed(spoil: Callable[[list[bytes]], list[bytes]]) -> None:
    head, parts = pieces(made(WHOLE))
    assert len(parts) == 4
    with pytest.raises(DamagedBackup):
        opened(head + b"".join(spoil(parts)))


@pytest.mark.parametrize("cut", [0, 5, 16, 20, 100, -1, -20])
def test_a_file_that_was_cut_short_is_noticed(cut: int) -> None:
    with pytest.raises(DamagedBackup):
        opened(made(WHOLE)[:cut])


def test_pieces_of_another_backup_do_not_fit() -> None:
    head, parts = pieces(made(WHOLE))
    _, others = pieces(made(WHOLE))
    with pytest.raises(DamagedBackup):
        opened(head + b"".join([parts[0], *others[1:]]))


def test_a_backup_that_was_not_finished_does_not_open() -> None:
    file = io.BytesIO()
    Writer(file, [OFFLINE.public_key()], what="database", made_at="2026-03-02").write(WHOLE)
    with pytest.raises(DamagedBackup):
        opened(file.getvalue())


def test_the_keys_are_not_taken_for_the_database() -> None:
    with pytest.raises(DamagedBackup, match="backup of the database, not of the keys"):
        opened(made(b"x"), what="keys")


def public(key: Any) -> bytes:
    return bytes(key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))


def test_only_keys_that_are_strong_enough_are_taken() -> None:
    assert read_public(public(OFFLINE))
    assert read_public(public(SPARE))
    for weak in (generate_private_key(65537, 2048), ec.generate_private_key(ec.SECP256R1())):
        with pytest.raises(UnusableKey):
            read_public(public(weak))
    with pytest.raises(UnusableKey, match="no public key"):
        read_public(b"not a key")


def test_an_offline_key_may_have_a_password(tmp_path: Path) -> None:
    pem = OFFLINE.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(b"langt passord"))
    assert read_private(pem, b"langt passord").public_key() == OFFLINE.public_key()
    with pytest.raises(UnusableKey, match="password is wrong"):
        read_private(pem, b"feil")
    with pytest.raises(TypeError):
        read_private(pem)
