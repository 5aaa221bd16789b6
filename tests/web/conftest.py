"""Two centres, their people and a few children for the tests of the screens."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from savnet.access.models import Person
from savnet.access.rights import Role
from savnet.demo import places
from savnet.register.models import Centre, Contact, ContactKind, Resident
from web.offices import at, furnish_units
from web.telling import furnish_offices


@pytest.fixture(autouse=True)
def plain_ground(settings: pytest.FixtureRequest) -> None:
    """No built static files and no redirect to https: neither is what these tests are about."""
    settings.STORAGES = {  # type: ignore[attr-defined]
        "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    settings.SECURE_SSL_REDIRECT = False  # type: ignore[attr-defined]
    settings.SMTP_HOST = ""  # type: ignore[attr-defined]


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
def granvik(db: None) -> Centre:
    """The demo's municipal centre, with offices that paper reaches."""
    centre, _ = places.furnish()
    furnish_offices()
    return centre


@pytest.fixture
def guard(granvik: Centre) -> Person:
    return Person.objects.create_user(
        "gry", name="Gry Vakt", title="Nattevakt", role=Role.SHIFT_STAFF, centre=granvik, phone="+47 00 11 00 11"
    )


@pytest.fixture
def as_guard(guard: Person) -> Client:
    client = Client()
    client.force_login(guard)
    return client


@pytest.fixture
def luwam(granvik: Centre) -> Resident:
    """Sixteen, with a representative and a lawyer."""
    born = timezone.now().date() - timedelta(days=16 * 366)
    child = Resident.objects.create(centre=granvik, given_name="Luwam", family_name="Oppdiktet", born=born)
    for kind, name in ((ContactKind.REPRESENTATIVE, "Rita Fiktiv"), (ContactKind.LAWYER, "Arne Påfunn")):
        Contact.objects.create(resident=child, kind=kind, name=name, phone="+47 00 00 45 10", address="Gata 1")
    return child


@pytest.fixture
def region(granvik: Centre) -> Client:
    """Rune works at the regional office that follows the centre up."""
    furnish_units()
    return at("rune")
