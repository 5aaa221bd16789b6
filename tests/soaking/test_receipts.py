"""The check of false receipts, in short: everything is tried once or so, people count, and what is wrong is found."""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from random import Random
from ssl import PROTOCOL_TLS_SERVER, SSLContext
from typing import Any

import pytest
from django.test.utils import override_settings
from soak.house import House, standing
from soak.receipts import answering
from soak.receiving.machines import MACHINES
from soak.receiving.returning_mail import KINDS
from soak.receiving.street import Street, by_http, by_mail, people

from delivery.mail_servers import Mailbox, Postroom, running
from savnet.casework import receiver_page, returned_mail
from savnet.casework.receipts import record_receipt
from savnet.delivery.channels.encrypted_email.returns import ReturnKind

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


@contextmanager
def post(ledger: Path, certificate: Path) -> Iterator[int]:
    """A mail server in a thread: a copy of a process with threads may wait for ever."""
    tls = SSLContext(PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(certificate)
    with running(Postroom(Mailbox(), tls=tls), "") as server:
        yield server.port


@pytest.fixture
def home(tmp_path: Path) -> Iterator[House]:
    with standing(tmp_path, nullcontext(), by=post) as house, override_settings(**answering(tmp_path)):
        yield house


@pytest.fixture
def street(home: House) -> Street:
    return Street(home, 0, Random(20261122), 1)  # noqa: S311 - a plan, and no secret


def test_no_program_no_mail_and_no_guess_is_a_receipt_and_a_person_is(street: Street) -> None:
    while set(street.tally.tries) < {*MACHINES, *KINDS}:
        by_http(street)
        if len(set(KINDS) - set(street.tally.tries)):
            by_mail(street)
    people(street)
    street.count()
    assert street.tally.good, street.tally
    assert (street.tally.confirmed, street.tally.counted) == (1, 1)


def test_a_page_that_takes_any_code_is_found(street: Street, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(receiver_page, "_is_right", lambda link, token, code: link is not None)
    for _ in range(40):
        by_http(street)
    street.count()
    assert street.tally.false


def test_a_reply_taken_for_a_receipt_is_found(street: Street, monkeypatch: pytest.MonkeyPatch) -> None:
    real = returned_mail.take_in_one

    def too_trusting(raw: bytes, *, now: Any) -> Any:
        row = real(raw, now=now)
        if row and row.message and row.kind == ReturnKind.REPLY:
            by = street.home.guard
            record_receipt(row.message.id, by_name="Kari", reference="", at=now, by=by, now=now)
        return row

    monkeypatch.setattr(returned_mail, "take_in_one", too_trusting)
    by_mail(street)
    street.count()
    assert street.tally.false


def test_a_page_that_answers_nobody_is_found(street: Street, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(receiver_page, "holds", lambda link, message, now: False)
    people(street)
    street.count()
    assert not street.tally.false
    assert not street.tally.good
