"""From the letter taken to the letter delivered: what is kept, what it means, and what a hint is worth."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import permutations
from threading import Thread
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from delivery.conftest import LETTER, NOW
from delivery.eformidling.conftest import NOTICE, OURS
from delivery.eformidling.peer import Integrasjonspunkt, event
from savnet.delivery.beside import pack
from savnet.delivery.channel import Refused, Silent
from savnet.delivery.channels.eformidling.channel import EFormidling
from savnet.delivery.channels.eformidling.webhook import hinted
from savnet.delivery.composing import reroute
from savnet.delivery.dispatch import WrongLetter, attempt
from savnet.delivery.following import poll, stands, to_follow
from savnet.delivery.models import ChannelStatus, Message
from savnet.delivery.words import AttemptOutcome, Meaning, Progress
from savnet.rules.words import Channel

pytestmark = pytest.mark.django_db(transaction=True)
Compose = Callable[..., Message]
LATER = NOW + timedelta(hours=1)
BESIDE = pack({Channel.EFORMIDLING: NOTICE.write()})


@pytest.fixture
def taken(composed: Compose, by_eformidling: EFormidling) -> Message:
    message = composed()
    attempt(message.id, LETTER, NOW, data=BESIDE)
    return message


def test_a_letter_that_the_integrasjonspunkt_took_is_not_sent(taken: Message) -> None:
    (row,) = taken.attempts.all()
    assert row.outcome == AttemptOutcome.TAKEN
    now = stands(taken)
    assert now.progress is Progress.TAKEN
    assert now.sent_at is None


def test_sent_and_received_at_the_other_end_is_not_delivered(taken: Message, point: Integrasjonspunkt) -> None:
    point.tell(taken.id, "MOTTATT", after=timedelta(seconds=5))
    now = poll(taken.id, LATER)
    assert now.progress is Progress.TAKEN
    assert now.sent_at is None


def test_delivered_is_the_earliest_that_may_be_called_sent(taken: Message, point: Integrasjonspunkt) -> None:
    point.tell(taken.id, "LEVERT", after=timedelta(minutes=3))
    now = poll(taken.id, LATER)
    assert now.progress is Progress.DELIVERED
    assert now.sent_at == now.delivered_at == NOW + timedelta(minutes=3)
    assert not now.received


def test_opened_is_told_apart_and_is_no_receipt(taken: Message, point: Integrasjonspunkt) -> None:
    point.tell(taken.id, "LEVERT", after=timedelta(minutes=3))
    point.tell(taken.id, "LEST", after=timedelta(minutes=9))
    now = poll(taken.id, LATER)
    assert (now.delivered_at, now.opened_at) == (NOW + timedelta(minutes=3), NOW + timedelta(minutes=9))
    assert not now.received


@pytest.mark.parametrize(
    ("status", "progress", "failure"),
    [("FEIL", Progress.FAILED, Meaning.FAILED), ("LEVETID_UTLOPT", Progress.EXPIRED, Meaning.EXPIRED)],
)
def test_what_is_lost_on_the_way_is_a_failure_with_its_reason_and_never_sent(
    status: str, progress: Progress, failure: Meaning, taken: Message, point: Integrasjonspunkt
) -> None:
    point.tell(taken.id, status, after=timedelta(minutes=5), description="Ikke hentet")
    now = poll(taken.id, LATER)
    assert (now.progress, now.failure, now.failed_at) == (progress, failure, NOW + timedelta(minutes=5))
    assert now.sent_at is None
    assert taken.statuses.get(name=status).description == "Ikke hentet"


@pytest.mark.parametrize("order", list(permutations(["MOTTATT", "LEVERT", "LEST"])))
def test_statuses_in_any_order_and_doubled_come_to_the_same(
    order: tuple[str, ...], taken: Message, point: Integrasjonspunkt
) -> None:
    minutes_after = {"MOTTATT": 1, "LEVERT": 2, "LEST": 3}
    for status in (*order, *order):
        point.tell(taken.id, status, after=timedelta(minutes=minutes_after[status]))
        poll(taken.id, LATER)
    now = poll(taken.id, LATER)
    assert (now.delivered_at, now.opened_at) == (NOW + timedelta(minutes=2), NOW + timedelta(minutes=3))
    assert taken.statuses.count() == 5  # made, sent, and these three


def test_statuses_on_many_pages_are_all_read(taken: Message, point: Integrasjonspunkt) -> None:
    point.page_size = 2
    for number in range(7):
        point.tell(taken.id, "ANNET", after=timedelta(seconds=number))
    point.tell(taken.id, "LEVERT", after=timedelta(minutes=1))
    assert poll(taken.id, LATER).progress is Progress.DELIVERED


def test_pages_without_end_are_silence(taken: Message, point: Integrasjonspunkt, monkeypatch: Any) -> None:
    monkeypatch.setattr(point, "_statuses", lambda *_: {"content": [], "last": False})
    with pytest.raises(Silent):
        poll(taken.id, LATER)


def test_a_word_we_do_not_know_is_kept_and_means_nothing(taken: Message, point: Integrasjonspunkt) -> None:
    point.tell(taken.id, "INNKOMMENDE_LEVERT", after=timedelta(minutes=1))
    point.tell(taken.id, "NOE_NYTT" * 20, after=timedelta(minutes=2), description="nought \0 here")
    assert poll(taken.id, LATER).progress is Progress.TAKEN
    assert taken.statuses.filter(meaning=Meaning.OTHER).count() == 3


def test_silence_changes_nothing_that_was_known(taken: Message, point: Integrasjonspunkt) -> None:
    point.tell(taken.id, "LEVERT", after=timedelta(minutes=3))
    poll(taken.id, LATER)
    point.fails("statuses", "503")
    with pytest.raises(Silent):
        poll(taken.id, LATER)
    assert stands(taken).progress is Progress.DELIVERED


def test_a_job_that_runs_twice_hands_over_once(taken: Message, point: Integrasjonspunkt) -> None:
    again = attempt(taken.id, LETTER, LATER, data=BESIDE)
    assert again.number == 1
    assert len(point.sent) == 1


def test_a_worker_killed_after_the_letter_went_learns_of_it_from_the_integrasjonspunkt(
    composed: Compose, channel: EFormidling, by_eformidling: EFormidling, point: Integrasjonspunkt
) -> None:
    message = composed()
    point.fails("send", "drop after")
    assert attempt(message.id, LETTER, NOW, data=BESIDE).outcome == AttemptOutcome.UNKNOWN
    point.tell(message.id, "LEVERT", after=timedelta(minutes=1))
    assert poll(message.id, LATER).progress is Progress.DELIVERED
    assert attempt(message.id, LETTER, LATER, data=BESIDE).outcome == AttemptOutcome.TAKEN
    assert len(point.sent) == 1


def test_the_other_way_may_be_taken_when_this_one_has_failed(taken: Message, point: Integrasjonspunkt) -> None:
    point.tell(taken.id, "FEIL", after=timedelta(minutes=1))
    poll(taken.id, LATER)
    reroute(taken.id, Channel.EFORMIDLING, address=OURS, why="Feil mottaker", by="vakt", now=LATER)
    point.receiver(OURS, *[one["process"] for one in point.capabilities["310073903"]])
    assert attempt(taken.id, LETTER, LATER, data=BESIDE).number == 2


def test_data_that_are_not_those_composed_are_refused(composed: Compose, by_eformidling: EFormidling) -> None:
    message = composed()
    for data in (None, b"other"):
        with pytest.raises(WrongLetter):
            attempt(message.id, LETTER, NOW, data=data)
    assert message.attempts.count() == 0


def test_data_without_their_seal_can_not_be_composed(composed: Compose) -> None:
    with pytest.raises(ValueError, match="neither"):
        composed(sealed_data=None)


def test_a_message_keeps_its_data_and_a_status_what_it_said(taken: Message, point: Integrasjonspunkt) -> None:
    poll(taken.id, LATER)
    for change in (
        lambda: Message.objects.update(sealed_data=b"other"),
        lambda: Message.objects.update(data_sha256="0" * 64),
        lambda: ChannelStatus.objects.update(name="LEVERT"),
        lambda: ChannelStatus.objects.all()._raw_delete("default"),
        lambda: ChannelStatus.objects.create(
            message=taken, channel="eformidling", name="X", meaning="maybe", at=NOW, read_at=NOW
        ),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()


def test_what_is_to_be_followed_is_what_may_yet_tell_more(
    taken: Message, composed: Compose, point: Integrasjonspunkt
) -> None:
    composed()  # never tried
    assert list(to_follow(NOW)) == [taken]
    assert list(to_follow(LATER)) == []
    point.tell(taken.id, "LEVERT", after=timedelta(minutes=1))
    poll(taken.id, LATER)
    assert list(to_follow(NOW)) == [taken]
    point.tell(taken.id, "LEST", after=timedelta(minutes=2))
    poll(taken.id, LATER)
    assert list(to_follow(NOW)) == []


class Listener(BaseHTTPRequestHandler):
    """Where the integrasjonspunkt pushes to; keeps what it was told."""

    heard: list[bytes]

    def log_message(self, *_: Any) -> None:
        pass

    def do_POST(self) -> None:
        self.heard.append(self.rfile.read(int(self.headers["Content-Length"])))
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()


@contextmanager
def listening() -> Iterator[tuple[str, list[bytes]]]:
    heard: list[bytes] = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Own", (Listener,), {"heard": heard}))
    thread = Thread(target=server.serve_forever, args=[0.05])
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/hint", heard
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def test_a_push_leads_to_reading_the_status_again(
    taken: Message, channel: EFormidling, point: Integrasjonspunkt
) -> None:
    with listening() as (endpoint, heard):
        assert channel.access_point.subscribe(endpoint)
        assert not channel.access_point.subscribe(endpoint)
        point.tell(taken.id, "LEVERT", after=timedelta(minutes=1))
    assert [hinted(one) for one in heard] == [None, taken.id]
    assert point.subscriptions[0]["filter"] == "direction=OUTGOING"
    assert poll(taken.id, LATER).progress is Progress.DELIVERED


def test_an_endpoint_that_does_not_answer_is_not_subscribed(channel: EFormidling, point: Integrasjonspunkt) -> None:
    with pytest.raises(Refused, match="WebhookPushEndpointPingFailedException"):
        channel.access_point.subscribe("http://127.0.0.1:1/hint")
    assert point.subscriptions == []


def test_a_forged_push_is_worth_nothing(taken: Message, point: Integrasjonspunkt) -> None:
    assert hinted(json.dumps(event(taken.id, "LEVERT")).encode()) == taken.id
    assert poll(taken.id, LATER).progress is Progress.TAKEN
