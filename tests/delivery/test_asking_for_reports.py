"""A mail server that can is asked to tell if a letter does not arrive, and not to send the letter back."""

from collections.abc import Callable
from ssl import SSLContext
from typing import Any

import pytest
from aiosmtpd.smtp import SMTP

from delivery.conftest import CWS, LETTER, SENDER, Cast
from delivery.mail_servers import Mailbox, Postroom, running
from savnet.delivery.channel import Envelope
from savnet.delivery.channels.encrypted_email.channel import EncryptedEmail
from savnet.delivery.channels.encrypted_email.smtp import Server, carry

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
    assert receiver.endswith(f" NOTIFY=FAILURE,DELAY ORCPT=rfc822;{envelope.address}")
    assert len(box.mails) == 1


@pytest.mark.parametrize(
    ("address", "given"),
    [
        (CWS, CWS),
        ("post+barnevern@granvik.example", "post+2Bbarnevern@granvik.example"),
        ("a=b@granvik.example", "a+3Db@granvik.example"),
    ],
)
def test_the_server_is_told_whom_we_wrote_to_so_that_it_can_name_them_behind_an_alias(
    cast: Cast, tls: SSLContext, address: str, given: str
) -> None:
    SAID.clear()
    with running(Postroom(OffersReports(), tls=tls, kind=Reporting), cast.ca) as server:
        carry(b"Subject: x\r\n\r\nx", sender=SENDER, receiver=address, server=server, name="1")
    assert SAID[1].endswith(f"ORCPT=rfc822;{given}")


def test_a_server_that_knows_nothing_of_it_is_not_asked(
    channel_to: Connect, envelope: Envelope, cast: Cast, tls: SSLContext
) -> None:
    SAID.clear()
    box = Mailbox()
    with running(Postroom(box, tls=tls, kind=Reporting), cast.ca) as server:
        channel_to(server).send(envelope, LETTER)
    assert not [one for one in SAID if "ENVID" in one or "NOTIFY" in one or "ORCPT" in one]
    assert len(box.mails) == 1
