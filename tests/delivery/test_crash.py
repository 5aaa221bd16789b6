"""A worker killed in the middle of a letter, and two workers at once. The receiver's own ledger is the judge."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from datetime import timedelta
from email import message_from_bytes
from pathlib import Path
from ssl import SSLContext
from time import monotonic, sleep
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.db import connection, connections

from delivery.conftest import LETTER, NOW, SENDER, Cast
from delivery.mail_servers import HangsAt, Mailbox, Postroom, running
from savnet.delivery import dispatch, registry
from savnet.delivery.channels.encrypted_email.channel import EncryptedEmail
from savnet.delivery.channels.encrypted_email.smtp import Server
from savnet.delivery.dispatch import UnderWay, attempt
from savnet.delivery.models import Message

pytestmark = pytest.mark.django_db(transaction=True)
Compose = Callable[..., Message]
SOURCE = Path(__file__).resolve().parents[2] / "src"
WORKER = """
import sys, uuid
from datetime import datetime
import django
django.setup()
from savnet.delivery.dispatch import attempt
attempt(uuid.UUID(sys.argv[1]), bytes.fromhex(sys.argv[2]), datetime.fromisoformat(sys.argv[3]))
"""


class TakesAndNeverAnswers(HangsAt):
    """Has the letter, and leaves the sender waiting for the answer."""

    def __init__(self) -> None:
        super().__init__("nothing")

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        await super().handle_DATA(server, session, envelope)
        return await self.hang()


def environment(cast: Cast, server: Server) -> dict[str, str]:
    """What a worker of its own needs to send from the test's database to the test's server."""
    database = urlsplit(os.environ["SAVNET_DATABASE_URL"])._replace(path=f"/{connection.settings_dict['NAME']}")
    return {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(path for path in [str(SOURCE), *sys.path] if path),
        "SAVNET_DATABASE_URL": database.geturl(),
        "DJANGO_SETTINGS_MODULE": os.environ["DJANGO_SETTINGS_MODULE"],
        "SAVNET_SMTP_HOST": server.host,
        "SAVNET_SMTP_PORT": str(server.port),
        "SAVNET_SMTP_CA": cast.ca,
        "SAVNET_SMIME_CA": cast.ca,
        "SAVNET_MAIL_FROM": SENDER,
        "SAVNET_SIGNING_CERTIFICATE": cast.sender.certificate_pem().decode(),
        "SAVNET_SIGNING_KEY": cast.sender.key_pem().decode(),
    }


def killed_when(happened: Callable[[], bool], message: Message, terms: dict[str, str]) -> None:
    """Let a worker begin on the message, and kill it without warning once this has happened."""
    command = [sys.executable, "-c", WORKER, str(message.id), LETTER.hex(), NOW.isoformat()]
    with subprocess.Popen(command, env=terms) as worker:
        until = monotonic() + 60
        while not happened() and worker.poll() is None and monotonic() < until:
            sleep(0.02)
        assert happened(), "the worker never came that far"
        worker.send_signal(signal.SIGKILL)
        assert worker.wait(10) == -signal.SIGKILL


@pytest.fixture
def in_this_process(
    channel_to: Callable[[Server], EncryptedEmail], monkeypatch: pytest.MonkeyPatch
) -> Callable[[Server], None]:
    def use(server: Server) -> None:
        monkeypatch.setattr(registry, "channel", lambda _: channel_to(server))

    return use


def test_killed_after_the_letter_was_taken_it_is_repeated_under_the_same_id(
    composed: Compose, cast: Cast, tls: SSLContext, in_this_process: Callable[[Server], None]
) -> None:
    message, first, second = composed(), TakesAndNeverAnswers(), Mailbox()
    with running(Postroom(first, tls=tls), cast.ca) as server:
        killed_when(lambda: bool(first.mails), message, environment(cast, server))
    assert [row.outcome for row in message.attempts.all()] == [None]
    with running(Postroom(second, tls=tls), cast.ca) as server:
        in_this_process(server)
        attempt(message.id, LETTER, NOW + dispatch.LONGEST_ATTEMPT)
    assert [row.outcome for row in message.attempts.all()] == ["unknown", "accepted"]
    known, repeated = message_from_bytes(first.mails[0]), message_from_bytes(second.mails[0])
    assert known["Message-ID"] == repeated["Message-ID"]
    assert repeated["X-Savnet-Repeat"] == "2"


def test_killed_before_the_letter_was_taken_nothing_is_lost(
    composed: Compose, cast: Cast, tls: SSLContext, in_this_process: Callable[[Server], None]
) -> None:
    message, first, second = composed(), HangsAt("RCPT"), Mailbox()
    with running(Postroom(first, tls=tls), cast.ca) as server:
        killed_when(lambda: message.attempts.exists(), message, environment(cast, server))
    assert first.mails == []
    with running(Postroom(second, tls=tls), cast.ca) as server:
        in_this_process(server)
        attempt(message.id, LETTER, NOW + dispatch.LONGEST_ATTEMPT)
    assert len(second.mails) == 1


def test_of_many_workers_at_once_exactly_one_sends(
    composed: Compose, cast: Cast, tls: SSLContext, in_this_process: Callable[[Server], None]
) -> None:
    message, box, together, others = composed(), Mailbox(), threading.Barrier(6), list[str]()

    def work() -> None:
        together.wait()
        try:
            others.append(str(attempt(message.id, LETTER, NOW + timedelta(seconds=1)).outcome))
        except UnderWay:
            others.append("under way")
        finally:
            connections.close_all()

    with running(Postroom(box, tls=tls), cast.ca, wait=10) as server:
        in_this_process(server)
        workers = [threading.Thread(target=work) for _ in range(6)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join(30)
    assert len(box.mails) == 1
    assert message.attempts.count() == 1
    assert len(others) == 6
    assert set(others) <= {"accepted", "under way"}
