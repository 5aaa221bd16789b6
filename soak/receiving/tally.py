"""What was tried, what came of it, and what people confirmed beside it."""

from collections import Counter
from dataclasses import dataclass, field

from soak.saying import say

LONGEST_LIST = 20


@dataclass(slots=True)
class Tally:
    """Attempts by kind, false receipts in words, and how many of people's confirmations counted."""

    tries: Counter[str] = field(default_factory=Counter)
    false: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)
    """What came of people's confirmations that did not count."""
    letters: int = 0
    confirmed: int = 0
    counted: int = 0
    not_read: int = 0
    """Mail that should have been taken in and was not, and channels that could not be asked: must be nought."""

    @property
    def attempts(self) -> int:
        return self.tries.total()

    @property
    def good(self) -> bool:
        """No false receipt, and every true one; and there were some."""
        return not self.false and self.counted == self.confirmed > 0 and not self.not_read

    def add(self, other: "Tally") -> None:
        self.tries += other.tries
        self.false += other.false
        self.missed += other.missed
        self.letters += other.letters
        self.confirmed += other.confirmed
        self.counted += other.counted
        self.not_read += other.not_read

    def tell(self, seconds: float) -> None:
        say(f"  {self.attempts:,} attempts on {self.letters:,} letters in {seconds:.0f} s")
        say(f"  false receipts {len(self.false)}")
        for kind, times in sorted(self.tries.items()):
            say(f"    {times:8,} {kind}")
        say(f"  people who confirmed {self.confirmed:,}, of whom counted {self.counted:,}; not read {self.not_read}")
        for line in self.false[:LONGEST_LIST]:
            say(f"  FALSE: {line}")
        for line in self.missed[:LONGEST_LIST]:
            say(f"  NOT COUNTED: {line}")
