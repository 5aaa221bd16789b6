"""Who writes to whom by eFormidling: a centre to the police, over an integrasjonspunkt of the tests' own."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from ssl import SSLContext
from typing import Any
from uuid import UUID

import pytest

from delivery.conftest import LETTER, NOW, Cast
from delivery.eformidling.peer import CONFIDENTIAL, PASSWORD, USER, Integrasjonspunkt, running
from savnet.delivery import registry
from savnet.delivery.beside import pack
from savnet.delivery.channel import Envelope
from savnet.delivery.channels.eformidling.access_point import AccessPoint
from savnet.delivery.channels.eformidling.archive_notice import ArchiveNotice, Remark
from savnet.delivery.channels.eformidling.channel import EFormidling
from savnet.delivery.composing import About, Receiver, compose
from savnet.delivery.models import Message
from savnet.delivery.web_call import Line
from savnet.rules.words import Channel

OURS, THEIRS, STRANGER = "310028142", "310073903", "310036528"
NAME, DUF = "Kanarifugl Zzyzx", "209912345678"
CASE = UUID("5f0c4a53-9a27-4d6f-8a6e-9a117f1d2f0e")
NOTICE = ArchiveNotice(
    title=f"Melding om forsvinning – {NAME}",
    sender="Granvik mottak",
    receiver="Granvik politidistrikt",
    copies=("UDIs regionkontor",),
    written_by="Nina Natt",
    written_at=NOW,
    name=NAME,
    number=DUF,
    remark=Remark.DISAPPEARANCE,
)


@pytest.fixture
def point(tls: SSLContext) -> Iterator[Integrasjonspunkt]:
    with running(tls) as point:
        point.receiver(THEIRS, CONFIDENTIAL)
        point.now = NOW
        yield point


@pytest.fixture
def channel(point: Integrasjonspunkt, cast: Cast) -> EFormidling:
    line = Line(ca=cast.ca, wait=0.5, longest=2)
    access_point = AccessPoint(url=point.url, user=USER, password=PASSWORD, line=line)
    return EFormidling(access_point=access_point, sender=OURS, lifetime=timedelta(hours=2))


@pytest.fixture
def envelope() -> Envelope:
    return Envelope(
        message_id=UUID("aae9e2eb-736c-41b4-9417-ed64fa8d2053"),
        address=THEIRS,
        at=NOW,
        composed_at=NOW,
        data=NOTICE.write(),
    )


@pytest.fixture
def by_eformidling(channel: EFormidling, monkeypatch: pytest.MonkeyPatch) -> EFormidling:
    """Lets delivery find the channel, as the settings would have it."""
    monkeypatch.setattr(registry, "channel", lambda _: channel)
    return channel


@pytest.fixture
def composed(db: None) -> Callable[..., Message]:
    """Composes a police report that goes by eFormidling."""

    def make(**more: Any) -> Message:
        terms = {
            "receiver": Receiver(name="Granvik politidistrikt", address=THEIRS, channel=Channel.EFORMIDLING),
            "purpose": "a-1",
            "legal_basis": None,
            "letter": LETTER,
            "sealed_letter": b"sealed",
            "data": pack({Channel.EFORMIDLING: NOTICE.write()}),
            "sealed_data": b"sealed too",
            "by": "nattevakt",
            "now": NOW,
            **more,
        }
        return compose(CASE, About(obligation="a-1", recipient="police_district", because=2), **terms)

    return make


def repeated(envelope: Envelope) -> Envelope:
    """The same message, tried again a minute later."""
    return replace(envelope, at=envelope.at + timedelta(minutes=1), repeat=envelope.repeat + 1)
