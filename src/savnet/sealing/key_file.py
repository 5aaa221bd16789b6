"""Wrapping keys in a file that only its owner may read."""

import base64
import binascii
import fcntl
import json
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from savnet.sealing.binding import binding
from savnet.sealing.envelope import KEY_LENGTH, new_key, open_sealed, seal
from savnet.sealing.service import UnknownKey, Wrapped

PURPOSE = "savnet wrapped key"


class NoKeyFile(Exception):
    """There is no key file where one should be."""


class LooseRights(Exception):
    """Others than the owner may read or change the key file."""


class DamagedKeyFile(Exception):
    """The key file cannot be read as one."""


class KeyInUse(Exception):
    """A wrapping key cannot be retired while it is the current one."""


@dataclass(frozen=True, slots=True)
class _Ring:
    current: str
    keys: dict[str, bytes] = field(repr=False)


class FileKeys:
    """Wrapping keys in a JSON file. Read anew each time, so that a rotation elsewhere is seen at once."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._read()

    @classmethod
    def create(cls, path: Path) -> "FileKeys":
        """Make the file with one key, readable by its owner only; where another made it first, use that one."""
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        key_id = _new_id()
        _place(path, _Ring(current=key_id, keys={key_id: new_key()}), replace=False)
        return cls(path)

    def current(self) -> str:
        """The id of the wrapping key that new keys are wrapped under."""
        return self._read().current

    def known(self) -> frozenset[str]:
        """The ids of all wrapping keys in the file, old ones included."""
        return frozenset(self._read().keys)

    def wrap(self, key: bytes, bound: bytes) -> Wrapped:
        """`key` sealed under the current wrapping key and bound to `bound`."""
        ring = self._read()
        return Wrapped(ring.current, seal(ring.keys[ring.current], key, binding(PURPOSE, ring.current, bound)))

    def unwrap(self, wrapped: Wrapped, bound: bytes) -> bytes:
        """The key again. Raises UnknownKey or Tampered."""
        wrapping_key = self._read().keys.get(wrapped.key_id)
        if wrapping_key is None:
            raise UnknownKey(wrapped.key_id)
        return open_sealed(wrapping_key, wrapped.sealed, binding(PURPOSE, wrapped.key_id, bound))

    def add(self) -> str:
        """Make a new wrapping key the current one and keep the old ones. It is on disk before this returns."""
        with self._alone():
            ring, key_id = self._read(), _new_id()
            _place(self.path, _Ring(current=key_id, keys={**ring.keys, key_id: new_key()}), replace=True)
        return key_id

    def retire(self, key_id: str) -> None:
        """Forget an old wrapping key for good. Only the caller can know that nothing is wrapped under it."""
        with self._alone():
            ring = self._read()
            if key_id == ring.current:
                raise KeyInUse(f"The wrapping key {key_id} is the current one. Rotate to a new key first.")
            kept = {known: key for known, key in ring.keys.items() if known != key_id}
            _place(self.path, _Ring(current=ring.current, keys=kept), replace=True)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Two rotations at once must not lose each other's key."""
        descriptor = os.open(f"{self.path}.lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield
        finally:
            os.close(descriptor)

    def _read(self) -> _Ring:
        try:
            descriptor = os.open(self.path, os.O_RDONLY)
        except FileNotFoundError as missing:
            raise NoKeyFile(f"There is no key file at {self.path}. Restore it from its backup.") from missing
        with os.fdopen(descriptor, "rb") as file:
            rights = os.fstat(descriptor).st_mode & 0o777
            if rights & 0o077:
                raise LooseRights(f"{self.path} has the rights {rights:o}. Only its owner may: chmod 600 {self.path}")
            return _parsed(self.path, file.read())


def _new_id() -> str:
    return secrets.token_hex(8)


def _parsed(path: Path, content: bytes) -> _Ring:
    try:
        data = json.loads(content)
        keys = {key_id: base64.b64decode(text, validate=True) for key_id, text in data["keys"].items()}
        ring = _Ring(current=data["current"], keys=keys)
    except (ValueError, KeyError, TypeError, AttributeError, binascii.Error) as unreadable:
        raise DamagedKeyFile(f"{path} is not a key file. Restore it from its backup.") from unreadable
    if ring.current not in keys or any(len(key) != KEY_LENGTH for key in keys.values()):
        raise DamagedKeyFile(f"{path} lacks its current key, or a key is cut short. Restore it from its backup.")
    return ring


def _place(path: Path, ring: _Ring, *, replace: bool) -> None:
    """Whole or not at all, also when the power goes: written aside, flushed, then given its name."""
    aside = path.with_name(f"{path.name}.{_new_id()}")
    encoded = {key_id: base64.b64encode(key).decode() for key_id, key in ring.keys.items()}
    descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            json.dump({"current": ring.current, "keys": encoded}, file, indent=2)
            file.flush()
            os.fsync(file.fileno())
        _name(aside, path, replace=replace)
    finally:
        aside.unlink(missing_ok=True)
    _flush_directory(path.parent)


def _name(aside: Path, path: Path, *, replace: bool) -> None:
    if replace:
        aside.replace(path)
        return
    try:
        os.link(aside, path)
    except FileExistsError:
        return  # another process was first, and its keys may already be in use


def _flush_directory(directory: Path) -> None:
    descriptor = os.open(directory, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
