"""A child is found by what somebody remembers: spelling, order and script do not matter, and one is told why."""

from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from savnet.register.alike import Likeness, fold, sound
from savnet.register.finding import Name, NameKind, find

MANY = ("Selam Tesfay", "Muhammad Hosseini", "Åse Øvergård", "Omid Karimi", "Li Wei", "Abdul Rahman Noori")


def called(*names: str, kind: NameKind = NameKind.REGISTERED) -> list[Name]:
    return [Name(uuid4(), kind, name) for name in names]


def first(wanted: str, *names: str) -> tuple[str, Likeness]:
    hits = find(wanted, called(*(names or MANY))).sure
    return hits[0].name.text, hits[0].found.likeness


@pytest.mark.parametrize(
    ("wanted", "name", "likeness"),
    [
        ("Selam Tesfay", "Selam Tesfay", Likeness.SAME),
        ("tesfay selam", "Selam Tesfay", Likeness.SAME),
        ("sel", "Selam Tesfay", Likeness.BEGINS),
        ("ሰላም", "Selam Tesfay", Likeness.SAME),
        ("Mohammed", "Muhammad Hosseini", Likeness.SOUNDS),
        ("محمد", "Muhammad Hosseini", Likeness.SOUNDS),
        ("Husayni", "Muhammad Hosseini", Likeness.SOUNDS),
        ("ase overgard", "Åse Øvergård", Likeness.SAME),
        ("Karmii", "Omid Karimi", Likeness.RESEMBLES),
        ("Selam Tesfay Haile", "Selam Tesfay", Likeness.RESEMBLES),
        ("Abdulrahman", "Abdul Rahman Noori", Likeness.SAME),
        ("عبد الرحمن", "Abdul Rahman Noori", Likeness.RESEMBLES),
    ],
)
def test_a_name_is_found_however_it_is_written(wanted: str, name: str, likeness: Likeness) -> None:
    found, how = first(wanted)
    assert found == name
    assert how <= likeness


@pytest.mark.parametrize("wanted", ["Birgitte", "Kjell Magne", "---", "", "  ", "Bo"])
def test_what_is_nobodys_name_finds_nobody(wanted: str) -> None:
    assert find(wanted, called(*MANY)).sure == ()


def test_the_same_comes_before_what_only_sounds_alike() -> None:
    hits = find("Mohammed", called("Muhammad Ali", "Mehmet Can", "Mohammed Reza")).sure
    assert hits[0].name.text == "Mohammed Reza"
    assert len(hits) == 3


def test_each_child_stands_once_by_the_name_that_comes_nearest() -> None:
    child = uuid4()
    names = [Name(child, NameKind.REGISTERED, "Salem Tesfai"), Name(child, NameKind.ALIAS, "Selam")]
    (hit,) = find("Selam", names).sure
    assert hit.name.kind is NameKind.ALIAS


@pytest.mark.parametrize("typed", ["201412345678", "2014 1234 5678", "2014-12345678", "2014", "5678"])
def test_a_number_is_found_whole_or_by_its_beginning_or_end(typed: str) -> None:
    assert len(find(typed, called("201412345678", kind=NameKind.DUF)).sure) == 1


@pytest.mark.parametrize("typed", ["201412345687", "201412345679", "20141234568", "2014123456788"])
def test_a_number_with_a_slip_is_asked_about(typed: str) -> None:
    hits = find(typed, called("201412345678", kind=NameKind.DUF))
    assert hits.sure == ()
    assert len(hits.guessed) == 1


def test_another_number_is_not_suggested() -> None:
    assert find("201487654321", called("201412345678", kind=NameKind.DUF)).guessed == ()


@settings(deadline=None)
@given(st.text(max_size=60))
def test_whatever_is_typed_is_answered(text: str) -> None:
    find(text, called(*MANY))


@settings(deadline=None)
@given(st.lists(st.sampled_from([word for name in MANY for word in name.split()]), min_size=1, max_size=3))
def test_the_order_of_the_words_never_counts(words: list[str]) -> None:
    names = called(*MANY)
    there, back = find(" ".join(words), names), find(" ".join(reversed(words)), names)
    assert {hit.child for hit in there.sure} == {hit.child for hit in back.sure}


@settings(deadline=None)
@given(st.sampled_from([word for name in MANY for word in fold(name)]))
def test_a_doubled_letter_sounds_no_different(word: str) -> None:
    assert sound(word[:1] + word[1:2] * 2 + word[2:]) == sound(word)


@settings(deadline=None)
@given(st.text(st.sampled_from("abcdefghijklmnopqrstuvwxyz"), min_size=2, max_size=10))
def test_whoever_is_looked_for_by_the_sound_of_her_name_is_found(word: str) -> None:
    spelled = sound(word)
    if len(spelled) > 1 and sound(spelled) == spelled:
        assert find(spelled, called(word)).sure
