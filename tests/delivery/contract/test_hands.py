"""What holds for each way that a person goes: on paper across the desk or by post, by telephone, in another system."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest

from delivery.conftest import LETTER, NOW
from savnet.delivery import registry
from savnet.delivery.by_hand import hand_over, record_call, tick_off
from savnet.delivery.channel import CannotSend
from savnet.delivery.channels.paper import HandOver
from savnet.delivery.channels.telephone import Call
from savnet.delivery.dispatch import attempt
from savnet.delivery.following import stands
from savnet.delivery.models import Attempt, Message
from savnet.delivery.receipts import ImpossibleInstant
from savnet.delivery.words import Hindrance, Progress
from savnet.rules.words import Channel

Compose = Callable[..., Message]
HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Hand:
    """A way, and how somebody records that it was gone. `names` is whether that names who has it now."""

    channel: Channel
    go: Callable[[Message, datetime], Attempt]
    names: bool


def _handed(channel: Channel, taker: str) -> Callable[[Message, datetime], Attempt]:
    def go(message: Message, at: datetime) -> Attempt:
        return hand_over(message.id, HandOver(channel=channel, at=at, received_by=taker), recorded_by="vakt", now=NOW)

    return go


def _called(message: Message, at: datetime) -> Attempt:
    call = Call(number="+47 00 00 12 34", at=at, reached=True, spoke_with="Verge Mona Lie", knew="none")
    return record_call(message.id, call, recorded_by="vakt", now=NOW)


def _ticked(message: Message, at: datetime) -> Attempt:
    return tick_off(message.id, at=at, by="vakt", reference="Sesam 88", now=NOW)


HANDS = [
    Hand(Channel.IN_PERSON, _handed(Channel.IN_PERSON, "Politibetjent Li"), names=True),
    Hand(Channel.POST, _handed(Channel.POST, ""), names=False),
    Hand(Channel.PHONE, _called, names=True),
    Hand(Channel.SYSTEM, _ticked, names=False),
]


@pytest.fixture(params=HANDS, ids=lambda hand: str(hand.channel))
def hand(request: pytest.FixtureRequest) -> Hand:
    return request.param  # type: ignore[no-any-return]


@pytest.fixture
def message(hand: Hand, composed: Compose) -> Message:
    return composed(hand.channel)


def test_it_was_sent_when_somebody_says_so_and_by_whom(hand: Hand, message: Message) -> None:
    went = hand.go(message, NOW - HOUR)
    assert (went.recorded_by, went.started_at, went.ended_at) == ("vakt", NOW - HOUR, NOW - HOUR)
    assert (stands(message).progress, stands(message).sent_at) == (Progress.ACCEPTED, NOW - HOUR)


def test_it_is_received_only_where_somebody_is_named_who_has_it(hand: Hand, message: Message) -> None:
    hand.go(message, NOW)
    assert stands(message).received is hand.names


def test_recorded_twice_it_happened_once(hand: Hand, message: Message) -> None:
    assert hand.go(message, NOW) == hand.go(message, NOW)
    assert message.attempts.count() == 1
    assert message.receipts.count() == int(hand.names)


def test_what_has_not_happened_yet_is_refused_whole(hand: Hand, message: Message) -> None:
    with pytest.raises(ImpossibleInstant):
        hand.go(message, NOW + HOUR)
    assert (message.attempts.count(), message.receipts.count()) == (0, 0)


def test_no_worker_carries_it(hand: Hand, message: Message) -> None:
    with pytest.raises(CannotSend) as cannot:
        registry.channel(hand.channel)
    assert cannot.value.hindrance is Hindrance.BY_HAND
    with pytest.raises(CannotSend):
        attempt(message.id, LETTER, NOW)
    assert not message.attempts.exists()
