"""When each ladder tells somebody, in words for the reader: made from the ladders, so that what is shown can't drift.

A ladder with a wait that has no word here stops the start; a sentence that has changed stands untranslated, and a
guard test says so.
"""

from collections.abc import Iterator
from datetime import timedelta

from savnet.policy.house import HousePolicy
from savnet.policy.ladder import BY_NUMBER, BY_STANDARD, DAY, HOUR, Ladder
from savnet.policy.waiting import LADDERS, Waiting
from savnet.rules.words import Standard

STANDARDS = {
    Standard.AT_ONCE: "Det som skal gjøres straks, uten en frist i timer",
    Standard.IMMEDIATELY: "Det som skal gjøres umiddelbart, uten en frist i timer",
    Standard.AS_SOON_AS_POSSIBLE: "Det som skal gjøres snarest",
    Standard.WITHOUT_UNDUE_DELAY: "Det som skal gjøres uten ugrunnet opphold",
    Standard.NONE: "Det som rundskrivet ikke sier noen tid for",
}
OTHERS = {
    Waiting.RECEIPT: ("2.2-3", "En melding som er sendt, og som ingen har bekreftet"),
    Waiting.NOT_THEIRS: ("2.2-3", "En melding som mottakeren sier ikke er deres"),
    Waiting.QUESTION: ("a-1", "Et spørsmål som en mottaker ikke har svart på, fra dagen svaret skulle vært her"),
    Waiting.ERROR: (
        "d-5",
        "Et brev til feil mottaker, til dere har avgjort om det skal meldes, og mottakeren har svart",
    ),
    Waiting.UNOWNED: ("2.2-4", "En sak som ingen følger opp"),
    Waiting.UNREVIEWED: ("2.2-4", "En sak som skal gjennomgås, fra klokka 8 den dagen"),
}
REPEATED = {
    HOUR: "hver time",
    4 * HOUR: "hver fjerde time",
    12 * HOUR: "hver tolvte time",
    DAY: "hvert døgn",
    2 * DAY: "hvert andre døgn",
    7 * DAY: "hver uke",
}


def _shown() -> Iterator[HousePolicy]:
    yield HousePolicy(name=BY_NUMBER.name, serves="2.2-3", says=_by_number())
    for standard, ladder in BY_STANDARD.items():
        yield HousePolicy(name=ladder.name, serves="2.2-3", says=f"{STANDARDS[standard]}: {_without_number(ladder)}")
    for waiting, ladder in LADDERS.items():
        serves, what = OTHERS[waiting]
        yield HousePolicy(name=ladder.name, serves=serves, says=f"{what}: {_without_number(ladder)}")


def _by_number() -> str:
    before, repeated = _waits(BY_NUMBER.steps), REPEATED[BY_NUMBER.every]
    past = f"Deretter når den går ut, og så {repeated}."
    return f"Det som har en frist i timer: {before}, så lenge fristen ikke er ute. {past}"


def _without_number(ladder: Ladder) -> str:
    return f"{_waits((*ladder.steps, ladder.limit))}, og så {REPEATED[ladder.every]}."


def _waits(waits: tuple[timedelta, ...]) -> str:
    """«med én gang, og etter 1, 4 og 24 timer»; in whole days where all are."""
    later = [wait for wait in waits if wait]
    unit, word = (DAY, "døgn") if all(wait % DAY == timedelta(0) for wait in later) else (HOUR, "timer")
    parts = [] if later == list(waits) else ["med én gang"]
    if minutes := [wait for wait in later if wait < unit]:
        parts.append(f"etter {_numbers(minutes, timedelta(minutes=1))} minutter")
    parts.append(f"etter {_numbers([wait for wait in later if wait >= unit], unit)} {word}")
    return ", og ".join(parts)


def _numbers(waits: list[timedelta], unit: timedelta) -> str:
    """In the unit. Raises ValueError for a wait that isn't whole in it: then the words above need another."""
    if any(wait % unit for wait in waits):
        raise ValueError(f"{waits} has no words in the unit {unit}. Give it some in policy/ladders_shown.py.")
    *first, last = (str(wait // unit) for wait in waits)
    return f"{', '.join(first)} og {last}" if first else last


LADDERS_SHOWN = tuple(_shown())
"""Every ladder, in words."""
