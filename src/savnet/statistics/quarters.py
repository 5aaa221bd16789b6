"""Quarters by Norway's calendar."""

from dataclasses import dataclass
from datetime import datetime
from typing import Self

from savnet.rules.time import OSLO


@dataclass(frozen=True, slots=True, order=True)
class Quarter:
    """One of the four parts of a year."""

    year: int
    number: int

    @classmethod
    def of(cls, at: datetime) -> Self:
        """The quarter that the instant lies in."""
        there = at.astimezone(OSLO)
        return cls(there.year, (there.month - 1) // 3 + 1)

    @classmethod
    def named(cls, name: str) -> Self:
        """The quarter of a name as `2026-3`. Raises ValueError for what is none."""
        year, _, number = name.partition("-")
        if not (year.isdigit() and len(year) == 4 and number in {"1", "2", "3", "4"}):
            raise ValueError(f"{name!r} is no quarter. Write it as 2026-3.")
        return cls(int(year), int(number))

    @property
    def name(self) -> str:
        return f"{self.year:04}-{self.number}"

    @property
    def began(self) -> datetime:
        return datetime(self.year, 3 * self.number - 2, 1, tzinfo=OSLO)

    @property
    def ended(self) -> datetime:
        """Its end, which is the next one's beginning."""
        return self.after.began

    @property
    def after(self) -> "Quarter":
        return Quarter(self.year + 1, 1) if self.number == 4 else Quarter(self.year, self.number + 1)

    @property
    def before(self) -> "Quarter":
        return Quarter(self.year - 1, 4) if self.number == 1 else Quarter(self.year, self.number - 1)
