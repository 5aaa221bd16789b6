"""A centre that may use the portal, a portal with a few invented municipalities, and a concern message to send."""

import ssl
import uuid
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest

from delivery.conftest import CASE, LETTER, NOW, Cast
from delivery.fiks import portal_peer
from delivery.fiks.portal_peer import Peer
from savnet.delivery import registry
from savnet.delivery.beside import pack
from savnet.delivery.channel import Envelope
from savnet.delivery.channels.fiks.channel import Fiks
from savnet.delivery.channels.fiks.concern_message import Child, ConcernMessage, Guardian, Notifier
from savnet.delivery.channels.fiks.portal import Portal
from savnet.delivery.composing import About, Receiver, compose
from savnet.delivery.maskinporten import Client, Organisation, Tokens
from savnet.delivery.models import Message
from savnet.delivery.web_call import Line
from savnet.demo.authority import Identity
from savnet.rules.words import Channel

GRANVIK, STORVIK, NOT_THERE = "0001", "0002", "0009"
DISTRICTS = {
    GRANVIK: [{"bydelsnummer": "00", "bydelsnavn": "Granvik", "standardMottaker": True}],
    STORVIK: [
        {"bydelsnummer": "01", "bydelsnavn": "Nordsida", "standardMottaker": False},
        {"bydelsnummer": "02", "bydelsnavn": "Sørsida", "standardMottaker": True},
    ],
}
CANARY = "Zzyzx"


def concern_message(municipality: str = GRANVIK, **changes: Any) -> ConcernMessage:
    """A concern message about an invented child without national number or parents."""
    return ConcernMessage(
        **{
            "municipality": municipality,
            "municipality_name": "Granvik",
            "notifier": Notifier(
                name="Turid Nattvakt",
                role="Nattvakt",
                phone="+47 00 00 12 34",
                email="vakt@granlia.example",
                office="Granlia mottak",
                address=("Granliveien 0", "0000 Granli"),
            ),
            "children": (
                Child(
                    name=f"Kanarifugl {CANARY}",
                    address=("Granliveien 0", "0000 Granli"),
                    informed=False,
                    why_not_informed="Barnet er savnet.",
                ),
            ),
            "guardians": (
                Guardian(name="Ukjent – enslig mindreårig", informed=False, why_not_informed="Ingen er kjent."),
            ),
            "concern": f"Kanarifugl {CANARY} kom ikke til middag.",
            "history": "Bodd på mottaket siden januar.",
            **changes,
        }
    )


@pytest.fixture(scope="session")
def owners(cast: Cast) -> dict[str, Identity]:
    """Who holds keys here: the printer, the municipality's system, and we ourselves."""
    return {name: cast.mail(f"{name}@ks.example") for name in ("printer", "system", "us")}


@pytest.fixture
def peer(owners: dict[str, Identity]) -> Peer:
    return Peer(
        printer=owners["printer"],
        system=owners["system"],
        client=owners["us"],
        now=NOW,
        municipalities={number: list(districts) for number, districts in DISTRICTS.items()},
    )


@pytest.fixture
def site(peer: Peer, tls: ssl.SSLContext) -> Iterator[str]:
    """Where the peer answers."""
    with portal_peer.running(peer, tls) as site:
        yield site


@pytest.fixture
def organisation(owners: dict[str, Identity]) -> Organisation:
    return Organisation(certificate=owners["us"].certificate, key=owners["us"].key)


@pytest.fixture
def line(cast: Cast) -> Line:
    return Line(ca=cast.ca, wait=1)


@pytest.fixture
def client(site: str, organisation: Organisation, line: Line) -> Client:
    return Client(
        client_id=portal_peer.CLIENT,
        issuer=portal_peer.ISSUER,
        endpoint=f"{site}/token",
        organisation=organisation,
        line=line,
    )


@pytest.fixture
def fiks(site: str, client: Client, organisation: Organisation, line: Line) -> Fiks:
    """The channel, set up for the peer."""
    portal = Portal(
        root=site + portal_peer.API,
        organisation=portal_peer.ORGANISATION,
        integration=portal_peer.INTEGRATION,
        password=portal_peer.PASSWORD,
        maskinporten=client,
        tokens=Tokens(),
        line=line,
    )
    return Fiks(portal=portal, organisation=organisation)


@pytest.fixture
def envelope() -> Envelope:
    return Envelope(message_id=uuid.UUID(int=0xABCD << 112), address=GRANVIK, at=NOW, data=concern_message().data())


@pytest.fixture
def on_fiks(db: None, fiks: Fiks, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Message]:
    """Composes a concern report that goes through the portal."""
    monkeypatch.setattr(registry, "channel", lambda _: fiks)

    def make(municipality: str = GRANVIK, address: str | None = None) -> Message:
        return compose(
            CASE,
            About(obligation="b-4", recipient="child_welfare", municipality=municipality, because=2),
            receiver=Receiver(
                name="Barneverntjenesten i Granvik", address=address or municipality, channel=Channel.FIKS
            ),
            purpose="Bekymringsmelding",
            legal_basis=None,
            letter=LETTER,
            sealed_letter=b"sealed",
            data=pack({Channel.FIKS: concern_message(municipality).data()}),
            sealed_data=b"sealed data",
            by="nattevakt",
            now=NOW,
        )

    return make


LATER = NOW + timedelta(minutes=5)
