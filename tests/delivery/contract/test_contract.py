"""What holds for every channel that carries letters over the wire. A new channel gets a rig, and so these tests."""

import base64
import ssl
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from delivery.conftest import CASE, CWS, LETTER, NOW, Cast
from delivery.contract.rigs import RIGS, Rig
from delivery.mail_servers import tls_of
from savnet.delivery import registry
from savnet.delivery.beside import pack
from savnet.delivery.certificates import add_certificate
from savnet.delivery.channel import CannotSend, Envelope, FollowedChannel
from savnet.delivery.composing import About, Receiver, compose
from savnet.delivery.dispatch import attempt
from savnet.delivery.following import poll, stands
from savnet.delivery.models import Attempt, Message
from savnet.delivery.words import SENT, AttemptOutcome, Progress
from savnet.demo.authority import issue_for_server

pytestmark = pytest.mark.django_db(transaction=True)
LATER = NOW + timedelta(minutes=1)
FAR = NOW + timedelta(days=4000)
SECRETS = (b"Zzyzx", b"Kanarifugl", b"209912345678")


@pytest.fixture(params=RIGS, ids=str)
def rig(request: pytest.FixtureRequest, cast: Cast, tmp_path: Path, tls: ssl.SSLContext) -> Iterator[Rig]:
    with RIGS[request.param](cast, tmp_path, tls) as made:
        yield made


@pytest.fixture
def send(rig: Rig, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Attempt]:
    """Composes a message for the rig's channel the first time, and attempts it each time."""
    monkeypatch.setattr(registry, "channel", lambda _: rig.carrier)
    add_certificate(CWS, cast.receiver.certificate_pem().decode(), by="prøve", now=NOW)
    data = pack({rig.name: rig.data}) if rig.data else None

    def attempted(at: datetime = NOW, *, letter: bytes = LETTER) -> Attempt:
        message = Message.objects.first() or compose(
            CASE,
            About(obligation="b-4", recipient="child_welfare", municipality="0001", because=2),
            receiver=Receiver(name="Barneverntjenesten i Granvik", address=rig.address, channel=rig.name),
            purpose="b-4",
            legal_basis=None,
            letter=letter,
            sealed_letter=b"sealed",
            data=data,
            sealed_data=b"sealed" if data else None,
            by="nattevakt",
            now=NOW,
        )
        rig.clock(at)
        return attempt(message.id, letter, at, data=data)

    return attempted


Send = Callable[..., Attempt]


def every_channel_but(*others: str) -> pytest.MarkDecorator:
    """All channels there are, a new one too, without those that the test does not concern."""
    assert set(others) < RIGS.keys()
    return pytest.mark.parametrize("rig", [name for name in RIGS if name not in others], indirect=True)


def test_the_row_of_the_attempt_is_committed_before_the_network_is_touched(
    rig: Rig, send: Send, monkeypatch: Any
) -> None:
    seen = []

    class Watched:
        def check(self, envelope: Envelope) -> None:
            rig.carrier.check(envelope)

        def send(self, envelope: Envelope, letter: bytes) -> Any:
            seen.append((Attempt.objects.get().outcome, connection.in_atomic_block))
            return rig.carrier.send(envelope, letter)

    monkeypatch.setattr(registry, "channel", lambda _: Watched())
    send()
    assert seen == [(None, False)]


def test_what_went_through_is_with_the_receiver_once_and_is_not_sent_again(rig: Rig, send: Send) -> None:
    first = send()
    assert first.outcome == (
        AttemptOutcome.TAKEN if isinstance(rig.carrier, FollowedChannel) else AttemptOutcome.ACCEPTED
    )
    assert send(LATER) == first
    assert len(rig.got()) == 1


def test_a_refusal_for_good_is_told_from_one_for_now(rig: Rig, send: Send) -> None:
    rig.fails("refuses for now")
    assert send().outcome == AttemptOutcome.REFUSED_FOR_NOW
    rig.fails("refuses")
    refused = send(LATER)
    assert refused.outcome == AttemptOutcome.REFUSED
    assert "Zzyzx" not in (refused.answer or ""), "what the peer writes may quote the letter"
    assert rig.got() == []
    assert send(LATER + timedelta(minutes=1)).number == 2, "nothing is sent again the way it was refused"


@pytest.mark.parametrize("fault", ["breaks before", "hangs before"])
def test_a_line_that_breaks_or_hangs_before_the_letter_leaves_is_a_refusal_for_now(
    rig: Rig, send: Send, fault: str
) -> None:
    rig.fails(fault)
    tried = send()
    assert tried.outcome == AttemptOutcome.REFUSED_FOR_NOW
    assert rig.got() == []
    assert tried.ended_at is not None
    assert tried.ended_at - tried.started_at < timedelta(seconds=10)
    assert send(LATER).outcome in {AttemptOutcome.TAKEN, AttemptOutcome.ACCEPTED}


def test_a_line_cut_after_the_letter_is_unknown_and_its_repeat_is_seen_as_one(rig: Rig, send: Send) -> None:
    rig.fails("breaks after")
    assert send().outcome == AttemptOutcome.UNKNOWN
    assert send(LATER).outcome in {AttemptOutcome.TAKEN, AttemptOutcome.ACCEPTED}
    references = rig.got()
    assert references
    assert len({one[:8] for one in references}) == 1, "whoever has it twice sees that it is the same"


def test_nothing_of_the_case_stands_where_whoever_carries_it_can_read(rig: Rig, send: Send) -> None:
    send()
    seen = rig.outside()
    assert seen
    for secret in SECRETS:
        assert secret not in seen
        assert base64.b64encode(secret) not in seen
    for word in ("bekymring", "savnet barn", "forsvun", "mottak "):
        assert word.encode() not in seen.lower().replace(b"bekymringsmelding", b""), word


def test_a_peer_that_nobody_vouches_for_is_told_nothing(
    cast: Cast, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    day = timedelta(days=1)
    today = datetime.now(UTC)
    stranger = issue_for_server(cast.stranger, ("localhost",), valid_from=today - day, valid_until=today + day)
    for make in RIGS.values():
        with make(cast, tmp_path, tls_of(stranger, tmp_path)) as rig:
            with pytest.raises(Exception, match=r"CERTIFICATE|certificate|svarer ikke|Ikke sendt"):
                rig.carrier.send(_envelope(rig, cast), LETTER)
            assert rig.got() == []


def test_a_peer_without_tls_is_told_nothing(cast: Cast, tmp_path: Path) -> None:
    with RIGS[next(iter(RIGS))](cast, tmp_path, None) as rig:  # the rest refuse any address that is not https
        with pytest.raises(Exception, match="Ikke sendt"):
            rig.carrier.send(_envelope(rig, cast), LETTER)
        assert rig.got() == []


@every_channel_but("eformidling")  # its integrasjonspunkt holds the certificates, not the house
def test_a_certificate_that_has_run_out_stops_it_before_anything_is_tried(rig: Rig, send: Send) -> None:
    with pytest.raises(CannotSend, match=r"gjaldt bare til|gikk ut"):
        send(FAR)
    assert not Attempt.objects.exists()


@every_channel_but("encrypted_email", "eformidling", "altinn")  # state no limit that a letter could reach
def test_what_is_too_large_goes_another_way(rig: Rig, send: Send) -> None:
    tried = send(letter=bytes(20 * 1024 * 1024))
    assert tried.outcome == AttemptOutcome.REFUSED
    assert "stort" in (tried.answer or "")
    assert rig.got() == []


@every_channel_but("encrypted_email")  # it tells by mail that comes back
def test_statuses_in_any_order_doubled_and_late_come_to_the_same(rig: Rig, send: Send) -> None:
    assert rig.tell
    delivered, failed = rig.words
    send()
    message = Message.objects.get()
    assert poll(message.id, LATER).progress not in SENT, "taken is not sent"
    for word, minutes in ((failed, 3), (delivered, 5), (delivered, 5)):
        rig.tell(str(message.id), word, NOW + timedelta(minutes=minutes))
        rig.clock(NOW + timedelta(minutes=9))
        poll(message.id, NOW + timedelta(minutes=9))
    standing = stands(message)
    assert standing.progress is Progress.DELIVERED
    assert standing.failure is None
    assert standing.sent_at == NOW + timedelta(minutes=5)
    assert not standing.received, "no channel's word is a receipt"


@every_channel_but("encrypted_email")  # it tells by mail that comes back
def test_a_peer_that_keeps_silent_about_a_letter_changes_nothing(rig: Rig, send: Send) -> None:
    send()
    message = Message.objects.get()
    before = stands(message)
    poll(message.id, LATER)
    assert stands(message).sent_at == before.sent_at is None


def _envelope(rig: Rig, cast: Cast) -> Envelope:
    made = Envelope(message_id=CASE, address=rig.address, at=NOW, data=rig.data)
    return replace(made, certificate=cast.receiver.certificate_pem().decode(), composed_at=NOW)
