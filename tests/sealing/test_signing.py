"""The signing key: its owner's alone, made once, and knowing its own signature from every other."""

from pathlib import Path

import pytest

from savnet.sealing import DamagedKeyFile, LooseRights, NoKeyFile, Signer


def test_it_knows_its_own_signature_and_no_other(tmp_path: Path) -> None:
    mine, other = Signer.create(tmp_path / "keys" / "mine"), Signer.create(tmp_path / "keys" / "other")
    signature = mine.sign(b"heads")
    assert mine.signed(b"heads", signature)
    assert not mine.signed(b"tails", signature)
    assert not other.signed(b"heads", signature)
    assert mine.public != other.public


@pytest.mark.parametrize("signature", ["", "00", "zz", "00" * 64])
def test_what_is_no_signature_signs_nothing(tmp_path: Path, signature: str) -> None:
    assert not Signer.create(tmp_path / "key").signed(b"heads", signature)


def test_who_comes_second_uses_the_key_that_is_there(tmp_path: Path) -> None:
    first, second = Signer.create(tmp_path / "key"), Signer.create(tmp_path / "key")
    assert first.public == second.public == Signer(tmp_path / "key").public
    assert [file.name for file in tmp_path.iterdir()] == ["key"]


def test_only_its_owner_may_read_it(tmp_path: Path) -> None:
    Signer.create(tmp_path / "key")
    assert (tmp_path / "key").stat().st_mode & 0o777 == 0o600
    (tmp_path / "key").chmod(0o604)
    with pytest.raises(LooseRights, match="chmod 600"):
        Signer(tmp_path / "key")


def test_a_missing_or_damaged_key_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(NoKeyFile, match="Restore it from its backup"):
        Signer(tmp_path / "key")
    (tmp_path / "key").write_bytes(bytes(31))
    (tmp_path / "key").chmod(0o600)
    with pytest.raises(DamagedKeyFile, match="Restore it from its backup"):
        Signer(tmp_path / "key")
