"""Two centres, their people and a few children for the tests of the screens."""

from datetime import UTC, date, datetime

import pytest
from django.test import Client

from savnet.access.models import Person
from savnet.access.rights import Role
from savnet.register.models import Centre, Resident


@pytest.fixture(autouse=True)
def plain_ground(settings: pytest.FixtureRequest) -> None:
    """No built static files and no redirect to https: neither is what these tests are about."""
    settings.STORAGES = {  # type: ignore[attr-defined]
        "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    settings.SECURE_SSL_REDIRECT = False  # type: ignore[attr-defined]


@pytest.fixture
def centre(db: None) -> Centre:
    return Centre.objects.create(name="Granheim mottak", operator="municipal", municipality_id="3301")


@pytest.fixture
def other_centre(db: None) -> Centre:
    return Centre.objects.create(name="Solvik mottak", operator="private", municipality_id="5501")


@pytest.fixture
def nora(centre: Centre) -> Person:
    """Nora is on night duty at Granheim."""
    return Person.objects.create_user(
        "nora", "nattevakt", name="Nora Natt", title="Nattevakt", role=Role.SHIFT_STAFF, centre=centre
    )


@pytest.fixture
def olav(other_centre: Centre) -> Person:
    """Olav works at Solvik, and has no business at Granheim."""
    return Person.objects.create_user("olav", "solvik", name="Olav Øst", role=Role.SHIFT_STAFF, centre=other_centre)


@pytest.fixture
def selam(centre: Centre) -> Resident:
    return Resident.objects.create(
        centre=centre, given_name="Selam", family_name="Tesfay", born=date(2010, 3, 2), room="101"
    )


@pytest.fixture
def as_nora(nora: Person) -> Client:
    client = Client()
    client.force_login(nora)
    return client


@pytest.fixture
def as_olav(olav: Person) -> Client:
    client = Client()
    client.force_login(olav)
    return client


@pytest.fixture
def noon() -> datetime:
    return datetime(2026, 11, 21, 11, 0, tzinfo=UTC)
