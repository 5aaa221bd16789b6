"""What a key service must do: keep wrapping keys outside the database, and wrap and unwrap the keys of cases."""

from dataclasses import dataclass, field
from typing import Protocol


class UnknownKey(Exception):
    """Something was wrapped under a wrapping key that this key service does not hold."""

    def __init__(self, key_id: str) -> None:
        super().__init__(
            f"The wrapping key {key_id} is not in the key file. Restore the key file that holds it from its backup, "
            "or point SAVNET_KEY_FILE to it."
        )
        self.key_id = key_id


@dataclass(frozen=True, slots=True)
class Wrapped:
    """A key sealed under the wrapping key `key_id`."""

    key_id: str
    sealed: bytes = field(repr=False)


class KeyService(Protocol):
    """Holds the wrapping keys. A file by default; a hardware module or a cloud key service fits the same shape."""

    def current(self) -> str:
        """The id of the wrapping key that new keys are wrapped under."""

    def wrap(self, key: bytes, bound: bytes) -> Wrapped:
        """`key` sealed under the current wrapping key and bound to `bound`."""

    def unwrap(self, wrapped: Wrapped, bound: bytes) -> bytes:
        """The key again. Raises UnknownKey or Tampered."""
