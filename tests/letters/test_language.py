"""Bokmål and nynorsk are full peers, and say the same in the same places."""

import re
from string import Formatter

import pytest

from letters.cast import LETTERS
from savnet.letters import NoWording, compose
from savnet.letters.wording import wording

NB, NN = wording("nb").sentences, wording("nn").sentences


def places(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name}


def test_every_sentence_stands_in_both_languages():
    assert NB.keys() == NN.keys()
    assert list(NB) == list(NN), "the lists would come in another order"


def test_every_sentence_has_the_same_places_in_both_languages():
    assert [key for key in NB if places(NB[key]) != places(NN[key])] == []


def test_no_bokmål_has_slipped_into_nynorsk():
    betraying = re.compile(
        r"\b(ikke|jeg|hva|hvem|hvor|hvordan|noen|fra|vært|være|barnevernstjenesten|opplysninger|mottatt|savnet)\b"
    )
    assert [key for key in NN if betraying.search(NN[key])] == []


@pytest.mark.parametrize("name", LETTERS)
@pytest.mark.parametrize("language", ["nb", "nn"])
def test_every_letter_is_whole_in_every_language(name: str, language: str):
    content = compose(LETTERS[name], language)
    assert content["language"] == language
    assert all(page["title"] and page["blocks"] for page in content["pages"])


def test_a_sentence_that_nobody_wrote_is_named():
    with pytest.raises(NoWording, match=r"police\.nothing.*nb\.toml"):
        wording("nb")("police.nothing")


def test_another_language_is_refused():
    with pytest.raises(ValueError, match="nb or nn"):
        wording("en")
