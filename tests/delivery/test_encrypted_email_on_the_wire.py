"""How far an e-mail came, told right, whatever the mail server does."""

import email
import subprocess
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from ssl import SSLContext

import pytest

from delivery.conftest import LETTER, Cast
from delivery.mail_servers import (
    Answers,
    Drips,
    DropsAt,
    DropsWithinTheBody,
    HangsAt,
    Mailbox,
    Postroom,
    TakesThenDrops,
    running,
    tls_of,
)
from savnet.delivery.channel import Envelope, Refused, Unclear
from savnet.delivery.channels.encrypted_email.channel import EncryptedEmail
from savnet.delivery.channels.encrypted_email.smtp import Server
from savnet.demo.authority import issue_for_server

Connect = Callable[[Server], EncryptedEmail]


def send(channel: EncryptedEmail, envelope: Envelope) -> str:
    return channel.send(envelope, LETTER)


@pytest.mark.parametrize("implicit", [False, True], ids=["starttls", "tls from the start"])
def test_a_letter_arrives_under_tls_and_the_answer_is_told(
    implicit: bool, channel_to: Connect, envelope: Envelope, cast: Cast, tls: SSLContext
) -> None:
    box = Mailbox()
    with running(Postroom(box, tls=tls, implicit=implicit), cast.ca, implicit_tls=implicit) as server:
        assert send(channel_to(server), envelope) == "250 2.0.0 taken"
    assert len(box.mails) == 1


def test_openssl_decrypts_and_verifies_what_arrived(
    channel_to: Connect, envelope: Envelope, cast: Cast, tls: SSLContext, tmp_path: Path
) -> None:
    box = Mailbox()
    with running(Postroom(box, tls=tls), cast.ca) as server:
        send(channel_to(server), envelope)
    (tmp_path / "mail").write_bytes(box.mails[0])
    (tmp_path / "own").write_bytes(cast.receiver.certificate_pem() + cast.receiver.key_pem())
    (tmp_path / "ca").write_text(cast.ca)
    decrypt = ["openssl", "cms", "-decrypt", "-in", "mail", "-recip", "own", "-out", "signed"]
    # The certificates of this test hold in March 2026, whatever day it is run.
    at = str(int(envelope.at.timestamp()))
    verify = ["openssl", "cms", "-verify", "-in", "signed", "-CAfile", "ca", "-attime", at, "-out", "content"]
    for command in (decrypt, verify):
        subprocess.run(command, check=True, cwd=tmp_path, capture_output=True)
    content = email.message_from_bytes((tmp_path / "content").read_bytes())
    text, letter = content.get_payload()
    assert letter.get_payload(decode=True) == LETTER
    assert letter.get_filename() == "melding-aae9e2eb.pdf"
    assert "AAE9E2EB" in text.get_payload(decode=True).decode()


@pytest.mark.parametrize(
    ("command", "answer", "permanent"),
    [
        ("MAIL", "550 5.7.1 not from you", True),
        ("RCPT", "550 5.1.1 no such mailbox", True),
        ("RCPT", "451 4.7.1 busy, come back", False),
        ("DATA", "554 5.6.0 not this", True),
        ("DATA", "451 4.3.0 busy, come back", False),
        ("DATA", "452 4.2.2 mailbox full", False),
    ],
)
def test_a_refusal_is_for_good_or_for_now_as_the_server_says(
    command: str, answer: str, permanent: bool, channel_to: Connect, envelope: Envelope, cast: Cast, tls: SSLContext
) -> None:
    box = Answers(command, answer)
    with running(Postroom(box, tls=tls), cast.ca) as server, pytest.raises(Refused, match=answer[4:]) as refused:
        send(channel_to(server), envelope)
    assert refused.value.permanent is permanent
    assert box.mails == []


@pytest.mark.parametrize("handler", [HangsAt("MAIL"), HangsAt("RCPT"), DropsAt("MAIL"), DropsAt("RCPT")])
def test_a_line_that_breaks_before_the_letter_is_a_refusal_for_now(
    handler: Mailbox, channel_to: Connect, envelope: Envelope, cast: Cast, tls: SSLContext
) -> None:
    with running(Postroom(handler, tls=tls), cast.ca) as server, pytest.raises(Refused) as refused:
        send(channel_to(server), envelope)
    assert not refused.value.permanent


@pytest.mark.parametrize("handler", [HangsAt("DATA"), TakesThenDrops()])
def test_a_line_that_breaks_after_the_letter_is_unclear(
    handler: Mailbox, channel_to: Connect, envelope: Envelope, cast: Cast, tls: SSLContext
) -> None:
    with running(Postroom(handler, tls=tls), cast.ca) as server, pytest.raises(Unclear):
        send(channel_to(server), envelope)


def test_a_line_that_breaks_within_the_letter_is_unclear(
    channel_to: Connect, envelope: Envelope, cast: Cast, tls: SSLContext
) -> None:
    room = Postroom(Mailbox(), tls=tls, kind=DropsWithinTheBody)
    with running(room, cast.ca) as server, pytest.raises(Unclear):
        send(channel_to(server), envelope)


@pytest.mark.parametrize("handler", [HangsAt("MAIL"), Drips()], ids=["no answer", "an answer that drips in"])
def test_a_session_that_takes_too_long_is_cut_off(
    handler: Mailbox, channel_to: Connect, envelope: Envelope, cast: Cast, tls: SSLContext
) -> None:
    with running(Postroom(handler, tls=tls), cast.ca, wait=30, longest=0.7) as server:
        began = datetime.now(UTC)
        with pytest.raises(Refused):
            send(channel_to(server), envelope)
    assert datetime.now(UTC) - began < timedelta(seconds=10)


def test_nothing_is_sent_where_no_tls_is_offered(channel_to: Connect, envelope: Envelope, cast: Cast) -> None:
    box = Mailbox()
    with running(Postroom(box, tls=None), cast.ca) as server, pytest.raises(Refused, match="STARTTLS") as refused:
        send(channel_to(server), envelope)
    assert not refused.value.permanent
    assert box.mails == []


def test_nothing_is_sent_where_nobody_listens(channel_to: Connect, envelope: Envelope, nowhere: Server) -> None:
    with pytest.raises(Refused) as refused:
        send(channel_to(nowhere), envelope)
    assert not refused.value.permanent


@pytest.mark.parametrize("flaw", ["another host", "an unknown issuer", "expired"])
def test_nothing_is_sent_to_a_server_with_a_wrong_certificate(
    flaw: str, channel_to: Connect, envelope: Envelope, cast: Cast, tmp_path: Path
) -> None:
    today = datetime.now(UTC)
    days = timedelta(days=1)
    identity = issue_for_server(
        cast.stranger if flaw == "an unknown issuer" else cast.authority,
        ("mail.granvik.example" if flaw == "another host" else "localhost",),
        valid_from=today - 3 * days,
        valid_until=today + (-days if flaw == "expired" else days),
    )
    box = Mailbox()
    room = Postroom(box, tls=tls_of(identity, tmp_path))
    with running(room, cast.ca) as server, pytest.raises(Refused, match="certificate") as refused:
        send(channel_to(server), envelope)
    assert not refused.value.permanent
    assert box.mails == []


@pytest.mark.parametrize(("password", "taken"), [("riktig", 1), ("feil", 0)])
def test_a_server_that_asks_who_we_are_takes_letters_from_us_alone(
    password: str, taken: int, channel_to: Connect, envelope: Envelope, cast: Cast, tls: SSLContext
) -> None:
    box = Mailbox()
    expected = nullcontext() if taken else pytest.raises(Refused, match="Ikke sendt: 535")
    with (
        running(Postroom(box, tls=tls, password=b"riktig"), cast.ca, user="savnet", password=password) as server,
        expected,
    ):
        send(channel_to(server), envelope)
    assert len(box.mails) == taken


def test_a_repeat_carries_the_same_message_id_and_says_that_it_is_one(
    channel_to: Connect, envelope: Envelope, cast: Cast, tls: SSLContext
) -> None:
    box = TakesThenDrops(times=1)
    with running(Postroom(box, tls=tls), cast.ca) as server:
        with pytest.raises(Unclear):
            send(channel_to(server), envelope)
        send(channel_to(server), replace(envelope, repeat=2))
    first, second = (email.message_from_bytes(mail) for mail in box.mails)
    assert first["Message-ID"] == second["Message-ID"]
    assert first["X-Savnet-Repeat"] is None
    assert second["X-Savnet-Repeat"] == "2"
