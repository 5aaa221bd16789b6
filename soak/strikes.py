"""What may go wrong on a line, and when: what one asks a proxy for."""

from dataclasses import dataclass, field

REFUSED = "refused"
SILENT = "taken, and nothing said"
RESET = "reset within the letter"
STALLED = "stalled within the letter"
ANSWER_LOST = "answer lost"
ANSWER_LATE = "answer late"
DRIP = "slow drip"
ELSEWHERE = "elsewhere"
BEFORE_WORD = "dropped before the word"
AFTER_WORD = "dropped after the word"
SERVER_DIES = "the server dies at the word"
Target = tuple[str, int] | str
"""A host and its port, or the path of a socket."""


@dataclass(frozen=True, slots=True)
class Strike:
    """What goes wrong, on which of the connections (or words) that come, and on how many of them after that.

    `after` is how many bytes we must have sent on the connection first; `target` is where it leads instead; `late` is
    by how many seconds; `pid` is the server that dies.
    """

    how: str
    first: int = 1
    times: int = 1
    after: int = 0
    target: Target | None = None
    word: bytes = b""
    late: float = 2.0
    pid: int = 0


@dataclass(frozen=True, slots=True)
class Strikes:
    """What is to go wrong from now on."""

    all: tuple[Strike, ...]


@dataclass
class Plan:
    """What is to go wrong, and how far the counting has come."""

    strikes: tuple[Strike, ...] = ()
    connections: int = 0
    words: dict[bytes, int] = field(default_factory=dict)
    struck: int = 0

    def of_connection(self) -> list[Strike]:
        """What strikes the connection that has just come."""
        self.connections += 1
        return [one for one in self.strikes if not one.word and _falls(one, self.connections)]

    def of_words(self, piece: bytes) -> Strike | None:
        """What strikes now that these bytes are to go by."""
        for word in {one.word for one in self.strikes if one.word and one.word in piece}:
            self.words[word] = number = self.words.get(word, 0) + 1
            for one in self.strikes:
                if one.word == word and _falls(one, number):
                    return one
        return None


def _falls(strike: Strike, number: int) -> bool:
    return strike.first <= number < strike.first + strike.times
