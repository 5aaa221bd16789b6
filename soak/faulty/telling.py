"""How the far end of a channel answers, and how it tells of a letter afterwards, where it does so otherwise."""

from typing import Protocol

FAR_END, TELLING = "far end", "telling"
LATE, TWICE, BACKWARDS, FAILED, NEVER = "told late", "told twice", "told backwards", "told failed", "never told"
TELLINGS = (LATE, TWICE, BACKWARDS, FAILED, NEVER)
ANSWERS = ("refuses", "refuses for now", "breaks before", "breaks after", "hangs before")


class FarEnd(Protocol):
    """The other end of a channel that only takes letters further."""

    def begin(self) -> None:
        """From now on an office takes letters by this channel, before all others."""

    def will(self, place: str, what: str) -> None:
        """How it answers at its next chance, or tells of the letter."""

    def struck(self) -> int:
        """How many of these have come to pass, as far as it can tell."""

    def a_minute(self) -> None:
        """What it says of the letters that have come to it."""

    def end(self) -> list[str]:
        """What it had, as lines of the receiver's ledger; then it forgets."""
