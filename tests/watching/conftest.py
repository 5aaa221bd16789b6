"""A centre with a night guard and a case with open obligations; and a server under TLS that somebody listens at."""

import ssl
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from cases.invented import CENTRE_FACTS, RESIDENT_FACTS, make_centre
from savnet.access.models import Person
from savnet.access.rights import Role
from savnet.cases import ledger
from savnet.cases.models import Case
from savnet.demo.authority import Identity, issue_for_server, new_authority
from savnet.register.models import Centre, Resident
from savnet.rules.events import AbsenceNoticed, DisappearanceBelieved
from watching.listening import Listener


@pytest.fixture(autouse=True)
def our_own(settings: Settings, tmp_path: Path) -> None:
    """A key file of the test's own, and nothing that reaches out unless a test says so."""
    settings.KEY_FILE = tmp_path / "keys" / "wrapping.json"
    settings.SECURE_SSL_REDIRECT = False
    settings.SMTP_HOST = settings.ALIVE_URL = settings.METRICS_TOKEN = settings.CANARY_MAILBOX = ""


@pytest.fixture
def centre(db: None) -> Centre:
    return make_centre("Furuly mottak")


@pytest.fixture
def guard(centre: Centre) -> Person:
    return Person.objects.create_user("natt", name="Nora Nattevakt", role=Role.SHIFT_STAFF, centre=centre)


@pytest.fixture
def as_guard(guard: Person) -> Client:
    client = Client()
    client.force_login(guard)
    return client


@pytest.fixture
def missing(centre: Centre, guard: Person) -> Callable[..., Case]:
    """Opens the case of a child who has been missing for so long, with all that is owed standing open."""

    def open_one(ago: timedelta = timedelta(hours=1)) -> Case:
        now = timezone.now()
        child = Resident.objects.create(centre=centre, given_name="Yonas", family_name="Oppdiktet")
        facts = {"centre": CENTRE_FACTS, "resident": RESIDENT_FACTS}
        case = ledger.open_case(resident_id=child.id, centre_id=centre.id, by=guard, now=now - ago, **facts)
        noticed, believed = AbsenceNoticed(at=now - ago - timedelta(hours=1)), DisappearanceBelieved(at=now - ago)
        ledger.record(case.id, noticed, believed, by=guard, now=now - ago)
        return Case.objects.get(id=case.id)

    return open_one


@pytest.fixture(scope="session")
def authority() -> Identity:
    return new_authority("Prøveutsteder", datetime(2025, 1, 1, tzinfo=UTC))


@pytest.fixture(scope="session")
def server_identity(authority: Identity) -> Identity:
    begin = datetime(2025, 1, 1, tzinfo=UTC)
    return issue_for_server(authority, ("localhost",), valid_from=begin, valid_until=begin + timedelta(days=3000))


@pytest.fixture
def listener(server_identity: Identity, tmp_path: Path) -> Iterator[Listener]:
    """Somebody who listens under TLS, and remembers all they hear."""
    (tmp_path / "listener.pem").write_bytes(server_identity.certificate_pem() + server_identity.key_pem())
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(tmp_path / "listener.pem")
    with Listener(context) as one:
        yield one
