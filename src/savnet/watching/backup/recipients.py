"""Who can open a backup: holders of offline keys, X25519 or RSA. The machine that makes it can't open it again."""

import base64
import hashlib
from dataclasses import dataclass, field
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.padding import MGF1, OAEP
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

PublicKey = X25519PublicKey | RSAPublicKey
PrivateKey = X25519PrivateKey | RSAPrivateKey

PURPOSE = b"savnet backup 1"
LEAST_RSA = 3072
ONCE = bytes(12)
"""The nonce under a key that is used once."""


class UnusableKey(Exception):
    """This file holds no key that backups can be made to or opened with."""


class NotForThisKey(Exception):
    """The backup was made to other keys than this one."""


@dataclass(frozen=True, slots=True)
class Sealed:
    """The key of a backup, sealed to one recipient, whose public key is known by its hash."""

    recipient: str
    sealed: bytes
    ephemeral: bytes = field(default=b"")

    def as_dict(self) -> dict[str, str]:
        """As it stands in the header."""
        return {
            "recipient": self.recipient,
            "sealed": base64.b64encode(self.sealed).decode(),
            "ephemeral": base64.b64encode(self.ephemeral).decode(),
        }

    @classmethod
    def from_dict(cls, given: dict[str, Any]) -> "Sealed":
        """What a header says of one recipient."""
        sealed, ephemeral = (base64.b64decode(given[name], validate=True) for name in ("sealed", "ephemeral"))
        return cls(str(given["recipient"]), sealed, ephemeral)


def read_public(pem: bytes) -> PublicKey:
    """A public key to make backups to. Raises UnusableKey."""
    try:
        key = load_pem_public_key(pem)
    except ValueError as problem:
        raise UnusableKey("The file holds no public key in PEM. Give the public half of an offline key.") from problem
    if isinstance(key, RSAPublicKey) and key.key_size < LEAST_RSA:
        raise UnusableKey(f"The RSA key has {key.key_size} bits. Use one of {LEAST_RSA} or more, or X25519.")
    if not isinstance(key, PublicKey):
        raise UnusableKey("Only X25519 and RSA keys can be used. Make one: openssl genpkey -algorithm X25519")
    return key


def read_private(pem: bytes, password: bytes | None = None) -> PrivateKey:
    """The offline key. Raises UnusableKey; TypeError where it needs a password and there is none."""
    try:
        key = load_pem_private_key(pem, password)
    except ValueError as problem:
        raise UnusableKey("The file holds no private key in PEM, or the password is wrong.") from problem
    if not isinstance(key, PrivateKey):
        raise UnusableKey("Only X25519 and RSA keys can open backups.")
    return key


def fingerprint(key: PublicKey) -> str:
    """What a public key is known by."""
    return hashlib.sha256(key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)).hexdigest()


def seal_to(key: PublicKey, content_key: bytes) -> Sealed:
    """The content key, for the holder of this key only."""
    if isinstance(key, RSAPublicKey):
        return Sealed(fingerprint(key), key.encrypt(content_key, _oaep()))
    once = X25519PrivateKey.generate()
    wrapping = _agreed(once.exchange(key), once.public_key(), key)
    return Sealed(
        fingerprint(key), AESGCM(wrapping).encrypt(ONCE, content_key, PURPOSE), once.public_key().public_bytes_raw()
    )


def open_with(key: PrivateKey, sealed: list[Sealed]) -> bytes:
    """The content key. Raises NotForThisKey."""
    mine = fingerprint(key.public_key())
    for one in sealed:
        if one.recipient == mine:
            return _opened(key, one)
    raise NotForThisKey(f"The backup was not made to this key ({mine[:16]}…). Use another offline key.")


def _opened(key: PrivateKey, one: Sealed) -> bytes:
    try:
        if isinstance(key, RSAPrivateKey):
            return key.decrypt(one.sealed, _oaep())
        once = X25519PublicKey.from_public_bytes(one.ephemeral)
        return AESGCM(_agreed(key.exchange(once), once, key.public_key())).decrypt(ONCE, one.sealed, PURPOSE)
    except (ValueError, InvalidTag) as problem:
        raise NotForThisKey("The backup's header is damaged: its key does not open. Use another copy.") from problem


def _agreed(shared: bytes, once: X25519PublicKey, key: X25519PublicKey) -> bytes:
    """The key that both ends come to, bound to both public keys."""
    salt = once.public_bytes_raw() + key.public_bytes_raw()
    return HKDF(algorithm=SHA256(), length=32, salt=salt, info=PURPOSE).derive(shared)


def _oaep() -> OAEP:
    return OAEP(mgf=MGF1(SHA256()), algorithm=SHA256(), label=PURPOSE)
