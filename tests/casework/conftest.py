"""A municipal and a private centre with their offices, and a mail server that each test chooses."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from pytest_django import Settings

from casework.invented import (
    ADDRESSES,
    LAWYER,
    NOW,
    REPRESENTATIVE,
    Story,
    contact,
    drop_jobs,
    furnish_offices,
)
from delivery.mail_servers import Mailbox, Postroom, running, tls_of
from savnet.access.models import Person
from savnet.access.rights import Role
from savnet.delivery.certificates import add_certificate
from savnet.demo import places
from savnet.demo.authority import Identity, issue_for_mail, issue_for_server, new_authority
from savnet.register.models import Centre, ContactKind, Resident

SENDER = "varsling@savnet.example"
YEARS = timedelta(days=3000)


@pytest.fixture(scope="session")
def identities() -> dict[str, Identity]:
    """Everyone's certificates by address; the authority's, our own and the mail server's by name."""
    begin, end = datetime(2025, 1, 1, tzinfo=UTC), datetime(2025, 1, 1, tzinfo=UTC) + YEARS
    authority = new_authority("Prøveutsteder", begin)
    terms = {"name": "Prøve", "valid_from": begin, "valid_until": end}
    mail = {address: issue_for_mail(authority, address, **terms) for address in (*ADDRESSES, SENDER)}
    server = issue_for_server(authority, ("localhost",), valid_from=begin, valid_until=end)
    return {**mail, "authority": authority, "server": server}


@pytest.fixture(autouse=True)
def our_own(settings: Settings, tmp_path: Path) -> None:
    """The demo's rules on addresses, a key file of the test's own, and no e-mail set up unless a test does."""
    settings.DEMO = True
    settings.KEY_FILE = tmp_path / "keys" / "wrapping.json"
    settings.SMTP_HOST = ""


@pytest.fixture
def granvik(db: None) -> Centre:
    """Municipal; reports to the police across the desk."""
    drop_jobs()
    centre, _ = places.furnish()
    furnish_offices()
    return centre


@pytest.fixture
def solvaer(granvik: Centre) -> Centre:
    """Private; has agreed with the police on encrypted e-mail. Its child-welfare service reads nynorsk."""
    return Centre.objects.get(name="Solvær transittmottak")


@pytest.fixture
def guard(granvik: Centre) -> Person:
    return Person.objects.create_user(
        "nora", name="Nora Natt", title="Nattevakt", role=Role.SHIFT_STAFF, centre=granvik, phone="+47 00 11 00 11"
    )


@pytest.fixture
def leader(granvik: Centre) -> Person:
    return Person.objects.create_user(
        "leif", name="Leif Leder", title="Mottaksleder", role=Role.CENTRE_LEADER, centre=granvik
    )


@pytest.fixture
def other_guard(solvaer: Centre) -> Person:
    return Person.objects.create_user(
        "siv", name="Siv Sent", title="Nattevakt", role=Role.SHIFT_STAFF, centre=solvaer, phone="+47 00 22 00 21"
    )


@pytest.fixture
def child(granvik: Centre) -> Callable[..., Resident]:
    """Makes a child of sixteen with a representative and a lawyer, at Granvik unless told otherwise."""

    def make(*, representative: bool = True, lawyer: bool = True, **facts: Any) -> Resident:
        known = {
            "centre": granvik,
            "given_name": "Selam",
            "family_name": "Oppdiktet",
            "born": date(2010, 1, 4),
            "sex": "female",
            "citizenship": "Eritrea",
            "languages": "tigrinja",
        }
        made = Resident.objects.create(**{**known, **facts})
        if representative:
            contact(made, ContactKind.REPRESENTATIVE, "Rita Fiktiv", REPRESENTATIVE)
        if lawyer:
            contact(made, ContactKind.LAWYER, "Arne Påfunn", LAWYER)
        return made

    return make


@pytest.fixture
def story(child: Callable[..., Resident], guard: Person) -> Callable[..., Story]:
    """Begins the story of a child at Granvik."""

    def begin(**facts: Any) -> Story:
        return Story(child(**facts), guard, NOW)

    return begin


@pytest.fixture
def certified(granvik: Centre, identities: dict[str, Identity]) -> None:
    """Every receiver has a certificate."""
    for address in ADDRESSES:
        add_certificate(address, identities[address].certificate_pem().decode(), by="prøve", now=NOW)


@pytest.fixture
def set_up(settings: Settings, identities: dict[str, Identity]) -> Callable[..., None]:
    """Sets up encrypted e-mail to a server on this machine."""

    def to(host: str = "localhost", port: int = 1, wait: float = 0.5) -> None:
        own, ca = identities[SENDER], identities["authority"].certificate_pem().decode()
        settings.SMTP_HOST, settings.SMTP_PORT, settings.SMTP_WAIT = host, port, wait
        settings.SMTP_CA = settings.SMIME_CA = ca
        settings.MAIL_FROM = SENDER
        settings.SIGNING_CERTIFICATE = own.certificate_pem().decode()
        settings.SIGNING_KEY = own.key_pem().decode()

    return to


@pytest.fixture
def nowhere(set_up: Callable[..., None], certified: None) -> None:
    """E-mail is set up, and nobody listens: what is sent waits in the queue."""
    set_up()


@pytest.fixture
def post(
    set_up: Callable[..., None], certified: None, identities: dict[str, Identity], tmp_path: Path
) -> Callable[..., AbstractContextManager[Mailbox]]:
    """A real mail server that behaves as its handler does; e-mail goes to it while it runs."""

    @contextmanager
    def at(handler: Mailbox | None = None, **room: Any) -> Iterator[Mailbox]:
        box = handler or Mailbox()
        with running(Postroom(box, tls=tls_of(identities["server"], tmp_path), **room), "") as server:
            set_up(server.host, server.port)
            yield box

    return at
