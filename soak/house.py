"""A house to be broken: a database of its own with the demo's offices, and encrypted e-mail to the receiver's sink."""

import logging
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import connections
from django.test.utils import override_settings, setup_databases, teardown_databases
from django.urls import get_resolver

from savnet.access.models import Person
from savnet.casework import absence, facts
from savnet.delivery.certificates import add_certificate
from savnet.delivery.models import ReceiverCertificate
from savnet.demo import offices, people, places
from savnet.demo.authority import Identity, issue_for_mail, issue_for_server, new_authority
from savnet.demo.cases import ANSWERS
from savnet.register.models import Appointment, Centre, Contact, RecipientChannel, Resident
from savnet.rules.words import Channel
from soak.clock import Clock
from soak.sink import sink

SENDER = "varsling@savnet.example"
YEARS = timedelta(days=3000)
Receiver = Callable[[Path, Path], AbstractContextManager[int]]
"""A mail server, by where its ledger and its certificate lie; gives its port."""


@dataclass(frozen=True, slots=True)
class House:
    """The house, its clock, and where the receiver's ledger and our state lie."""

    clock: Clock
    folder: Path
    ledger: Path
    centre: Centre
    guard: Person


@contextmanager
def house() -> Iterator[House]:
    """The house while it stands, on a database of its own."""
    logging.disable(logging.INFO)
    with tempfile.TemporaryDirectory(prefix="savnet-soak-") as name, standing(Path(name), _database()) as home:
        yield home


@contextmanager
def standing(folder: Path, database: AbstractContextManager[None], by: Receiver = sink) -> Iterator[House]:
    """A house on this database, whose letters `by` takes. Certificates hold for years, for its clock runs ahead."""
    clock, authority = Clock(), new_authority("Prøveutsteder", datetime.now(UTC) - timedelta(days=1))
    # The receiver first: it is a copy of this process, and must not hold our line to the database.
    receiver = by(folder / "ledger", _server_keys(folder, authority))
    with clock.ruling(), receiver as port, database, override_settings(**_mail(folder, authority, port)):
        get_resolver().url_patterns  # noqa: B018 - loads what copies of this process would each load anew
        empty_queue()
        yield House(clock, folder, folder / "ledger", *_furnished(authority, clock.now()))
        empty_queue()


def empty_queue() -> None:
    """No jobs, and no memory of which minute they were put in for: in the tests the house before had the same hours."""
    with connections["default"].cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_periodic_defers")
        cursor.execute("DELETE FROM procrastinate_jobs")


@contextmanager
def _database() -> Iterator[None]:
    """A database of the run's own: two runs at once don't meet."""
    connections["default"].settings_dict["TEST"]["NAME"] = f"soak_{os.getpid()}"
    kept = setup_databases(verbosity=0, interactive=False)
    try:
        yield
    finally:
        teardown_databases(kept, verbosity=0)


def _lasting() -> dict[str, Any]:
    now = datetime.now(UTC)
    return {"valid_from": now - timedelta(days=1), "valid_until": now + YEARS}


def _server_keys(folder: Path, authority: Identity) -> Path:
    server = issue_for_server(authority, ("localhost",), **_lasting())
    (folder / "server.pem").write_bytes(server.certificate_pem() + server.key_pem())
    return folder / "server.pem"


def _mail(folder: Path, authority: Identity, port: int) -> dict[str, Any]:
    """The settings of encrypted e-mail to the sink."""
    own = issue_for_mail(authority, SENDER, name="Savnet", **_lasting())
    ca = authority.certificate_pem().decode()
    return {
        "KEY_FILE": folder / "keys.json",
        "STATE": folder,
        "SMTP_HOST": "localhost",
        "SMTP_PORT": port,
        "SMTP_WAIT": 20,
        "SMTP_TLS": "starttls",
        "SMTP_CA": ca,
        "SMIME_CA": ca,
        "MAIL_FROM": SENDER,
        "SIGNING_CERTIFICATE": own.certificate_pem().decode(),
        "SIGNING_KEY": own.key_pem().decode(),
    }


def _furnished(authority: Identity, now: datetime) -> tuple[Centre, Person]:
    """The demo's places and people; every office has a certificate from the run's authority."""
    granvik, solvaer = places.furnish()
    offices.furnish(now)
    ReceiverCertificate.objects.all().delete()  # the demo's own authority is none of ours
    for way in RecipientChannel.objects.filter(channel=Channel.ENCRYPTED_EMAIL.value):
        theirs = issue_for_mail(authority, way.address, name="Kontoret", **_lasting())
        add_certificate(way.address, theirs.certificate_pem().decode(), by="soak", now=now)
    return granvik, people.furnish(granvik, solvaer)


def missing_child(house: House, number: int) -> UUID:
    """A child who is missing, everything answered, with two appointments ahead; nothing is sent yet."""
    now = house.clock.now()
    child = Resident.objects.create(
        centre=house.centre, given_name="Selam", family_name=f"Prøvd {number}", born=date(now.year - 16, 1, 1)
    )
    for kind in ("representative", "lawyer"):
        Contact.objects.create(resident=child, kind=kind, name="Rita Fiktivsen", phone="+47 00 88 00 10")
    for kind in ("arrival_interview", "asylum_interview"):
        Appointment.objects.create(resident=child, kind=kind, at=now + timedelta(days=20))
    case = absence.notice(child, by=house.guard, now=now - timedelta(hours=1), last_observed=now - timedelta(hours=2))
    absence.believe(case.id, by=house.guard, now=now)
    facts.record_answers(case.id, ANSWERS, by=house.guard, now=now)
    return case.id


def where() -> dict[str, Any]:
    """The database of the run, as psycopg wants it."""
    settings = connections["default"].settings_dict
    named = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
    return {name: str(settings[key]) for name, key in named.items() if settings[key]}
