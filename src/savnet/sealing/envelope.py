"""Seal bytes under a key, bound to where they belong, and open them again only there."""

import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY_LENGTH = 32
NONCE_LENGTH = 12
TAG_LENGTH = 16


class Tampered(Exception):
    """What was sealed is not what is being opened: changed, moved elsewhere, or sealed under another key."""


def new_key() -> bytes:
    """A fresh random key for AES-256-GCM."""
    return secrets.token_bytes(KEY_LENGTH)


def seal(key: bytes, plaintext: bytes, bound: bytes) -> bytes:
    """Nonce and ciphertext of `plaintext`, which opens only with the same key and the same `bound`."""
    nonce = secrets.token_bytes(NONCE_LENGTH)
    return nonce + AESGCM(_checked(key)).encrypt(nonce, plaintext, bound)


def open_sealed(key: bytes, sealed: bytes, bound: bytes) -> bytes:
    """The plaintext that was sealed under `key` and `bound`. Raises Tampered for anything else."""
    if len(sealed) < NONCE_LENGTH + TAG_LENGTH:
        raise Tampered("The sealed value is too short to be one. Restore it from a backup.")
    nonce, ciphertext = sealed[:NONCE_LENGTH], sealed[NONCE_LENGTH:]
    try:
        return AESGCM(_checked(key)).decrypt(nonce, ciphertext, bound)
    except InvalidTag as broken:
        raise Tampered("The seal is broken: the value was changed, moved or sealed under another key.") from broken


def _checked(key: bytes) -> bytes:
    """AESGCM would take a shorter key and silently give AES-128."""
    if len(key) != KEY_LENGTH:
        raise ValueError(f"A key must be {KEY_LENGTH} bytes, not {len(key)}. Make one with new_key().")
    return key
