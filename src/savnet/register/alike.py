"""Whether two names may be the same: whatever script, spelling and order they are written in.

Each word is brought to Latin letters without marks, and from there to its sound: Arabic writes no short vowels, and the
same name is Mohammed, Muhammad and محمد. What is compared is words, so the order of them never counts.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from itertools import pairwise

from anyascii import anyascii
from rapidfuzz import process
from rapidfuzz.distance import OSA, JaroWinkler

LEAST_LIKE = 0.86
"""How like two spellings must be, of 1: a letter or two wrong in a word of usual length, and no more."""
SHORTEST_GUESS = 3
"""Words of fewer letters are like too many others."""
DIGITS_OF_DUF = 12
SLIPS = 2
"""So many digits of a DUF number may be wrong, missing, or swapped with the next before it is no longer a guess."""

_NO_LETTER = re.compile(r"[^a-z0-9]+")
_INITIAL = re.compile(r"(?<![a-z])'(?=[b-df-hj-np-tv-z])")
"""What is left of an Arabic alef at the beginning of a word: some vowel."""
_SILENT = re.compile(r"'")
_SAME_SOUND = (
    *((written, "s") for written in ("tsj", "tch", "sch", "sh", "sj", "ch", "kj")),
    *(("th", "t"), ("dh", "t"), ("gh", "k"), ("kh", "h"), ("ph", "f"), ("x", "ks")),
)
_ONE_LETTER = str.maketrans("dqcgzvp", "tkkksfb")
_FIRST = {**dict.fromkeys("aeiou", "a"), **dict.fromkeys("yj", "j")}
_HEADS = {"s": "szctk", "t": "td", "k": "kgqcx", "h": "hk", "f": "fvp", "b": "bp", "a": "aeiou", "j": "yj"}
"""With which letters a word may be written that sounds as if it began so; others begin with their own."""
_MUTE = re.compile(r"[aeiouywj]")
_LAST_H = re.compile(r"(?<=.)h$")
_DOUBLE = re.compile(r"(.)\1+")


class Likeness(IntEnum):
    """How a word that was looked for was found, the surest first."""

    SAME = 1
    BEGINS = 2
    SOUNDS = 3
    RESEMBLES = 4


@dataclass(frozen=True, slots=True, order=True)
class Found:
    """How far a name is from what was looked for: the worst word decides, then the sum of them."""

    likeness: Likeness
    distance: float


def fold(text: str) -> list[str]:
    """The words of a name in small Latin letters, without marks; of every script."""
    plain = text if text.isascii() else anyascii(text)
    plain = _SILENT.sub("", _INITIAL.sub("a", plain.lower().replace("`", "a")))
    return [word for word in _NO_LETTER.split(plain) if word]


def words_of(name: str) -> set[str]:
    """The words a name can be found by; Abdul Rahman is Abdulrahman too."""
    words = fold(name)
    return {*words, *(first + second for first, second in pairwise(words))}


def sound(word: str) -> str:
    """How a folded word sounds, roughly: its consonants, and that it begins with a vowel."""
    for written, heard in _SAME_SOUND:
        word = word.replace(written, heard)
    word = word.translate(_ONE_LETTER)
    first = _FIRST.get(word[:1], word[:1])
    return _DOUBLE.sub(r"\1", _LAST_H.sub("", first + _MUTE.sub("", _DOUBLE.sub(r"\1", word)[1:])))


def alike(wanted: str, words: Sequence[str], sounds: dict[str, str]) -> dict[str, Found]:
    """Which of these words may be the one wanted, and how. `sounds` keeps what has been worked out, and grows."""
    found = {word: Found(Likeness.RESEMBLES, 1 - like) for word, like in _resembling(wanted, words)}
    heard = sound(wanted)
    heads = _HEADS.get(heard[:1], heard[:1])
    for word in words:
        if word == wanted:
            found[word] = Found(Likeness.SAME, 0.0)
        elif len(wanted) > 1 and word.startswith(wanted):
            found[word] = Found(Likeness.BEGINS, 1 - len(wanted) / len(word))
        elif len(heard) > 1 and word[0] in heads and _sound(word, sounds) == heard:
            found[word] = Found(Likeness.SOUNDS, float(OSA.normalized_distance(wanted, word)))
    return found


def _resembling(wanted: str, words: Sequence[str]) -> Iterable[tuple[str, float]]:
    if len(wanted) < SHORTEST_GUESS:
        return ()
    near = process.extract(wanted, words, scorer=JaroWinkler.normalized_similarity, score_cutoff=LEAST_LIKE, limit=None)
    return ((word, like) for word, like, _ in near if OSA.distance(wanted, word) <= min(3, max(1, len(wanted) // 3)))


def _sound(word: str, sounds: dict[str, str]) -> str:
    known = sounds.get(word)
    if known is None:
        known = sounds[word] = sound(word)
    return known


def slips(typed: str, number: str) -> int | None:
    """How many slips of the finger lie between what was typed and this DUF number; None: it is another number."""
    apart = int(OSA.distance(typed, number, score_cutoff=SLIPS))
    return apart if apart <= SLIPS else None
