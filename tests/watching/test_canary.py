"""Canaries go the way of every letter to a mailbox of our own; one that does not come home is told."""

import ssl
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from django.utils import timezone
from pytest_django import Settings

from delivery.mail_servers import Answers, Mailbox, Postroom, running
from savnet.delivery import registry
from savnet.delivery.channel import Envelope, Status, Taken
from savnet.delivery.words import Meaning
from savnet.demo.authority import Identity, issue_for_mail
from savnet.watching import canary
from savnet.watching.checks import channels
from savnet.watching.findings import Level
from savnet.watching.mailbox import MailboxClosed, of
from savnet.watching.models import Canary
from watching.imap_server import Imap

pytestmark = pytest.mark.django_db
US = "varsling@savnet.example"
HOUR = timedelta(hours=1)
Post = Callable[..., AbstractContextManager[Mailbox]]


class Keeps(Mailbox):
    """Keeps each mail as a file, as the post room does."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.folder = folder

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        (self.folder / f"{len(list(self.folder.iterdir()))}.eml").write_bytes(envelope.original_content)
        return await super().handle_DATA(server, session, envelope)


@pytest.fixture(scope="session")
def own(authority: Identity) -> Identity:
    begin = datetime(2025, 1, 1, tzinfo=UTC)
    return issue_for_mail(authority, US, name="oss", valid_from=begin, valid_until=begin + timedelta(days=3000))


@pytest.fixture
def box(tmp_path: Path, settings: Settings, own: Identity, authority: Identity) -> Path:
    """Our own mailbox, and e-mail set up but for the server."""
    folder = tmp_path / "mail"
    folder.mkdir()
    settings.CANARY_MAILBOX, settings.MAIL_FROM = f"folder:{folder}", US
    settings.SIGNING_CERTIFICATE, settings.SIGNING_KEY = own.certificate_pem().decode(), own.key_pem().decode()
    settings.SMTP_CA = settings.SMIME_CA = authority.certificate_pem().decode()
    settings.SMTP_HOST, settings.SMTP_PORT, settings.SMTP_WAIT = "localhost", 1, 0.5
    return folder


@pytest.fixture
def post(box: Path, settings: Settings, server_identity: Identity, tmp_path: Path) -> Post:
    @contextmanager
    def at(handler: Mailbox | None = None) -> Iterator[Mailbox]:
        (tmp_path / "smtp.pem").write_bytes(server_identity.certificate_pem() + server_identity.key_pem())
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(tmp_path / "smtp.pem")
        kept = handler or Keeps(box)
        with running(Postroom(kept, tls=context), "") as server:
            settings.SMTP_PORT = server.port
            yield kept

    return at


def flight(now: datetime | None = None) -> canary.Flight:
    (one,) = canary.flights(now or timezone.now())
    return one


def test_a_canary_flies_encrypted_through_the_mail_server_and_comes_home(post: Post, box: Path) -> None:
    now = timezone.now()
    with post() as server:
        (sent,) = canary.send_all(now)
    (mail,) = server.mails
    assert b"canary" not in mail
    assert (sent.failure, sent.answer[:3]) == ("", "250")
    assert canary.look(now + timedelta(minutes=1)) == 1
    assert Canary.objects.get().arrived_at == now + timedelta(minutes=1)
    assert list(box.iterdir()) == []
    assert not flight(now + HOUR).alarming


def test_a_canary_that_the_server_takes_and_nobody_delivers_is_lost(post: Post) -> None:
    now = timezone.now()
    with post(Mailbox()):
        canary.send_all(now)
    canary.look(now + timedelta(minutes=14))
    assert not flight(now + timedelta(minutes=14)).alarming
    assert flight(now + timedelta(minutes=15)).lost


def test_a_canary_that_is_refused_says_so_and_is_lost(post: Post) -> None:
    now = timezone.now()
    with post(Answers("DATA", "554 5.7.1 no")):
        (sent,) = canary.send_all(now)
    assert "554" in sent.failure
    (found,) = channels.canaries(now + HOUR)
    assert (found.level, "554" in found.says) == (Level.WRONG, True)


def test_the_alarm_ends_when_a_later_canary_comes_home(post: Post) -> None:
    now = timezone.now()
    canary.send_all(now - 2 * HOUR)  # nobody answers at the port yet
    assert flight(now).lost
    with post():
        canary.send_all(now - HOUR)
    canary.look(now)
    assert not flight(now).lost


def test_canaries_that_no_longer_fly_are_an_alarm_too(post: Post) -> None:
    now = timezone.now()
    with post():
        canary.send_all(now)
    canary.look(now)
    assert flight(now + 3 * HOUR).silent


def test_what_is_not_a_canary_of_ours_is_left_alone(post: Post, box: Path) -> None:
    strange = {
        "plain.eml": b"To: varsling@savnet.example\r\nSubject: Hei\r\n\r\nHei\r\n",
        "forged.eml": b"To: varsling@savnet.example\r\nMessage-ID: <00000000-0000-4000-8000-000000000000@x>\r\n"
        b"Content-Type: application/pkcs7-mime\r\n\r\nnot sealed to us\r\n",
        "odd.eml": b"\xff\xfe",
    }
    for name, raw in strange.items():
        (box / name).write_bytes(raw)
    assert canary.look(timezone.now()) == 0
    assert {file.name for file in box.iterdir()} == set(strange)


def test_a_canary_of_another_house_is_left_alone(post: Post, box: Path) -> None:
    with post():
        canary.send_all(timezone.now())
    Canary.objects.all().delete()
    assert canary.look(timezone.now()) == 0
    assert len(list(box.iterdir())) == 1


def test_without_a_mailbox_none_flies_and_the_doctor_says_so(db: None) -> None:
    assert canary.send_all(timezone.now()) == []
    assert canary.look(timezone.now()) == 0
    assert [one.level for one in channels.canaries(timezone.now())] == [Level.NOT_SET_UP]


# A mailbox that can't be used


class Delivers:
    """A service that carries letters to organisations, and has delivered all it was given."""

    def check(self, envelope: Envelope) -> None:
        pass

    def send(self, envelope: Envelope, letter: bytes) -> Taken:
        return Taken("tatt")

    def statuses(self, envelope: Envelope) -> tuple[Status, ...]:
        return (Status(name="LEVERT", meaning=Meaning.DELIVERED, at=envelope.at),)


@pytest.fixture
def carried(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """Canaries fly over SvarUt too."""
    settings.CANARY_CHANNELS, settings.CANARY_ORGANISATION = ["svarut"], "310028142"
    real = registry.channel
    monkeypatch.setattr(registry, "channel", lambda name: Delivers() if name == "svarut" else real(name))


def sign_with_an_elliptic_key(settings: Settings) -> None:
    key, begin = ec.generate_private_key(ec.SECP256R1()), datetime(2025, 1, 1, tzinfo=UTC)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "oss")])
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    made = made.serial_number(1).not_valid_before(begin).not_valid_after(begin + timedelta(days=3000))
    settings.SIGNING_CERTIFICATE = made.sign(key, SHA256()).public_bytes(Encoding.PEM).decode()
    settings.SIGNING_KEY = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


def test_with_an_elliptic_key_none_flies_over_e_mail_the_others_come_home_and_the_doctor_says_why(
    post: Post, carried: None, settings: Settings
) -> None:
    now = timezone.now()
    with post():
        canary.send_all(now)
    sign_with_an_elliptic_key(settings)  # and one from before lies in the mailbox
    assert canary.look(now + timedelta(minutes=1)) == 1
    assert [one.channel for one in canary.send_all(now + HOUR)] == ["svarut"]
    assert [(one.channel, one.alarming) for one in canary.flights(now + HOUR)] == [("svarut", False)]
    found = {one.level: one for one in channels.canaries(now + HOUR)}
    assert "elliptic" in found[Level.WRONG].says
    assert "RSA" in found[Level.WRONG].do
    assert "svarut: come home" in found[Level.WELL].says


@pytest.mark.parametrize(
    ("name", "value"),
    [("CANARY_MAILBOX", "pop3://a.example"), ("SIGNING_CERTIFICATE", "nought"), ("SIGNING_KEY", "no")],
)
def test_a_mailbox_that_is_set_up_wrongly_keeps_no_other_canary_from_being_asked_after(
    name: str, value: str, post: Post, carried: None, settings: Settings
) -> None:
    now = timezone.now()
    with post():
        canary.send_all(now)
    setattr(settings, name, value)
    assert canary.look(now + timedelta(minutes=1)) == 1
    assert Canary.objects.get(channel="svarut").arrived_at


def test_a_key_that_is_not_of_the_certificate_closes_the_mailbox_and_no_more(
    post: Post, carried: None, settings: Settings
) -> None:
    now, certificate = timezone.now(), settings.SIGNING_CERTIFICATE
    with post():
        canary.send_all(now)
    sign_with_an_elliptic_key(settings)
    settings.SIGNING_CERTIFICATE = certificate
    assert canary.look(now + timedelta(minutes=1)) == 1


def test_a_key_that_is_not_of_the_certificate_grounds_no_other_canary(
    post: Post, carried: None, settings: Settings, authority: Identity
) -> None:
    now, begin = timezone.now(), datetime(2025, 1, 1, tzinfo=UTC)
    other = issue_for_mail(authority, US, name="andre", valid_from=begin, valid_until=begin + timedelta(days=3000))
    settings.SIGNING_KEY = other.key_pem().decode()
    with post():
        by_mail, by_svarut = canary.send_all(now)
    assert by_mail.channel == "encrypted_email"
    assert "not the key of" in by_mail.failure
    assert (by_svarut.failure, by_svarut.answer) == ("", "tatt")
    assert next((one.channel, one.lost) for one in canary.flights(now + HOUR)) == ("encrypted_email", True)


def test_a_service_that_falls_over_keeps_no_other_canary_from_being_asked_after(
    post: Post, carried: None, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.CANARY_CHANNELS, settings.CANARY_MAILBOX = ["eformidling", "svarut"], ""
    real = registry.channel
    monkeypatch.setattr(registry, "channel", lambda name: real(name) if name == "svarut" else 1 / 0)
    now = timezone.now()
    Canary.objects.create(channel="eformidling", sent_at=now)
    Canary.objects.create(channel="svarut", sent_at=now)
    assert canary.look(now + timedelta(minutes=1)) == 1
    assert [one.failure for one in canary.send_all(now)] == ["ZeroDivisionError", ""]


@pytest.fixture
def imap(box: Path, settings: Settings, server_identity: Identity, tmp_path: Path) -> Iterator[Imap]:
    """Our mailbox at an IMAP server, with somebody else's mail in it."""
    (tmp_path / "imap.pem").write_bytes(server_identity.certificate_pem() + server_identity.key_pem())
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(tmp_path / "imap.pem")
    with Imap(context, mails={1: b"From: noen@a.example\r\nTo: varsling@savnet.example\r\n\r\nHei\r\n"}) as server:
        settings.CANARY_MAILBOX = f"imaps://oss:hemmelig@localhost:{server.port}/INBOX"
        yield server


@pytest.mark.parametrize("uidplus", [True, False])
def test_a_canary_is_found_and_taken_out_of_an_imap_mailbox(post: Post, imap: Imap, uidplus: bool) -> None:
    imap.uidplus = uidplus
    with post(Mailbox()) as server:
        canary.send_all(timezone.now())
    imap.mails[2] = server.mails[0]
    assert canary.look(timezone.now()) == 1
    assert canary.look(timezone.now()) == 0
    assert (2 in imap.mails) is not uidplus
    assert 1 in imap.mails
    assert 1 not in imap.deleted


@pytest.mark.parametrize("address", ["oss:feil@localhost:{}/INBOX", "oss:hemmelig@localhost:{}/Borte"])
def test_a_wrong_password_or_folder_is_a_closed_mailbox(imap: Imap, settings: Settings, address: str) -> None:
    with pytest.raises(MailboxClosed), of("imaps://" + address.format(imap.port)) as mailbox:
        mailbox.canaries()


def test_an_imap_server_that_does_not_answer_is_no_crash(box: Path, settings: Settings) -> None:
    settings.CANARY_MAILBOX = "imaps://oss:hemmelig@localhost:1/INBOX"
    assert canary.look(timezone.now()) == 0
    with pytest.raises(MailboxClosed), of(settings.CANARY_MAILBOX):
        raise AssertionError("nobody answers there")
