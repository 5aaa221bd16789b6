"""An invented centre with two on its staff and residents, and a key file of the tests' own."""

from collections.abc import Callable
from pathlib import Path

import pytest

from cases.invented import CENTRE_FACTS, NOW, RESIDENT_FACTS, make_centre
from savnet.access.models import Person
from savnet.access.rights import Role
from savnet.cases import ledger
from savnet.cases.models import Case
from savnet.register.models import Centre, Resident


@pytest.fixture(autouse=True)
def key_file(tmp_path: Path, settings: object) -> Path:
    settings.KEY_FILE = tmp_path / "keys" / "wrapping.json"  # type: ignore[attr-defined]
    return settings.KEY_FILE  # type: ignore[attr-defined, no-any-return]


@pytest.fixture
def centre(db: None) -> Centre:
    return make_centre("Furuly mottak")


@pytest.fixture
def other_centre(db: None) -> Centre:
    return make_centre("Solvik mottak")


@pytest.fixture
def night_guard(centre: Centre) -> Person:
    return Person.objects.create_user("natt", name="Nora Nattevakt", role=Role.SHIFT_STAFF, centre=centre)


@pytest.fixture
def leader(centre: Centre) -> Person:
    return Person.objects.create_user("leder", name="Leif Leder", role=Role.CENTRE_LEADER, centre=centre)


@pytest.fixture
def open_case(centre: Centre, night_guard: Person) -> Callable[[], Case]:
    """Opens a case for a new resident each time."""

    def opener() -> Case:
        resident = Resident.objects.create(centre=centre, given_name="Yonas")
        return ledger.open_case(
            resident_id=resident.id,
            centre_id=centre.id,
            centre=CENTRE_FACTS,
            resident=RESIDENT_FACTS,
            by=night_guard,
            now=NOW,
        )

    return opener


@pytest.fixture
def case(open_case: Callable[[], Case]) -> Case:
    return open_case()
