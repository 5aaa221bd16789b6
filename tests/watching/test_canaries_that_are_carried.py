"""Canaries over services that carry letters to organisations: against their peers, to our own organisation number."""

import ssl
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from pytest_django import Settings

from delivery.conftest import NOW, Cast, cast, tls  # noqa: F401 - fixtures of the channels' own tests
from delivery.contract.rigs import RIGS, Rig
from savnet.delivery import registry
from savnet.rules.words import Channel
from savnet.watching import canary
from savnet.watching.checks import channels
from savnet.watching.findings import Level
from savnet.watching.models import Canary

pytestmark = pytest.mark.django_db
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


@pytest.fixture(params=[Channel.EFORMIDLING, Channel.SVARUT, Channel.ALTINN], ids=str)
def rig(
    request: pytest.FixtureRequest,
    cast: Cast,  # noqa: F811
    tls: ssl.SSLContext,  # noqa: F811
    tmp_path: Path,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Rig]:
    with RIGS[request.param](cast, tmp_path, tls) as made:
        settings.CANARY_CHANNELS, settings.CANARY_ORGANISATION = [made.name.value], made.address
        monkeypatch.setattr(registry, "channel", lambda _: made.carrier)
        yield made


def told(rig: Rig, sent: Canary, word: str) -> None:
    assert rig.tell
    rig.tell(str(sent.id), word, NOW + MINUTE)
    rig.clock(NOW + 2 * MINUTE)


def test_it_is_home_when_the_service_says_that_it_lies_with_us(rig: Rig) -> None:
    (sent,) = canary.send_all(NOW)
    assert (sent.failure, rig.got()) == ("", [str(sent.id)])
    assert canary.look(NOW + MINUTE) == 0
    told(rig, sent, rig.words[0])
    assert canary.look(NOW + 2 * MINUTE) == 1
    assert Canary.objects.get().arrived_at == NOW + 2 * MINUTE
    assert [one.level for one in channels.canaries(NOW + HOUR) if one.says.startswith(rig.name)] == [Level.WELL]


def test_what_is_taken_and_never_delivered_is_lost_before_the_next_one_flies(rig: Rig) -> None:
    canary.send_all(NOW)
    canary.look(NOW + 44 * MINUTE)
    assert not canary.flights(NOW + 44 * MINUTE)[0].lost
    assert canary.flights(NOW + 45 * MINUTE)[0].lost


def test_what_the_service_says_that_failed_is_told_in_its_words(rig: Rig) -> None:
    (sent,) = canary.send_all(NOW)
    told(rig, sent, rig.words[1])
    assert canary.look(NOW + 2 * MINUTE) == 0
    (found,) = (one for one in channels.canaries(NOW + HOUR) if one.says.startswith(rig.name))
    assert (found.level, rig.words[1] in found.says) == (Level.WRONG, True)


def test_a_refusal_is_kept_and_the_canary_lost(rig: Rig) -> None:
    rig.fails("refuses")
    (sent,) = canary.send_all(NOW)
    assert sent.failure
    assert canary.flights(NOW + HOUR)[0].lost


def test_a_service_that_does_not_answer_when_asked_is_asked_again(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    (sent,) = canary.send_all(NOW)
    told(rig, sent, rig.words[0])
    rig.fails("refuses for now")
    looked = [canary.look(NOW + minutes * MINUTE) for minutes in (2, 3)]
    assert sum(looked) == 1


def test_nothing_flies_where_our_own_number_is_not_known_or_the_channel_not_named(rig: Rig, settings: Settings) -> None:
    settings.CANARY_ORGANISATION = ""
    assert canary.send_all(NOW) == []
    settings.CANARY_ORGANISATION, settings.CANARY_CHANNELS = rig.address, ["fiks", "post"]
    assert canary.send_all(NOW) == []
    assert not rig.got()


def test_the_doctor_names_channels_that_are_set_up_and_carry_none(settings: Settings, db: None) -> None:
    settings.CANARY_CHANNELS, settings.CANARY_ORGANISATION = ["svarut"], "991825827"
    settings.SVARUT_ROOT, settings.ALTINN_ROOT = "https://svarut.example", "https://altinn.example"
    silent = [one.says for one in channels.canaries(NOW) if one.level is Level.NOT_SET_UP]
    assert [one.split(":")[0] for one in silent if "flies over" in one] == ["none flies over altinn"]
