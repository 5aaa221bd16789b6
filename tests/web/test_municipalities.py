"""The municipalities to choose from: found under every name, never named twice over, in Norwegian order."""

import pytest
from django.test import Client

from savnet.access.models import Person
from savnet.register.models import Resident
from savnet.web.municipalities import alphabetically
from web.telling import missing, page


@pytest.fixture
def choices(as_guard: Client, guard: Person, luwam: Resident) -> list[tuple[str, str]]:
    form = as_guard.get(page(missing(luwam, guard), "opplysning/")).context["form"]
    return list(form.fields["municipality"].choices)[1:]


def test_a_municipality_with_two_names_stands_under_both(choices: list[tuple[str, str]]) -> None:
    for number, *names in (
        ("5612", "Kautokeino", "Guovdageaidnu"),
        ("1826", "Hattfjelldal", "Aarborte"),
        ("5512", "Tjeldsund", "Dielddanuorri"),
    ):
        texts = [text for one, text in choices if one == number]
        assert {text.split(" – ")[0] for text in texts} == set(names)


def test_no_county_is_named_twice(choices: list[tuple[str, str]]) -> None:
    texts = [text for _, text in choices]
    assert "Herøy (Nordland)" in texts
    assert "Herøy (Møre og Romsdal)" in texts
    assert [text for text in texts if text.count("(") > 1] == []


def test_they_stand_in_norwegian_order(choices: list[tuple[str, str]]) -> None:
    texts = [text for _, text in choices]
    assert texts[-1] == "Åsnes (Innlandet)"
    assert texts.index("Øygarden (Vestland)") < texts.index("Ålesund (Møre og Romsdal)")


def test_the_alphabet_ends_in_ae_oe_aa() -> None:
    mixed = ["Ål", "Øyer", "Ærfugl", "Zeta", "Ask"]
    assert sorted(mixed, key=alphabetically) == ["Ask", "Zeta", "Ærfugl", "Øyer", "Ål"]
