"""`savnet subscribe-eformidling`, against the stateful peer, which asks the running site itself before it says yes."""

from datetime import timedelta
from io import StringIO
from uuid import UUID, uuid4

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from delivery.conftest import Cast
from delivery.eformidling.conftest import OURS
from delivery.eformidling.peer import PASSWORD, USER, Integrasjonspunkt
from savnet.delivery.channels.eformidling.webhook import hinted
from savnet.web import delivery_hint

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def set_up(settings: Settings, point: Integrasjonspunkt, cast: Cast) -> None:
    """eFormidling, as the settings have it."""
    settings.EFORMIDLING_URL, settings.EFORMIDLING_CA = point.url, cast.ca
    settings.EFORMIDLING_USER, settings.EFORMIDLING_PASSWORD, settings.EFORMIDLING_SENDER = USER, PASSWORD, OURS
    settings.EFORMIDLING_WAIT = 2


@pytest.fixture
def site(live_server: LiveServer, settings: Settings) -> str:
    """This site, where it can be reached."""
    settings.SECURE_SSL_REDIRECT = False
    settings.ADDRESS = live_server.url
    return live_server.url


def subscribe() -> str:
    out = StringIO()
    call_command("subscribe_eformidling", stdout=out)
    return out.getvalue()


def test_the_site_is_subscribed_once_however_often_it_is_asked(
    set_up: None, site: str, point: Integrasjonspunkt
) -> None:
    assert "From now on" in subscribe()
    assert "Already" in subscribe()
    assert [one["pushEndpoint"] for one in point.subscriptions] == [f"{site}/hint/eformidling/"]
    assert point.subscriptions[0]["filter"] == "direction=OUTGOING"


def test_what_is_pushed_then_reaches_the_site(
    set_up: None, site: str, point: Integrasjonspunkt, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[UUID | None] = []
    monkeypatch.setattr(delivery_hint, "hinted", lambda body: heard.append(hinted(body)))
    subscribe()
    message = uuid4()
    point.tell(message, "LEVERT", after=timedelta(minutes=1))
    assert heard == [None, message], "first the ping"


def test_beside_another_system_that_subscribes_ours_is_added_and_theirs_left_alone(
    set_up: None, site: str, point: Integrasjonspunkt
) -> None:
    theirs = {"id": 1, "name": "Arkivet", "pushEndpoint": "http://127.0.0.1:1/"}
    point.subscriptions.append(theirs)
    subscribe()
    assert point.subscriptions[0] == theirs
    assert len(point.subscriptions) == 2


def test_a_site_that_the_integrasjonspunkt_does_not_reach_is_told_so(
    set_up: None, settings: Settings, point: Integrasjonspunkt
) -> None:
    settings.ADDRESS = "http://127.0.0.1:1"
    with pytest.raises(CommandError, match=r"http://127.0.0.1:1/hint/eformidling/"):
        subscribe()
    assert point.subscriptions == []


def test_an_integrasjonspunkt_that_is_down_is_told_so(set_up: None, site: str, point: Integrasjonspunkt) -> None:
    point.fails("subscribe", "503")
    with pytest.raises(CommandError, match="Nothing is subscribed"):
        subscribe()
    assert "From now on" in subscribe(), "asked again when it is up"


def test_without_an_address_nothing_is_asked(set_up: None, settings: Settings, point: Integrasjonspunkt) -> None:
    settings.ADDRESS = ""
    with pytest.raises(CommandError, match="SAVNET_ADDRESS"):
        subscribe()
    assert point.asked == []


def test_without_eformidling_what_is_missing_is_named(set_up: None, site: str, settings: Settings) -> None:
    settings.EFORMIDLING_PASSWORD = ""
    with pytest.raises(CommandError, match="SAVNET_EFORMIDLING_PASSWORD"):
        subscribe()
