"""Row-level security with nothing above it: every test asks for all rows there are, and gets what PostgreSQL gives."""

from datetime import date

import pytest

from cases.invented import make_centre
from savnet.access.models import Person
from savnet.access.rights import Role
from savnet.access.row_applying import our_tables
from savnet.access.row_rules import CLOSED, OPEN
from savnet.access.row_security import asking, seen_as
from savnet.register.models import Centre, Resident


@pytest.fixture
def here(db: None) -> Centre:
    return make_centre("Furuly mottak")


@pytest.fixture
def elsewhere(db: None) -> Centre:
    return make_centre("Solvik mottak")


@pytest.fixture
def nora(here: Centre) -> Person:
    return Person.objects.create_user("nora", name="Nora Natt", role=Role.SHIFT_STAFF, centre=here)


@pytest.fixture
def mine(here: Centre) -> Resident:
    return Resident.objects.create(centre=here, given_name="Selam", born=date(2010, 3, 2))


@pytest.fixture
def theirs(elsewhere: Centre) -> Resident:
    return Resident.objects.create(centre=elsewhere, given_name="Yonas", born=date(2010, 3, 2))


def test_every_table_of_ours_is_closed_or_says_why_it_is_open() -> None:
    assert our_tables() == CLOSED.keys() | OPEN.keys()
    assert not CLOSED.keys() & OPEN.keys()
    assert all(OPEN.values())


def test_who_asks_for_everyone_gets_those_of_her_own_centre(nora: Person, mine: Resident, theirs: Resident) -> None:
    with seen_as(asking(nora)):
        assert list(Resident.objects.all()) == [mine]
    assert Resident.objects.count() == 2, "the test itself asks as nobody in particular again"
