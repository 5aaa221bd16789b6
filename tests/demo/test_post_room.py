"""The post room: what arrives is kept, shown from the outside, and opened as the receiver would open it."""

import os
import smtplib
import ssl
import stat
import subprocess
import sys
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.test import override_settings

from savnet.delivery.channel import CannotSend, Envelope, Refused
from savnet.delivery.channels.encrypted_email.channel import from_settings
from savnet.demo import post_room, receivers
from savnet.running.settings import secret

CWS = "barnevern@granvik.example"
LETTER = b"%PDF-1.7 Kanarifugl Zzyzx\r\n.\r\nslutt"


@pytest.fixture
def channel(room: Path, server: int, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """Encrypted e-mail set up from the environment that the post room hands out, as `make run` does it."""
    for name, value in receivers.environment(room, port=server).items():
        monkeypatch.setenv(name, value)
    names = ("SMTP_HOST", "SMTP_CA", "MAIL_FROM", "SIGNING_CERTIFICATE", "SIGNING_KEY", "SMIME_CA")
    with override_settings(
        SMTP_PORT=int(secret("SAVNET_SMTP_PORT")),
        SMTP_TLS="starttls",
        **{name: secret(f"SAVNET_{name}") for name in names},
    ):
        yield from_settings()


def envelope(room: Path, address: str = CWS, repeat: int = 1) -> Envelope:
    return Envelope(
        message_id=uuid.uuid4(),
        address=address,
        at=datetime.now(UTC),
        certificate=receivers.certificate_for(address, room),
        repeat=repeat,
    )


def test_a_letter_sent_is_read_by_its_receiver_with_a_true_signature(room: Path, channel: Any) -> None:
    sent = envelope(room)
    name = channel.send(sent, LETTER).rpartition(" ")[2]
    opened = post_room.open_mail(name, room)
    assert [(file.data, file.content_type) for file in opened.attachments] == [(LETTER, "application/pdf")]
    assert opened.attachments[0].name == f"melding-{sent.short_id.lower()}.pdf"
    assert sent.short_id in opened.text
    assert (opened.signed_by, opened.flaw) == (receivers.SENDER, None)


def test_from_the_outside_it_shows_who_and_when_and_no_more(room: Path, channel: Any) -> None:
    sent = envelope(room, repeat=2)
    name = channel.send(sent, LETTER).rpartition(" ")[2]
    mail = next(mail for mail in post_room.mails(room) if mail.name == name)
    assert (mail.receiver, mail.sender, mail.repeat) == (CWS, receivers.SENDER, 2)
    assert mail.subject == f"Melding fra Savnet, ref. {sent.short_id}"
    assert str(sent.message_id) in mail.message_id
    assert abs((datetime.now(UTC) - mail.arrived_at).total_seconds()) < 60
    assert "Kanarifugl" not in str(mail)


def test_the_newest_mail_comes_first(room: Path, channel: Any) -> None:
    names = [channel.send(envelope(room), LETTER).rpartition(" ")[2] for _ in range(2)]
    assert [mail.name for mail in post_room.mails(room)][:2] == names[::-1]


def test_an_empty_post_room_is_an_empty_list(tmp_path: Path) -> None:
    assert post_room.mails(tmp_path) == []


@pytest.mark.parametrize("name", ["", "finnes-ikke", "../keys/authority", "20260302T200500000000-aae9e2eb"])
def test_a_mail_that_is_not_there_is_said_not_to_be(name: str, room: Path) -> None:
    with pytest.raises(post_room.NoSuchMail):
        post_room.open_mail(name, room)


def test_only_invented_receivers_have_a_mailbox(room: Path, channel: Any) -> None:
    with pytest.raises(Refused) as refused:
        channel.send(envelope(room, "noen@et-virkelig-sted.no"), LETTER)
    assert refused.value.permanent


def test_a_receiver_without_a_certificate_gets_nothing(room: Path, channel: Any) -> None:
    before = len(post_room.mails(room))
    without = Envelope(message_id=uuid.uuid4(), address=CWS, at=datetime.now(UTC))
    with pytest.raises(CannotSend):
        channel.send(without, LETTER)
    assert len(post_room.mails(room)) == before


def test_the_server_takes_no_mail_in_clear(server: int) -> None:
    with smtplib.SMTP("localhost", server, timeout=10) as clear, pytest.raises(smtplib.SMTPSenderRefused, match="530"):
        clear.sendmail(receivers.SENDER, CWS, b"in clear")


def put(room: Path, server: int, mail: bytes) -> str:
    """Deliver any bytes under TLS, and give the name under which they are kept."""
    context = ssl.create_default_context(cafile=str(room / "keys" / "authority.pem"))
    with smtplib.SMTP("localhost", server, timeout=10) as session:
        session.starttls(context=context)
        session.sendmail("noen@annet.example", CWS, mail)
    return post_room.mails(room)[0].name


def test_a_mail_that_is_not_encrypted_is_said_not_to_be(room: Path, server: int) -> None:
    name = put(room, server, b"Subject: hei\r\nX-Savnet-Repeat: mange\r\n\r\nDette er ikke kryptert.\r\n")
    with pytest.raises(post_room.CannotOpen, match="ikke kryptert"):
        post_room.open_mail(name, room)


def test_a_mail_encrypted_to_another_cannot_be_opened(room: Path, server: int, channel: Any) -> None:
    name = channel.send(envelope(room, "politiet@vik.example"), LETTER).rpartition(" ")[2]
    raw = (room / "mail" / f"{name}.eml").read_bytes().partition(b"Message-ID")[2]
    stolen = put(room, server, b"Message-ID" + raw)
    with pytest.raises(post_room.CannotOpen, match="kan ikke åpnes"):
        post_room.open_mail(stolen, room)


def test_keys_and_mail_are_readable_by_their_owner_alone(room: Path, channel: Any) -> None:
    channel.send(envelope(room), LETTER)
    for path in (*room.glob("keys/*.key"), *room.glob("mail/*.eml")):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    for folder in ("keys", "mail"):
        assert stat.S_IMODE((room / folder).stat().st_mode) == 0o700


def test_a_receivers_certificate_is_made_once(room: Path) -> None:
    assert receivers.certificate_for(CWS.upper(), room) == receivers.certificate_for(CWS, room)


def test_a_taken_port_is_told_in_one_line(room: Path, server: int) -> None:
    command = [sys.executable, "-m", "savnet.demo.post_room_server", "--room", str(room), "--port", str(server)]
    source = Path(__file__).resolve().parents[2] / "src"
    ended = subprocess.run(
        command, capture_output=True, text=True, env={**os.environ, "PYTHONPATH": str(source)}, check=False, timeout=30
    )
    assert ended.returncode == 2
    assert ended.stderr.startswith("Postrommet kan ikke starte")
    assert ended.stderr.count("\n") == 1
