"""What is sealed in a record: one event as JSON, and for circumstances also which centre has the child."""

import json
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from savnet.rules.events import Event
from savnet.rules.reading import read_event, write_event, write_instant

BLOCK = 256
"""Payloads are padded to whole blocks: the length of a ciphertext would otherwise hint at the type of the event."""


@dataclass(frozen=True, slots=True)
class Payload:
    """An event, and the centre that has the child from then on where the record says so."""

    event: Event
    centre_id: UUID | None = None


def write_payload(payload: Payload) -> bytes:
    """The payload as padded JSON. Number and time of recording are left out: the record's own columns hold them."""
    content: dict[str, Any] = {"event": write_event(replace(payload.event, number=0, recorded_at=None))}
    if payload.centre_id:
        content["centre_id"] = str(payload.centre_id)
    written = json.dumps(content, ensure_ascii=False, allow_nan=False, separators=(",", ":"), default=_instant).encode()
    return written.ljust(-len(written) // BLOCK * -BLOCK)


def _instant(value: object) -> str:
    """The fields of a correction may hold an instant; all else that JSON does not know is a mistake."""
    if isinstance(value, datetime):
        return write_instant(value)
    raise ValueError(f"{value!r} cannot be recorded. Give it as it would stand in JSON.")


def read_payload(written: bytes, number: int, recorded_at: datetime) -> Payload:
    """The payload again. Raises ValueError for what is no payload."""
    content = json.loads(written)
    if not isinstance(content, dict) or "event" not in content:
        raise ValueError("The payload holds no event.")
    centre_id = content.get("centre_id")
    event = replace(read_event(content["event"], number), recorded_at=recorded_at)
    return Payload(event=event, centre_id=UUID(centre_id) if centre_id else None)
