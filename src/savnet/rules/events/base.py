"""What every event has: when it happened, when it was written down, and its place in the record."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from savnet.rules.time import in_utc


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happened. Every instant is held in UTC; one without offset raises ValueError."""

    type: ClassVar[str] = ""

    at: datetime
    number: int = 0
    recorded_at: datetime | None = None
    by: str | None = None
    note: str | None = None

    def __post_init__(self) -> None:
        in_utc(self, "at", "recorded_at")
