"""The file of a backup: a header that says to whom, then sealed pieces; none can be changed, moved, added or left out.

Each piece is sealed with AES-256-GCM under a key of this file alone. The nonce counts the pieces and marks the last,
so a file that was cut short does not open as a shorter one. The header is bound to every piece.
"""

import hashlib
import json
import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BufferedReader
from typing import IO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from savnet.watching.backup.recipients import PrivateKey, PublicKey, Sealed, open_with, seal_to

MAGIC = b"savnet-backup-1\n"
PIECE = 1024 * 1024
TAG = 16
LONGEST_HEADER = 1024 * 1024
LENGTH = 4


class DamagedBackup(Exception):
    """The file is no backup, or was changed or cut short after it was made."""


@dataclass(frozen=True, slots=True)
class Header:
    """What stands in clear: what is inside, when it was made, and the content key sealed to each recipient."""

    what: str
    made_at: str
    sealed: tuple[Sealed, ...]

    def as_bytes(self) -> bytes:
        """As it stands in the file."""
        content = {"what": self.what, "made_at": self.made_at, "to": [one.as_dict() for one in self.sealed]}
        return json.dumps(content, sort_keys=True).encode()


class Writer:
    """Seals what is written to it. Only `close` makes the backup whole; one that was not closed does not open."""

    def __init__(self, file: IO[bytes], to: Sequence[PublicKey], *, what: str, made_at: str) -> None:
        key = secrets.token_bytes(32)
        header = Header(what, made_at, tuple(seal_to(one, key) for one in to)).as_bytes()
        file.write(MAGIC + len(header).to_bytes(LENGTH, "big") + header)
        self._file, self._cipher, self._bound = file, AESGCM(key), hashlib.sha256(MAGIC + header).digest()
        self._waiting, self._number = bytearray(), 0

    def write(self, data: bytes) -> None:
        """Take in more content."""
        self._waiting += data
        while len(self._waiting) > PIECE:  # the last piece is not yet known to be the last
            self._piece(bytes(self._waiting[:PIECE]), last=False)
            del self._waiting[:PIECE]

    def close(self) -> None:
        """Write the last piece."""
        self._piece(bytes(self._waiting), last=True)

    def _piece(self, content: bytes, *, last: bool) -> None:
        sealed = self._cipher.encrypt(nonce(self._number, last=last), content, self._bound)
        self._file.write(len(sealed).to_bytes(LENGTH, "big") + sealed)
        self._number += 1


def read_header(file: IO[bytes]) -> Header:
    """The header of a backup. Raises DamagedBackup."""
    return _understood(_header_bytes(file))


def _header_bytes(file: IO[bytes]) -> bytes:
    """The header as it stands in the file: written anew it could hide a changed bit that base64 doesn't use."""
    if file.read(len(MAGIC)) != MAGIC:
        raise DamagedBackup("The file is no backup made by savnet backup.")
    length = int.from_bytes(_exactly(file, LENGTH), "big")
    if length > LONGEST_HEADER:
        raise DamagedBackup("The header of the backup is damaged. Use another copy.")
    return _exactly(file, length)


def _understood(header: bytes) -> Header:
    try:
        content = json.loads(header)
        sealed = tuple(Sealed.from_dict(one) for one in content["to"])
        return Header(str(content["what"]), str(content["made_at"]), sealed)
    except (ValueError, KeyError, TypeError, AttributeError) as problem:
        raise DamagedBackup("The header of the backup is damaged. Use another copy.") from problem


def contents(file: BufferedReader, key: PrivateKey, *, what: str) -> Iterator[bytes]:
    """What was written, piece by piece. Raises DamagedBackup or NotForThisKey.

    Only when it has come to its end without raising is the whole known to be whole: act on nothing before that.
    """
    as_it_stands = _header_bytes(file)
    header = _understood(as_it_stands)
    if header.what != what:
        raise DamagedBackup(f"This is a backup of the {header.what}, not of the {what}.")
    cipher = AESGCM(open_with(key, list(header.sealed)))
    bound = hashlib.sha256(MAGIC + as_it_stands).digest()
    number, last = 0, False
    while not last:
        sealed = _next(file)
        last = not file.peek(1)
        try:
            yield cipher.decrypt(nonce(number, last=last), sealed, bound)
        except InvalidTag as problem:
            raise DamagedBackup(f"The backup is damaged or cut short at piece {number + 1}. Use another.") from problem
        number += 1


def _next(file: IO[bytes]) -> bytes:
    length = int.from_bytes(_exactly(file, LENGTH), "big")
    if not TAG <= length <= PIECE + TAG:
        raise DamagedBackup("The backup is damaged: a piece has an impossible length. Use another copy.")
    return _exactly(file, length)


def _exactly(file: IO[bytes], length: int) -> bytes:
    data = file.read(length)
    if len(data) != length:
        raise DamagedBackup("The backup was cut short. Use another copy.")
    return data


def nonce(number: int, *, last: bool) -> bytes:
    """The piece's number, and whether it is the last."""
    return number.to_bytes(11, "big") + bytes([last])
