"""Each duty teaches: what it asks for in a sentence, the circular's own words, and how we read what is unclear."""

import pytest
from django.test import Client
from django.utils.html import escape

from savnet.access.models import Person
from savnet.register.models import Resident
from savnet.web.shown import sort
from web.telling import missing, now_of, page

pytestmark = pytest.mark.django_db


def test_every_duty_of_a_case_says_what_it_is_about(as_guard: Client, guard: Person, luwam: Resident) -> None:
    case = missing(luwam, guard)
    said = as_guard.get(page(case)).text
    owed = sort(now_of(case)).owed
    assert owed
    for one in owed:
        assert escape(one.words.meaning) in said
        assert f'<q lang="nb">{escape(one.obligation.basis.words)}</q>' in said


def test_a_reading_is_said_to_be_ours_and_not_the_circulars(as_guard: Client, guard: Person, luwam: Resident) -> None:
    said = as_guard.get(page(missing(luwam, guard))).text
    assert "Når begynner de 24 timene å løpe?" in said
    assert "(Savnets tolkning nr. 1, ikke en del av rundskrivet)" in said
