"""Read the offline key; asks for its password at the terminal where it has one."""

from getpass import getpass
from pathlib import Path

from savnet.watching.backup.recipients import PrivateKey, read_private


def offline_key(path: Path) -> PrivateKey:
    """The private key in the file. Raises UnusableKey."""
    pem = path.read_bytes()
    try:
        return read_private(pem)
    except TypeError:  # what the library says of a key that needs a password
        return read_private(pem, getpass(f"Password of {path.name}: ").encode())
