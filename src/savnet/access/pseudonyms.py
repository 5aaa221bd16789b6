"""Pseudonyms for the access log: the same child always has the same one, and only who holds the key can tell whose.

The key lies beside the wrapping keys, never in the database. Losing it loses no look, but nobody could any longer be
told who has looked at them: copy it with the key file.
"""

import hashlib
import hmac
import os
from pathlib import Path
from uuid import UUID

from django.conf import settings

from savnet.sealing.key_file import LooseRights, NoKeyFile

NAME = "look-pseudonym-key"
LENGTH = 32


def pseudonym(of: UUID) -> str:
    """64 hexadecimal characters for the id of a child, or of whatever else was asked for."""
    return hmac.new(_key(), b"savnet look" + of.bytes, hashlib.sha256).hexdigest()


def key_path() -> Path:
    """Where the key lies."""
    return Path(settings.KEY_FILE).with_name(NAME)


def make_key() -> None:
    """Make the key, readable by its owner only; where another made it first, that one is kept."""
    path = key_path()
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    aside = path.with_name(f"{NAME}.{os.urandom(8).hex()}")
    descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(os.urandom(LENGTH))
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(aside, path)
        except FileExistsError:
            return  # another process was first, and may have used its key already
    finally:
        aside.unlink(missing_ok=True)


def _key() -> bytes:
    path = key_path()
    try:
        descriptor = os.open(path, os.O_RDONLY)
    except FileNotFoundError as missing:
        raise NoKeyFile(f"There is no key for the access log at {path}. Restore it from its backup.") from missing
    with os.fdopen(descriptor, "rb") as file:
        if (rights := os.fstat(descriptor).st_mode & 0o777) & 0o077:
            raise LooseRights(f"{path} has the rights {rights:o}. Only its owner may: chmod 600 {path}")
        return file.read()
