"""Sheets that may hold something doubtful: said once, and saved all the same by whoever has looked at it."""

import hashlib
from collections.abc import Iterator, Mapping
from typing import Any

from savnet.web.forms import Sheet


class DoubtfulSheet(Sheet):
    """A sheet with soft checks. It comes back with its doubts; sent again with their mark, it is in order.

    The mark is made of the doubts themselves, so that a new doubt is never waved through with an old answer.
    """

    doubted: tuple[str, ...] = ()

    def doubts(self, given: Mapping[str, Any]) -> Iterator[str]:
        """What to look twice at, in whole sentences."""
        return iter(())

    @property
    def mark(self) -> str:
        """What the page carries back to say that these doubts were seen."""
        return hashlib.sha256("\n".join(self.doubted).encode()).hexdigest()[:16]

    def is_valid(self) -> bool:
        """In order, and nothing doubtful that nobody has looked at."""
        if not super().is_valid():
            return False
        self.doubted = tuple(self.doubts(self.cleaned_data))
        return not self.doubted or self.data.get("anyway") == self.mark
