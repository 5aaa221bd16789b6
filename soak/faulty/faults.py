"""Every fault: on the line to the mail server, and between Savnet and its database. The seed says when it strikes."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from random import Random

from soak.faulty.database import CODES
from soak.faulty.servers import IMPOSTORS, IMPOSTORS_BY_HTTPS, REFUSALS
from soak.faulty.telling import ANSWERS, FAR_END, TELLING, TELLINGS
from soak.strikes import (
    AFTER_WORD,
    ANSWER_LATE,
    ANSWER_LOST,
    BEFORE_WORD,
    DRIP,
    ELSEWHERE,
    REFUSED,
    RESET,
    SERVER_DIES,
    SILENT,
    STALLED,
    Strike,
)

WITHIN_THE_LETTER = 9000
"""Bytes: when so much has gone out on a connection, the letter is on its way."""

MAIL, DATABASE, TRIGGER = "mail", "database", "trigger"
COMMIT, QUEUE = b"COMMIT", b"procrastinate_"
Written = tuple[str, int, int]
Drawn = Strike | Written | str
"""How it strikes: on a line, at a statement; or what the far end does, by its name."""


@dataclass(frozen=True, slots=True)
class Fault:
    """A name, where it strikes, and how, drawn from a seed."""

    name: str
    place: str
    drawn: Callable[[Random], Drawn]

    def __str__(self) -> str:
        return f"{self.place}: {self.name}"


def mail_faults(ports: Mapping[str, int]) -> tuple[Fault, ...]:
    """What goes wrong on the line to the mail server, or at its other end."""
    lines = (
        _on_line(REFUSED),
        _on_line(SILENT, most=2),
        _on_line(DRIP),
        *(_on_line(how, after=WITHIN_THE_LETTER) for how in (RESET, STALLED, ANSWER_LOST, ANSWER_LATE)),
    )
    return (*lines, *(_elsewhere(name, ports[name]) for name in (*REFUSALS, *IMPOSTORS)))


def channel_faults(ports: Mapping[str, int]) -> tuple[Fault, ...]:
    """What goes wrong on the line to another channel, at its other end, or with what is told from there."""
    lines = (_on_line(REFUSED), _on_line(SILENT, most=2), _on_line(DRIP))
    # Not all that is asked of a channel is long: what strikes after so many bytes strikes small calls or large ones.
    midway = (_midway(how) for how in (RESET, STALLED, ANSWER_LOST, ANSWER_LATE))
    impostors = (_elsewhere(f"{name}, by https", ports[f"{name}, by https"]) for name in IMPOSTORS_BY_HTTPS)
    far = (Fault(name, FAR_END, lambda _, name=name: name) for name in ANSWERS)  # type: ignore[misc]
    told = (Fault(name, TELLING, lambda _, name=name: name) for name in TELLINGS)  # type: ignore[misc]
    return (*lines, *midway, *impostors, *far, *told)


def _midway(how: str) -> Fault:
    def drawn(random: Random) -> Strike:
        after = random.choice((500, 2000, WITHIN_THE_LETTER))
        return Strike(how, first=random.randint(1, 3), times=random.randint(1, 3), after=after)

    return Fault(how, MAIL, drawn)


def _on_line(how: str, *, most: int = 3, after: int = 0) -> Fault:
    return Fault(
        how, MAIL, lambda random: Strike(how, first=random.randint(1, 4), times=random.randint(1, most), after=after)
    )


def _elsewhere(name: str, port: int) -> Fault:
    def drawn(random: Random) -> Strike:
        first, times = random.randint(1, 4), random.randint(1, 3)
        return Strike(ELSEWHERE, first=first, times=times, target=("127.0.0.1", port))

    return Fault(name, MAIL, drawn)


def database_faults(*, dies: bool) -> tuple[Fault, ...]:
    """What goes wrong between Savnet and its database. Its server dies only where it is the run's own."""
    lost = (
        _at_word("connection lost before COMMIT", BEFORE_WORD, COMMIT, 15),
        _at_word("connection lost after COMMIT", AFTER_WORD, COMMIT, 15),
        _at_word("connection lost before the queue hears", BEFORE_WORD, QUEUE, 20),
        _at_word("connection lost after the queue heard", AFTER_WORD, QUEUE, 20),
        Fault("no connection", DATABASE, lambda random: Strike(REFUSED, random.randint(1, 8), random.randint(1, 3))),
    )
    death = _at_word("the server dies at COMMIT and comes back", SERVER_DIES, COMMIT, 15, times=1)
    return (*lost, *([death] if dies else []), *(_written(name) for name in CODES))


def _at_word(name: str, how: str, word: bytes, most: int, *, times: int = 2) -> Fault:
    def drawn(random: Random) -> Strike:
        return Strike(how, first=random.randint(1, most), times=random.randint(1, times), word=word)

    return Fault(name, DATABASE, drawn)


def _written(name: str) -> Fault:
    return Fault(name, TRIGGER, lambda random: (name, random.randint(1, 30), random.randint(1, 3)))
