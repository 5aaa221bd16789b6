"""Whom a letter is for, as SvarUt wants it written beside the organisation number: name and postal address."""

import json
from dataclasses import asdict, dataclass


class Unreadable(Exception):
    """The data beside the letter are not a cover. Compose the message anew."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cover:
    """The receiver's name, and the lines of its address, if it has any."""

    receiver: str
    address: tuple[str, ...] = ()

    def write(self) -> bytes:
        """The cover as bytes: the same cover always gives the same bytes."""
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True).encode("utf-8")

    @classmethod
    def read(cls, data: bytes) -> "Cover":
        """The cover back from its bytes. Raises Unreadable."""
        try:
            parts = json.loads(data)
            return cls(receiver=str(parts["receiver"]), address=tuple(map(str, parts["address"])))
        except (ValueError, TypeError, KeyError) as error:
            raise Unreadable(f"The data beside the letter can't be read: {type(error).__name__}.") from None
