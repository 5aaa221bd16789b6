"""An Ed25519 key in a file that only its owner may read: signs what is kept elsewhere, so that a change to it shows."""

import os
import secrets
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from savnet.sealing.key_file import DamagedKeyFile, LooseRights, NoKeyFile

LENGTH = 32


class Signer:
    """Signs, and knows its own signature again."""

    def __init__(self, path: Path) -> None:
        """The key in the file. Raises NoKeyFile, LooseRights or DamagedKeyFile."""
        self._key = _read(path)

    @classmethod
    def create(cls, path: Path) -> "Signer":
        """Make the file, readable by its owner only; where another made it first, use that one."""
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        aside = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
        descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(Ed25519PrivateKey.generate().private_bytes_raw())
                file.flush()
                os.fsync(file.fileno())
            _name(aside, path)
        finally:
            aside.unlink(missing_ok=True)
        return cls(path)

    @property
    def public(self) -> str:
        """The public key in hexadecimal: what tells whose signature it is."""
        return self._key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw).hex()

    def sign(self, content: bytes) -> str:
        """The signature in hexadecimal."""
        return self._key.sign(content).hex()

    def signed(self, content: bytes, signature: str) -> bool:
        """Whether the signature is this key's, of this very content."""
        try:
            self._key.public_key().verify(bytes.fromhex(signature), content)
        except (InvalidSignature, ValueError):
            return False
        return True


def _name(aside: Path, path: Path) -> None:
    try:
        os.link(aside, path)
    except FileExistsError:
        return  # another process was first, and may have signed with its key already


def _read(path: Path) -> Ed25519PrivateKey:
    try:
        descriptor = os.open(path, os.O_RDONLY)
    except FileNotFoundError as missing:
        raise NoKeyFile(f"There is no signing key at {path}. Restore it from its backup.") from missing
    with os.fdopen(descriptor, "rb") as file:
        rights = os.fstat(descriptor).st_mode & 0o777
        if rights & 0o077:
            raise LooseRights(f"{path} has the rights {rights:o}. Only its owner may: chmod 600 {path}")
        content = file.read()
    if len(content) != LENGTH:
        raise DamagedKeyFile(f"{path} is not a signing key. Restore it from its backup.")
    return Ed25519PrivateKey.from_private_bytes(content)
