"""A mail server that can is asked to tell if a letter does not arrive, and not to send the letter back."""

from collections.abc import Callable
from ssl import SSLContext
from typing import Any

from aiosmtpd.smtp import SMTP

from delivery.conftest import LETTER, Cast
from delivery.mail_servers import Mailbox, Postroom, running
from savnet.delivery.channel import Envelope
from savnet.delivery.channels.encrypted_email.channel import EncryptedEmail
from savnet.delivery.channels.encrypted_email.smtp import Server

Connect = Callable[[Server], EncryptedEmail]
SAID: list[str] = []


class Reporting(SMTP):  # type: ignore[misc]
    """Takes the parameters of RFC 3461."""

    async def smtp_MAIL(self, arg: str) -> None:
        SAID.append(arg)
        await super().smtp_MAIL(arg.partition(" ")[0])

    async def smtp_RCPT(self, arg: str) -> None:
        SAID.append(arg)
        await super().smtp_RCPT(arg.partition(" ")[0])


class OffersReports(Mailbox):
    async def handle_EHLO(self, server: Any, session: Any, envelope: Any, name: str, lines: list[str]) -> list[str]:
        session.host_name = name
        return [*lines[:-1], "250-DSN", lines[-1]]


def test_it_is_asked_where_it_can_and_sends_back_only_the_head(
    channel_to: Connect, envelope: Envelope, cast: Cast, tls: SSLContext
) -> None:
    SAID.clear()
    box = OffersReports()
    with running(Postroom(box, tls=tls, kind=Reporting), cast.ca) as server:
        channel_to(server).send(envelope, LETTER)
    mail, receiver = SAID
    assert mail.endswith(f"ENVID={envelope.message_id} RET=HDRS")
    assert receiver.endswith("NOTIFY=FAILURE,DELAY")
    assert len(box.mails) == 1


def test_a_server_that_knows_nothing_of_it_is_not_asked(
    channel_to: Connect, envelope: Envelope, cast: Cast, tls: SSLContext
) -> None:
    SAID.clear()
    box = Mailbox()
    with running(Postroom(box, tls=tls, kind=Reporting), cast.ca) as server:
        channel_to(server).send(envelope, LETTER)
    assert not [one for one in SAID if "ENVID" in one or "NOTIFY" in one]
    assert len(box.mails) == 1
