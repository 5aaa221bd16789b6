"""The channel as the settings describe it: it says what is missing, and never sends in clear or as somebody else."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from pytest_django import Settings

from delivery.conftest import LETTER, Cast
from delivery.fiks import portal_peer
from delivery.fiks.portal_peer import Peer
from savnet.delivery import registry
from savnet.delivery.channel import CannotSend, Envelope, FollowedChannel, Taken
from savnet.delivery.channels.fiks.channel import NEEDED, Fiks, from_settings
from savnet.delivery.words import Hindrance
from savnet.demo.authority import Identity
from savnet.rules.words import Channel


@pytest.fixture
def set_up(settings: Settings, site: str, owners: dict[str, Identity], cast: Cast) -> Settings:
    settings.FIKS_ROOT = site + portal_peer.API + "/"
    settings.FIKS_ORGANISATION = portal_peer.ORGANISATION
    settings.FIKS_INTEGRATION = portal_peer.INTEGRATION
    settings.FIKS_PASSWORD = portal_peer.PASSWORD
    settings.FIKS_CA = cast.ca
    settings.MASKINPORTEN_CLIENT = portal_peer.CLIENT
    settings.MASKINPORTEN_ISSUER = portal_peer.ISSUER
    settings.MASKINPORTEN_TOKENS = f"{site}/token"
    settings.ORGANISATION_CERTIFICATE = owners["us"].certificate_pem().decode()
    settings.ORGANISATION_KEY = owners["us"].key_pem().decode()
    return settings


def test_set_up_by_settings_it_sends(set_up: Settings, peer: Peer, envelope: Envelope) -> None:
    channel = registry.channel(Channel.FIKS)
    assert isinstance(channel, FollowedChannel)
    channel.check(envelope)
    taken = channel.send(envelope, LETTER)
    assert isinstance(taken, Taken)
    assert taken.answer.endswith("og sletter den 01.04.2026.")
    assert len(peer.received) == 1


@pytest.mark.parametrize("name", NEEDED)
def test_what_is_not_set_is_named(name: str, set_up: Settings) -> None:
    setattr(set_up, name, "")
    with pytest.raises(CannotSend, match=f"SAVNET_{name}") as cannot:
        from_settings()
    assert cannot.value.hindrance is Hindrance.NOT_SET_UP


@pytest.mark.parametrize("name", ["FIKS_ROOT", "MASKINPORTEN_TOKENS"])
def test_an_address_in_clear_is_refused(name: str, set_up: Settings) -> None:
    setattr(set_up, name, "http://portal.example/api/v1")
    with pytest.raises(ImproperlyConfigured, match="https"):
        from_settings()


def test_somebody_elses_key_is_refused(set_up: Settings, owners: dict[str, Identity]) -> None:
    set_up.ORGANISATION_KEY = owners["printer"].key_pem().decode()
    with pytest.raises(ImproperlyConfigured, match="ORGANISATION_KEY"):
        from_settings()


def test_nothing_secret_shows(set_up: Settings) -> None:
    channel = from_settings()
    assert isinstance(channel, Fiks)
    assert portal_peer.PASSWORD not in repr(channel)
