"""One canonical encoding of several values, for what a seal is bound to and for what a hash covers."""

from datetime import UTC, datetime
from uuid import UUID

Bindable = str | int | bytes | UUID | datetime


def binding(*parts: Bindable) -> bytes:
    """Each part as kind, length and value, so that no two lists of parts ever give the same bytes."""
    return b"".join(_encoded(part) for part in parts)


def _encoded(part: Bindable) -> bytes:
    kind, value = _plain(part)
    return kind + len(value).to_bytes(8, "big") + value


def _plain(part: Bindable) -> tuple[bytes, bytes]:
    match part:
        case bytes():
            return b"b", part
        case str():
            return b"s", part.encode()
        case int():
            return b"i", str(part).encode()
        case UUID():
            return b"u", part.bytes
        case datetime() if part.tzinfo is not None:
            return b"t", part.astimezone(UTC).isoformat(timespec="microseconds").encode()
    raise TypeError(f"Cannot bind to {part!r}. Use text, a whole number, bytes, a UUID or an aware datetime.")
