"""Find children by what somebody remembers of a name or a number; the nearest first, and why each was found.

Nothing is asked of the database here, and nothing is kept: the caller brings the names that the person may see.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from savnet.register.alike import DIGITS_OF_DUF, Found, Likeness, alike, fold, slips, sound, words_of

MOST_WORDS = 8
FEWEST_DIGITS = 4
"""So many digits are enough to look for a number that begins or ends with them."""


class NameKind(StrEnum):
    """Which of a child's names it was."""

    REGISTERED = "registered"
    ORIGINAL = "original"
    ALIAS = "alias"
    DUF = "duf"


@dataclass(frozen=True, slots=True)
class Name:
    """One name, or the number, of one child."""

    child: UUID
    kind: NameKind
    text: str


@dataclass(frozen=True, slots=True)
class Hit:
    """A child who may be the one, by which name and how surely."""

    child: UUID
    name: Name
    found: Found


@dataclass(frozen=True, slots=True)
class Hits:
    """All that may be meant, the nearest first. `guessed` are numbers that differ from what was typed by a slip."""

    sure: tuple[Hit, ...] = ()
    guessed: tuple[Hit, ...] = ()


def find(text: str, names: Iterable[Name]) -> Hits:
    """Whoever may be meant by `text`, among these names. A text of digits alone is a DUF number, or a part of one."""
    digits = "".join(text.replace("-", "").replace(".", "").split())
    if digits.isdecimal() and digits.isascii():
        return _by_number(digits, [name for name in names if name.kind is NameKind.DUF])
    wanted = fold(text)[:MOST_WORDS]
    by_name = [name for name in names if name.kind is not NameKind.DUF]
    return Hits(sure=_nearest(_by_words(wanted, by_name))) if wanted else Hits()


def _by_number(digits: str, numbers: list[Name]) -> Hits:
    sure, guessed = [], []
    for name in numbers:
        if name.text == digits:
            sure.append(Hit(name.child, name, Found(Likeness.SAME, 0.0)))
        elif len(digits) >= FEWEST_DIGITS and name.text.startswith(digits):
            sure.append(Hit(name.child, name, Found(Likeness.BEGINS, 0.0)))
        elif len(digits) >= FEWEST_DIGITS and name.text.endswith(digits):
            sure.append(Hit(name.child, name, Found(Likeness.BEGINS, 1.0)))
        elif abs(len(digits) - DIGITS_OF_DUF) <= 1 and (apart := slips(digits, name.text)):
            guessed.append(Hit(name.child, name, Found(Likeness.RESEMBLES, float(apart))))
    return Hits(_nearest(sure), _nearest(guessed))


def _by_words(wanted: list[str], names: list[Name]) -> Iterable[Hit]:
    """The names in which the words are found; and those in which they are one word, as Abdulrahman is."""
    vocabulary: dict[str, list[int]] = defaultdict(list)
    for place, name in enumerate(names):
        for word in words_of(name.text):
            vocabulary[word].append(place)
    spelled, sounds = list(vocabulary), dict[str, str]()
    per_word = [_places(alike(word, spelled, sounds), vocabulary) for word in wanted]
    yield from _in_all(per_word, names)
    if len(wanted) > 1 and all(len(sound(word)) > 1 for word in wanted):
        as_one = _places(alike("".join(wanted), spelled, sounds), vocabulary)
        yield from (hit for hit in _in_all([as_one], names) if hit.found.likeness <= Likeness.SOUNDS)


def _in_all(per_word: list[dict[int, Found]], names: list[Name]) -> Iterable[Hit]:
    """A name in which every word is found, in whatever order; of three words or more, one may be wrong altogether."""
    wanted = len(per_word)
    needed = wanted - (wanted > 2)
    for place in set().union(*per_word):
        found = [places[place] for places in per_word if place in places]
        if len(found) >= needed:
            yield Hit(names[place].child, names[place], _together(found, wanted))


def _places(words: Mapping[str, Found], vocabulary: Mapping[str, list[int]]) -> dict[int, Found]:
    """For each name in which the word is found, how surely at the best."""
    best: dict[int, Found] = {}
    for word, found in words.items():
        for place in vocabulary[word]:
            if place not in best or found < best[place]:
                best[place] = found
    return best


def _together(found: list[Found], wanted: int) -> Found:
    lacking = wanted - len(found)
    worst = Likeness.RESEMBLES if lacking else max(one.likeness for one in found)
    return Found(worst, sum(one.distance for one in found) + lacking)


def _nearest(hits: Iterable[Hit]) -> tuple[Hit, ...]:
    """Each child once, by the name that comes nearest."""
    best: dict[UUID, Hit] = {}
    for hit in hits:
        if hit.child not in best or hit.found < best[hit.child].found:
            best[hit.child] = hit
    return tuple(sorted(best.values(), key=lambda hit: (hit.found, hit.name.text)))
