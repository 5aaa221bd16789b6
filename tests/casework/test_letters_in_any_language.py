"""A letter, and what is kept in the ledger, are the same whatever language the one at the screen reads."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import translation

from casework.invented import NOW, Story
from savnet.access.models import Language
from savnet.casework.asking import Because, in_words
from savnet.casework.facts import suggested
from savnet.casework.sending import preview
from savnet.casework.writing import is_met_by_letter
from savnet.letters import Letter, compose
from savnet.register.models import NetworkPerson
from savnet.rules.words import Actor

Tell = Callable[..., Story]
OTHERS = [Language.NYNORSK, Language.ENGLISH]


@pytest.fixture
def full(story: Tell) -> Story:
    """Told of by a guard without a title, whose role stands in the letters instead; the child has a friend."""
    case = story()
    NetworkPerson.objects.create(resident=case.child, kind="friend", name="Venn Oppdiktet")
    case.guard.title = ""
    case.guard.save()
    return case.missing()


def letters(case: Story) -> list[Letter]:
    """Every letter that the centre owes, as it would be written now."""
    owed = case.at_hand().derivation.obligations
    ours = [one for one in owed if one.actor is Actor.CENTRE and is_met_by_letter(one)]
    return [preview(case.id, one.key, by=case.guard, now=case.now) for one in ours]


@pytest.mark.parametrize("language", OTHERS)
def test_no_letter_changes_with_the_language_of_the_one_who_sends_it(full: Story, language: str) -> None:
    full.answered()
    with translation.override("nb"):
        wanted = [compose(one, "nb") for one in letters(full)]
    with translation.override(language):
        written = [compose(one, "nb") for one in letters(full)]
    assert len(wanted) > 1
    assert written == wanted
    assert "Ansatt på vakt" in str(written)


@pytest.mark.parametrize("language", OTHERS)
def test_what_is_filled_in_for_a_letter_is_norwegian(full: Story, language: str) -> None:
    with translation.override(language):
        assert suggested(full.at_hand())["a-6"].text == "Venn Oppdiktet, Venn"


@pytest.mark.parametrize("language", OTHERS)
def test_what_the_house_writes_in_the_ledger_is_norwegian(language: str) -> None:
    with translation.override(language):
        said = in_words(Because.LEAVE, "", NOW, NOW + timedelta(minutes=1))
    assert said.startswith("Skulle være tilbake kl. ")
