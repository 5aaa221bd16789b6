"""Who writes to whom in these tests: a centre's sender, a child-welfare service, and the authority both trust."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from delivery.mail_servers import tls_of
from savnet.delivery.certificates import add_certificate
from savnet.delivery.channel import Envelope
from savnet.delivery.channels.encrypted_email.channel import EncryptedEmail
from savnet.delivery.channels.encrypted_email.mail import Signer
from savnet.delivery.channels.encrypted_email.smtp import Server
from savnet.delivery.composing import About, Receiver, compose
from savnet.delivery.models import Message
from savnet.demo.authority import Identity, issue_for_mail, issue_for_server, new_authority
from savnet.rules.words import Channel

NOW = datetime(2026, 3, 2, 20, 5, tzinfo=UTC)
CWS = "barnevern@granvik.example"
SENDER = "varsling@mottaket.example"
LETTER = b"%PDF-1.7 Kanarifugl Zzyzx, DUF 209912345678\r\n.\r\n..\nslutt"
CASE = uuid.UUID("7f1d2f0e-5f0c-4a53-9a27-0d6f3a6e9a11")


@dataclass(frozen=True)
class Cast:
    """The identities of one test session; keys take time to make."""

    authority: Identity
    stranger: Identity
    receiver: Identity
    sender: Identity
    server: Identity

    def mail(self, address: str = CWS, **terms: Any) -> Identity:
        """A certificate for an address, valid around NOW unless told otherwise."""
        terms = {"valid_from": NOW - timedelta(days=1), "valid_until": NOW + timedelta(days=30), **terms}
        return issue_for_mail(terms.pop("authority", self.authority), address, name="Barnevernet i Granvik", **terms)

    @property
    def ca(self) -> str:
        return self.authority.certificate_pem().decode()


@pytest.fixture(scope="session")
def cast() -> Cast:
    day = timedelta(days=1)
    authority = new_authority("Prøveutsteder", NOW - day)
    terms = {"valid_from": NOW - day, "valid_until": NOW + 30 * day}
    # The server's certificate is checked by TLS against the real clock.
    today = datetime.now(UTC)
    return Cast(
        authority=authority,
        stranger=new_authority("En annen utsteder", NOW - day),
        receiver=issue_for_mail(authority, CWS, name="Barnevernet i Granvik", **terms),
        sender=issue_for_mail(authority, SENDER, name="Mottaket", **terms),
        server=issue_for_server(authority, ("localhost",), valid_from=today - day, valid_until=today + day),
    )


@pytest.fixture
def tls(cast: Cast, tmp_path: Path) -> Any:
    return tls_of(cast.server, tmp_path)


@pytest.fixture
def envelope(cast: Cast) -> Envelope:
    return Envelope(
        message_id=uuid.UUID("aae9e2eb-736c-41b4-9417-ed64fa8d2053"),
        address=CWS,
        at=NOW,
        certificate=cast.receiver.certificate_pem().decode(),
    )


@pytest.fixture
def channel_to(cast: Cast) -> Callable[[Server], EncryptedEmail]:
    def to(server: Server) -> EncryptedEmail:
        signer = Signer(certificate=cast.sender.certificate, key=cast.sender.key)
        return EncryptedEmail(server=server, sender=SENDER, signer=signer, trusted=[cast.authority.certificate])

    return to


@pytest.fixture
def nowhere() -> Server:
    """A server that nobody listens at."""
    return Server(host="localhost", port=1, wait=0.5)


@pytest.fixture
def receiver() -> Receiver:
    return Receiver(name="Barneverntjenesten i Granvik", address=CWS, channel=Channel.ENCRYPTED_EMAIL)


@pytest.fixture
def composed(db: None, cast: Cast, receiver: Receiver) -> Callable[..., Message]:
    """Composes a concern report to the child-welfare service, which has a certificate."""

    def make(channel: Channel = Channel.ENCRYPTED_EMAIL, address: str = CWS) -> Message:
        add_certificate(CWS, cast.receiver.certificate_pem().decode(), by="test", now=NOW)
        return compose(
            CASE,
            About(obligation="b-4", recipient="child_welfare", municipality="3301", because=2),
            receiver=replace(receiver, channel=channel, address=address),
            purpose="Bekymringsmelding",
            legal_basis={"provision": "2.3 b", "rule": "bvl. § 13-2"},
            letter=LETTER,
            sealed_letter=b"sealed",
            by="nattevakt",
            now=NOW,
        )

    return make
