"""Sealing of what sign-in keeps in the database, under keys drawn from the site's secret key.

Who reads the database or a backup of it gets no session, no code and no typed text. Not the wrapping keys of the
cases: those are rotated and retired by what cases need, and a retired one must not take anybody's codes with it.
"""

import hashlib
import hmac

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from savnet.sealing import Tampered, binding, open_sealed, seal


def sealed(purpose: str, data: bytes, *parts: str) -> bytes:
    """`data` sealed for this purpose and bound to `parts`."""
    return seal(_key(settings.SECRET_KEY, purpose), data, binding(purpose, *parts))


def opened(purpose: str, data: bytes, *parts: str) -> bytes:
    """What `sealed` sealed, also under an earlier secret key. Raises Tampered."""
    for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        try:
            return open_sealed(_key(secret, purpose), data, binding(purpose, *parts))
        except Tampered:
            continue
    raise Tampered(f"{purpose}: sealed under another secret key, or changed.")


def keyed_hash(purpose: str, text: str) -> str:
    """A hash that nobody can make or try out without the secret key. Stays the same as long as the key does."""
    return hmac.new(_key(settings.SECRET_KEY, purpose), text.encode(), hashlib.sha256).hexdigest()


def _key(secret: str, purpose: str) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=b"savnet " + purpose.encode()).derive(secret.encode())
