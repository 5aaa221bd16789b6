"""Trying to send: a committed row first, one outcome, no letter sent twice by a job that runs twice."""

from collections.abc import Callable
from datetime import timedelta
from ssl import SSLContext
from typing import Any

import pytest
from django.db import connection, transaction

from delivery.conftest import CWS, LETTER, NOW, Cast
from delivery.mail_servers import Answers, Mailbox, Postroom, TakesThenDrops, running
from savnet.delivery import dispatch, registry
from savnet.delivery.channel import CannotSend, Envelope, Refused, Unclear
from savnet.delivery.composing import reroute
from savnet.delivery.dispatch import UnderWay, WrongLetter, attempt
from savnet.delivery.models import Attempt, Message, ReceiverCertificate
from savnet.delivery.standing import standing
from savnet.delivery.words import AttemptOutcome, Hindrance, Progress
from savnet.rules.words import Channel

Compose = Callable[..., Message]
LATER = NOW + timedelta(minutes=5)


class Fake:
    """A channel that answers from a list: text is accepted, an exception is raised. Remembers the envelopes."""

    def __init__(self, *answers: str | Exception) -> None:
        self.answers, self.carried = list(answers), list[Envelope]()

    def check(self, envelope: Envelope) -> None:
        pass

    def send(self, envelope: Envelope, letter: bytes) -> str:
        self.carried.append(envelope)
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer


@pytest.fixture
def carries(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Fake]:
    def set_up(*answers: str | Exception) -> Fake:
        fake = Fake(*answers)
        monkeypatch.setattr(registry, "channel", lambda _: fake)
        return fake

    return set_up


def tries(message: Message) -> list[str | None]:
    return [row.outcome for row in message.attempts.all()]


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        ("250 taken", AttemptOutcome.ACCEPTED),
        (Refused("550 no", permanent=True), AttemptOutcome.REFUSED),
        (Refused("451 busy", permanent=False), AttemptOutcome.REFUSED_FOR_NOW),
        (Unclear("line broke"), AttemptOutcome.UNKNOWN),
    ],
)
def test_each_way_an_attempt_ends_is_kept_as_what_it_was(
    answer: Any, outcome: AttemptOutcome, composed: Compose, carries: Callable[..., Fake]
) -> None:
    message = composed()
    carries(answer)
    row = attempt(message.id, LETTER, NOW)
    row.refresh_from_db()
    assert (row.number, row.outcome, row.started_at) == (1, outcome, NOW)
    assert row.answer
    assert row.ended_at is not None
    assert row.ended_at >= NOW


@pytest.mark.parametrize("answer", ["250 taken", Refused("550 no", permanent=True)])
def test_a_job_that_runs_twice_sends_once(answer: Any, composed: Compose, carries: Callable[..., Fake]) -> None:
    message, fake = composed(), carries(answer)
    first = attempt(message.id, LETTER, NOW)
    assert attempt(message.id, LETTER, LATER) == first
    assert len(fake.carried) == 1


def test_an_unknown_outcome_is_tried_again_as_a_repeat_of_the_same_message(
    composed: Compose, carries: Callable[..., Fake]
) -> None:
    message, fake = composed(), carries(Unclear("line broke"), "250 taken")
    attempt(message.id, LETTER, NOW)
    attempt(message.id, LETTER, LATER)
    assert [(envelope.message_id, envelope.repeat) for envelope in fake.carried] == [(message.id, 1), (message.id, 2)]
    assert tries(message) == ["unknown", "accepted"]


def test_a_letter_that_was_turned_away_is_no_repeat_the_next_time(
    composed: Compose, carries: Callable[..., Fake]
) -> None:
    message, fake = composed(), carries(Refused("451 busy", permanent=False), "250 taken")
    attempt(message.id, LETTER, NOW)
    attempt(message.id, LETTER, LATER)
    assert [envelope.repeat for envelope in fake.carried] == [1, 1]


def test_a_person_may_have_an_accepted_letter_sent_again_as_a_repeat(
    composed: Compose, carries: Callable[..., Fake]
) -> None:
    message, fake = composed(), carries("250 taken", "250 taken")
    attempt(message.id, LETTER, NOW)
    attempt(message.id, LETTER, LATER, again=True)
    assert [envelope.repeat for envelope in fake.carried] == [1, 2]


def test_other_bytes_than_those_composed_are_never_sent(composed: Compose, carries: Callable[..., Fake]) -> None:
    message, fake = composed(), carries("250 taken")
    with pytest.raises(WrongLetter):
        attempt(message.id, LETTER + b" ", NOW)
    assert fake.carried == []
    assert tries(message) == []


def test_two_workers_never_send_the_same_message_at_once(composed: Compose, carries: Callable[..., Fake]) -> None:
    message, fake = composed(), carries("250 taken")
    message.attempts.create(number=1, channel=message.channel, address=CWS, started_at=NOW)
    with pytest.raises(UnderWay):
        attempt(message.id, LETTER, NOW + timedelta(minutes=9))
    assert fake.carried == []


def test_an_attempt_whose_process_died_becomes_unknown_and_is_repeated(
    composed: Compose, carries: Callable[..., Fake]
) -> None:
    message, fake = composed(), carries("250 taken")
    message.attempts.create(number=1, channel=message.channel, address=CWS, started_at=NOW)
    attempt(message.id, LETTER, NOW + dispatch.LONGEST_ATTEMPT)
    assert tries(message) == ["unknown", "accepted"]
    assert fake.carried[0].repeat == 2


def test_a_fault_of_our_own_leaves_the_attempt_open_to_be_called_unknown(
    composed: Compose, carries: Callable[..., Fake]
) -> None:
    message = composed()
    carries(RuntimeError("a fault in our code"))
    with pytest.raises(RuntimeError):
        attempt(message.id, LETTER, NOW)
    assert tries(message) == [None]
    assert standing(message.attempts.all(), []).progress == Progress.UNDER_WAY


def test_what_only_a_person_can_carry_is_not_tried(composed: Compose) -> None:
    message = composed(Channel.POST, "Rådhusgata 1, 0000 Granvik")
    with pytest.raises(CannotSend) as refusal:
        attempt(message.id, LETTER, NOW)
    assert refusal.value.hindrance == Hindrance.BY_HAND
    assert tries(message) == []


def test_without_settings_the_channel_says_which_are_missing(composed: Compose, settings: Any) -> None:
    settings.SMTP_HOST = settings.SMIME_CA = ""
    with pytest.raises(CannotSend, match=r"SAVNET_SMTP_HOST.*SAVNET_SMIME_CA") as refusal:
        attempt(composed().id, LETTER, NOW)
    assert refusal.value.hindrance == Hindrance.NOT_SET_UP


def test_rerouted_to_paper_keeps_letter_and_id_and_tells_why(composed: Compose) -> None:
    message = composed()
    after = reroute(message.id, Channel.POST, address="Postboks 1", why="Utløpt sertifikat", by="vakt", now=NOW)
    assert (after.id, after.letter_sha256) == (message.id, message.letter_sha256)
    told = message.reroutings.get()
    assert (told.from_channel, told.to_channel, told.why) == ("encrypted_email", "post", "Utløpt sertifikat")


def test_a_refusal_on_the_old_route_does_not_settle_the_new_one(
    composed: Compose, carries: Callable[..., Fake]
) -> None:
    message, fake = composed(), carries(Refused("550 no such mailbox", permanent=True), "250 taken")
    attempt(message.id, LETTER, NOW)
    reroute(message.id, Channel.ENCRYPTED_EMAIL, address="ny@granvik.example", why="Ny adresse", by="vakt", now=NOW)
    attempt(message.id, LETTER, LATER)
    assert [envelope.address for envelope in fake.carried] == [CWS, "ny@granvik.example"]
    assert tries(message) == ["refused", "accepted"]


@pytest.fixture
def set_up(settings: Any, cast: Cast) -> Callable[[Any], None]:
    """Settings as an installation would have them, for a server that runs."""

    def point_to(server: Any) -> None:
        settings.SMTP_HOST, settings.SMTP_PORT, settings.SMTP_CA = server.host, server.port, cast.ca
        settings.SMTP_WAIT, settings.SMTP_TLS = 0.5, "starttls"
        settings.MAIL_FROM, settings.SMIME_CA = "varsling@mottaket.example", cast.ca
        settings.SIGNING_CERTIFICATE = cast.sender.certificate_pem().decode()
        settings.SIGNING_KEY = cast.sender.key_pem().decode()

    return point_to


def test_a_refused_check_leaves_no_attempt_behind(
    composed: Compose, set_up: Callable[[Any], None], cast: Cast, tls: SSLContext
) -> None:
    message = composed()
    ReceiverCertificate.objects.all().delete()
    with running(Postroom(Mailbox(), tls=tls), cast.ca) as server:
        set_up(server)
        with pytest.raises(CannotSend) as refusal:
            attempt(message.id, LETTER, NOW)
    assert refusal.value.hindrance == Hindrance.NO_CERTIFICATE
    assert tries(message) == []


def test_over_a_real_server_that_takes_the_letter_and_drops_nothing_is_lost(
    composed: Compose, set_up: Callable[[Any], None], cast: Cast, tls: SSLContext
) -> None:
    message, box = composed(), TakesThenDrops(times=1)
    with running(Postroom(box, tls=tls), cast.ca) as server:
        set_up(server)
        attempt(message.id, LETTER, NOW)
        attempt(message.id, LETTER, LATER)
    assert tries(message) == ["unknown", "accepted"]
    assert all(f"Message-ID: <{message.id}@".encode() in mail for mail in box.mails)


class LooksAtTheRows(Mailbox):
    """A receiver who asks, on a connection of its own, what is committed while the letter is on its way."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[Any] = []

    async def handle_MAIL(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        from psycopg import connect  # here: on the server's own thread, apart from Django's connections

        terms = connection.get_connection_params()
        with connect(**{key: terms[key] for key in ("dbname", "user", "host", "port") if terms.get(key)}) as own:
            self.seen = own.execute("SELECT number, outcome FROM delivery_attempt").fetchall()
        envelope.mail_from = address
        return "250 OK"


@pytest.mark.django_db(transaction=True)
def test_the_attempt_is_committed_before_the_network_is_touched(
    composed: Compose, set_up: Callable[[Any], None], cast: Cast, tls: SSLContext
) -> None:
    message, box = composed(), LooksAtTheRows()
    with running(Postroom(box, tls=tls), cast.ca, wait=5) as server:
        set_up(server)
        attempt(message.id, LETTER, NOW)
    assert box.seen == [(1, None)]


@pytest.mark.django_db(transaction=True)
def test_an_attempt_refuses_to_run_inside_a_transaction(composed: Compose, carries: Callable[..., Fake]) -> None:
    message, fake = composed(), carries("250 taken")
    with transaction.atomic(), pytest.raises(RuntimeError, match="durable"):
        attempt(message.id, LETTER, NOW)
    assert fake.carried == []
    assert not Attempt.objects.exists()


def test_a_busy_server_is_told_as_busy(
    composed: Compose, set_up: Callable[[Any], None], cast: Cast, tls: SSLContext
) -> None:
    message = composed()
    with running(Postroom(Answers("DATA", "451 4.3.0 busy"), tls=tls), cast.ca) as server:
        set_up(server)
        row = attempt(message.id, LETTER, NOW)
    assert row.outcome == AttemptOutcome.REFUSED_FOR_NOW
    assert "451" in (row.answer or "")
