"""A concern message on its whole way: composed with its data, tried, taken, followed, delivered or lost."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from delivery.conftest import LETTER, NOW
from delivery.fiks.conftest import CANARY, NOT_THERE, concern_message
from delivery.fiks.portal_peer import Fault, Peer
from savnet.delivery.beside import pack
from savnet.delivery.channel import CannotSend, Silent
from savnet.delivery.composing import reroute
from savnet.delivery.dispatch import WrongLetter, attempt
from savnet.delivery.following import poll
from savnet.delivery.models import Attempt, Message
from savnet.delivery.standing import Standing, standing
from savnet.delivery.words import AttemptOutcome, Progress
from savnet.rules.words import Channel

pytestmark = pytest.mark.django_db(transaction=True)

Compose = Callable[..., Message]
LATER = NOW + timedelta(minutes=5)
MUCH_LATER = NOW + timedelta(days=3)
BESIDE = pack({Channel.FIKS: concern_message().data()})


def tried(peer: Peer, message: Message, at: datetime) -> Attempt:
    """Try to send it, at an instant that the other end's clock shows too."""
    peer.now = at
    return attempt(message.id, LETTER, at, data=BESIDE)


def asked(peer: Peer, message: Message, at: datetime) -> Standing:
    """Where it stands after we have asked the portal."""
    peer.now = at
    return poll(message.id, at)


def states(message: Message) -> list[str]:
    return [one.name for one in message.statuses.all()]


def test_what_the_portal_has_taken_is_not_yet_sent(on_fiks: Compose, peer: Peer) -> None:
    message = on_fiks()
    assert tried(peer, message, NOW).outcome == AttemptOutcome.TAKEN
    stands = standing(list(message.attempts.all()), [])
    assert stands.progress is Progress.TAKEN
    assert stands.sent_at is None
    assert len(peer.received) == 1


def test_it_is_sent_when_the_portal_has_delivered_it(on_fiks: Compose, peer: Peer) -> None:
    message = on_fiks()
    tried(peer, message, NOW)
    number = peer.received[0].number
    peer.happens(number, "AKSEPTERT", "2026-03-02T21:05:02")
    peer.happens(number, "SENDT_FAGSYSTEM", "2026-03-02T21:05:03")
    assert asked(peer, message, LATER).progress is Progress.TAKEN
    peer.happens(number, "LEVERT", "2026-03-02T21:07:00")
    stands = asked(peer, message, LATER)
    assert stands.progress is Progress.DELIVERED
    assert stands.sent_at == NOW + timedelta(minutes=2)
    assert not stands.received


def test_a_system_that_refuses_it_is_a_failure_somebody_sees(on_fiks: Compose, peer: Peer) -> None:
    message = on_fiks()
    tried(peer, message, NOW)
    number = peer.received[0].number
    peer.happens(number, "AVVIST_FAGSYSTEM", "2026-03-02T21:06:00")
    assert asked(peer, message, LATER).progress is Progress.FAILED
    peer.happens(number, "SENDT_PRINT", "2026-03-03T09:00:00")
    peer.happens(number, "LEVERT", "2026-03-04T12:00:00")
    assert asked(peer, message, MUCH_LATER).progress is Progress.DELIVERED
    assert [one.description for one in message.statuses.all()][-1] == "Levert til posten som brev."


def test_statuses_that_come_late_doubled_and_in_the_wrong_order_are_kept_once(on_fiks: Compose, peer: Peer) -> None:
    message = on_fiks()
    tried(peer, message, NOW)
    number = peer.received[0].number
    for _ in range(2):
        peer.happens(number, "LEVERT", "2026-03-02T21:07:00")
        peer.happens(number, "AKSEPTERT", "2026-03-02T21:05:02")
        asked(peer, message, LATER)
    assert states(message) == ["AKSEPTERT", "LEVERT"]
    assert asked(peer, message, LATER).progress is Progress.DELIVERED


def test_a_line_that_broke_means_a_second_one_marked_as_a_repeat(on_fiks: Compose, peer: Peer) -> None:
    message = on_fiks()
    peer.faults = [Fault("/offentlig", "drop", after=True)]
    assert tried(peer, message, NOW).outcome == AttemptOutcome.UNKNOWN
    assert tried(peer, message, LATER).outcome == AttemptOutcome.TAKEN
    first, second = (one.form["melding"]["melding"] for one in peer.received)
    assert message.short_id in first
    assert message.short_id in second
    assert "utsending nummer 2" in second


def test_a_job_that_runs_twice_hands_it_in_once(on_fiks: Compose, peer: Peer) -> None:
    message = on_fiks()
    first = tried(peer, message, NOW)
    assert tried(peer, message, LATER) == first
    assert len(peer.received) == 1


def test_a_municipality_outside_fiks_is_a_refusal_for_good_that_says_why(on_fiks: Compose, peer: Peer) -> None:
    message = on_fiks(NOT_THERE)
    tried = attempt(message.id, LETTER, NOW, data=pack({Channel.FIKS: concern_message(NOT_THERE).data()}))
    assert tried.outcome == AttemptOutcome.REFUSED
    assert tried.answer == "Kommunen tar ikke imot bekymringsmeldinger gjennom Fiks."
    reroute(message.id, Channel.POST, address="Postboks 0", why=tried.answer, by="vakt", now=LATER)
    assert not peer.received


@pytest.mark.parametrize("data", [None, concern_message("0002").data()])
def test_only_the_data_it_was_composed_with_goes_out(data: bytes | None, on_fiks: Compose, peer: Peer) -> None:
    with pytest.raises(WrongLetter):
        attempt(on_fiks().id, LETTER, NOW, data=data)
    assert not peer.asked


def test_a_message_that_cannot_go_this_way_leaves_no_attempt(on_fiks: Compose, peer: Peer) -> None:
    message = on_fiks(address="Postboks 0")
    with pytest.raises(CannotSend):
        tried(peer, message, NOW)
    assert not message.attempts.exists()


@pytest.mark.parametrize("fault", [Fault("/status", "answer", 503), Fault("/status", "drop"), Fault("/token", "drop")])
def test_a_portal_that_does_not_say_changes_nothing(fault: Fault, on_fiks: Compose, peer: Peer) -> None:
    message = on_fiks()
    tried(peer, message, NOW)
    peer.tokens.clear()
    peer.faults = [fault]
    with pytest.raises(Silent):
        asked(peer, message, LATER)
    assert standing(list(message.attempts.all()), []).progress is Progress.TAKEN


def test_a_message_that_the_portal_has_deleted_keeps_what_was_told_of_it(on_fiks: Compose, peer: Peer) -> None:
    message = on_fiks()
    tried(peer, message, NOW)
    number = peer.received[0].number
    peer.happens(number, "LEVERT", "2026-03-02T21:07:00")
    asked(peer, message, LATER)
    del peer.histories[number]
    with pytest.raises(Silent, match="30 dager"):
        asked(peer, message, MUCH_LATER)
    assert states(message) == ["LEVERT"]


def test_a_history_that_cannot_be_read_is_no_history(on_fiks: Compose, peer: Peer) -> None:
    message = on_fiks()
    tried(peer, message, NOW)
    peer.happens(peer.received[0].number, "LEVERT", "2026-03-02T21:07:00")
    peer.happens(peer.received[0].number, "LEVERT", "i går")
    with pytest.raises(Silent):
        asked(peer, message, LATER)
    assert not message.statuses.exists()


def test_a_message_that_may_have_arrived_but_has_no_number_is_asked_about_in_vain(on_fiks: Compose, peer: Peer) -> None:
    message = on_fiks()
    peer.faults = [Fault("/offentlig", "drop", after=True)]
    tried(peer, message, NOW)
    assert asked(peer, message, LATER).progress is Progress.UNKNOWN


def test_no_row_holds_a_word_of_the_case(on_fiks: Compose, peer: Peer) -> None:
    message = on_fiks()
    peer.faults = [Fault("/offentlig", "answer", 503, body=f"noe om {CANARY}".encode())]
    tried(peer, message, NOW)
    tried(peer, message, LATER)
    peer.happens(peer.received[0].number, "AKSEPTERT", "2026-03-02T21:05:02")
    asked(peer, message, LATER)
    rows = [*message.attempts.values(), *message.statuses.values()]
    assert len(rows) == 3
    assert CANARY not in repr(rows)
