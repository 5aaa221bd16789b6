"""What needs no letter: hints that anyone may send, settings that are missing or wrong, answers that make no sense."""

import json
from contextlib import suppress
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.core.exceptions import ImproperlyConfigured
from hypothesis import given
from hypothesis import strategies as st

from delivery.conftest import LETTER, NOW
from delivery.eformidling.conftest import NOTICE, OURS, THEIRS
from savnet.delivery import registry
from savnet.delivery.channel import CannotSend, Envelope, Refused, Silent, Taken, Unclear
from savnet.delivery.channels.eformidling import access_point
from savnet.delivery.channels.eformidling.access_point import AccessPoint
from savnet.delivery.channels.eformidling.channel import EFormidling
from savnet.delivery.channels.eformidling.webhook import hinted
from savnet.delivery.web_call import Answer, Line
from savnet.delivery.words import Hindrance
from savnet.rules.words import Channel
from savnet.running.settings import minutes


@given(st.one_of(st.binary(max_size=50), st.text(max_size=50).map(json.dumps).map(str.encode)))
def test_anything_may_be_posted_at_a_webhook(body: bytes) -> None:
    assert hinted(body) is None


@pytest.mark.parametrize("body", [b"{}", b"[1]", b'{"event": "status", "messageId": 7}', b'{"event": "status"}'])
def test_a_push_that_names_no_message_is_no_hint(body: bytes) -> None:
    assert hinted(body) is None


def test_unset_the_channel_says_what_is_missing(settings: Any) -> None:
    settings.EFORMIDLING_URL = "https://ip.mottak.example"
    with pytest.raises(CannotSend, match="SAVNET_EFORMIDLING_USER, SAVNET_EFORMIDLING_PASSWORD") as cannot:
        registry.channel(Channel.EFORMIDLING)
    assert cannot.value.hindrance is Hindrance.NOT_SET_UP


@pytest.fixture
def set_up(settings: Any) -> Any:
    settings.EFORMIDLING_URL, settings.EFORMIDLING_SENDER = "https://ip.mottak.example", OURS
    settings.EFORMIDLING_USER, settings.EFORMIDLING_PASSWORD = "savnet", "hemmelig"
    return settings


def test_the_channel_is_as_the_settings_say(set_up: Any) -> None:
    set_up.EFORMIDLING_LIFETIME = 45
    channel = registry.channel(Channel.EFORMIDLING)
    assert isinstance(channel, EFormidling)
    assert (channel.sender, channel.lifetime) == (OURS, timedelta(minutes=45))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("EFORMIDLING_URL", "http://ip.mottak.example"),
        ("EFORMIDLING_URL", "https:///"),
        ("EFORMIDLING_SENDER", "123456789"),
    ],
)
def test_nothing_goes_in_clear_or_from_nobody(name: str, value: str, set_up: Any) -> None:
    setattr(set_up, name, value)
    with pytest.raises(CannotSend) as cannot:
        registry.channel(Channel.EFORMIDLING)
    assert cannot.value.hindrance is Hindrance.NOT_SET_UP


@pytest.mark.parametrize("value", ["9", "1201", "to timer", "", "-20", "30.5"])
def test_a_lifetime_outside_its_limits_stops_the_start(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAVNET_EFORMIDLING_LIFETIME", value)
    with pytest.raises(ImproperlyConfigured, match="SAVNET_EFORMIDLING_LIFETIME"):
        minutes("SAVNET_EFORMIDLING_LIFETIME", 120, least=10, most=1200)


words = st.sampled_from(
    ["capabilities", "content", "exception", "documentTypes", "process", "status", "lastUpdate", "last"]
)
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=3),
    max_leaves=8,
)
answers = st.builds(
    Answer,
    status=st.sampled_from([200, 204, 302, 400, 401, 404, 429, 500, 503]),
    body=st.binary(max_size=20) | anything.map(lambda content: json.dumps(content).encode()),
)


@given(st.lists(answers, min_size=40, max_size=40))
def test_whatever_is_answered_the_try_ends_as_something_we_have_a_word_for(replies: list[Answer]) -> None:
    left = list(replies)
    point = AccessPoint(url="https://ip.mottak.example", user="u", password="p", line=Line())
    channel = EFormidling(access_point=point, sender=OURS, lifetime=timedelta(hours=2))
    envelope = Envelope(message_id=UUID(int=7), address=THEIRS, at=NOW, data=NOTICE.write())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(access_point, "call", lambda *_, **__: left.pop())
        with suppress(CannotSend, Refused, Unclear):
            assert isinstance(channel.send(envelope, LETTER), Taken)
        with suppress(Silent):
            assert isinstance(channel.statuses(envelope), tuple)
