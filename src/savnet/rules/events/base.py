"""What every event has: when it happened, when it was written down, and its place in the record."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happened. Both instants are aware datetimes."""

    type: ClassVar[str] = ""

    at: datetime
    number: int = 0
    recorded_at: datetime | None = None
    by: str | None = None
    note: str | None = None
