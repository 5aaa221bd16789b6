"""Each channel beside its peer, so that the same may be asked of all: what the receiver has, what goes wrong."""

import ssl
import uuid
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from delivery.altinn import peer as altinn_peer
from delivery.conftest import CWS, NOW, SENDER, Cast
from delivery.eformidling import peer as point_peer
from delivery.eformidling.conftest import NOTICE, OURS, THEIRS
from delivery.fiks import portal_peer
from delivery.fiks.conftest import DISTRICTS, GRANVIK, concern_message
from delivery.mail_servers import DropsAt, HangsAt, Mailbox, Postroom, running
from delivery.svarut import peer as svarut_peer
from savnet.delivery.bearer import Bearer
from savnet.delivery.channel import Channel as Carrier
from savnet.delivery.channels.altinn import channel as altinn
from savnet.delivery.channels.altinn.service import Service as AltinnService
from savnet.delivery.channels.eformidling.access_point import AccessPoint
from savnet.delivery.channels.eformidling.channel import EFormidling
from savnet.delivery.channels.encrypted_email.channel import EncryptedEmail
from savnet.delivery.channels.encrypted_email.mail import Signer
from savnet.delivery.channels.fiks.channel import Fiks
from savnet.delivery.channels.fiks.portal import Portal
from savnet.delivery.channels.svarut.channel import SvarUt
from savnet.delivery.channels.svarut.cover import Cover
from savnet.delivery.channels.svarut.service import Service as SvarUtService
from savnet.delivery.maskinporten import Client, Organisation, Tokens
from savnet.delivery.web_call import Line
from savnet.demo.authority import Identity
from savnet.rules.words import Channel

Clock = Callable[[], datetime]


@dataclass
class Rig:
    """A channel and its peer. `got` tells under which references the receiver has letters, doubled where it has two."""

    name: Channel
    address: str
    carrier: Carrier
    fails: Callable[[str], None]
    got: Callable[[], list[str]]
    outside: Callable[[], bytes]
    tell: Callable[[str, str, datetime], None] | None = None
    clock: Callable[[datetime], None] = lambda at: None
    goes_by: Callable[[Clock], None] = lambda clock: None
    data: bytes | None = None
    words: tuple[str, str] = ("", "")
    """What the peer says of a letter that is delivered, and of one that failed."""


@contextmanager
def encrypted_email(cast: Cast, folder: Path, tls: ssl.SSLContext | None) -> Iterator[Rig]:
    handler = Switching()
    with running(Postroom(handler, tls=tls), cast.ca) as server:
        signer = Signer(certificate=cast.sender.certificate, key=cast.sender.key)
        carrier = EncryptedEmail(server=server, sender=SENDER, signer=signer, trusted=[cast.authority.certificate])
        yield Rig(
            name=Channel.ENCRYPTED_EMAIL,
            address=CWS,
            carrier=carrier,
            fails=handler.fails,
            got=lambda: [_reference(mail) for mail in handler.mails],
            outside=lambda: b"".join(handler.mails) + repr(handler.said).encode(),
        )


def _reference(mail: bytes) -> str:
    head = mail.decode("ascii", "replace").lower()
    return head.partition("message-id: <")[2].partition("@")[0]


class Switching(Mailbox):
    """A mail server whose next fault is chosen by the test."""

    def __init__(self) -> None:
        super().__init__()
        self.fault = ""
        self.said: list[Any] = []

    def fails(self, how: str) -> None:
        self.fault = how

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        self.said.append((envelope.mail_from, envelope.mail_options, address, options))
        fault, self.fault = self.fault, self.fault if self.fault == "breaks after" else ""
        if fault == "hangs before":
            return await HangsAt("RCPT").hang()
        if fault == "breaks before":
            return await DropsAt("RCPT").drop(server)
        if fault in {"refuses", "refuses for now"}:
            return "550 5.1.1 no" if fault == "refuses" else "451 4.7.1 later"
        envelope.rcpt_tos.append(address)
        return "250 ok"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        answer = await super().handle_DATA(server, session, envelope)
        if self.fault == "breaks after":
            self.fault = ""
            server.transport.abort()
        return answer


@contextmanager
def eformidling(cast: Cast, folder: Path, tls: ssl.SSLContext) -> Iterator[Rig]:
    how = {"refuses": "400", "refuses for now": "503", "breaks before": "drop", "breaks after": "drop after",
           "hangs before": "hang"}  # fmt: skip
    with point_peer.running(tls) as point:
        point.receiver(THEIRS, point_peer.CONFIDENTIAL)
        point.now = NOW
        line = Line(ca=cast.ca, wait=0.5, longest=2)
        access = AccessPoint(url=point.url, user=point_peer.USER, password=point_peer.PASSWORD, line=line)
        yield Rig(
            name=Channel.EFORMIDLING,
            address=THEIRS,
            carrier=EFormidling(access_point=access, sender=OURS, lifetime=timedelta(hours=2)),
            fails=lambda fault: point.fails("send" if fault == "breaks after" else "create", how[fault]),
            got=lambda: [number for number, _ in point.sent],
            # The files go inside the package; all else can be read by whoever carries it.
            outside=lambda: repr(
                [(one.path, one.query, one.headers, one.body if one.method == "POST" else b"") for one in point.asked]
            ).encode(),
            goes_by=lambda clock: setattr(point, "clock", clock),
            tell=lambda number, status, at: point.tell(number, status, after=at - point.time()),
            data=NOTICE.write(),
            words=("LEVERT", "FEIL"),
        )


def _client(site: str, us: Identity, line: Line) -> Client:
    organisation = Organisation(certificate=us.certificate, key=us.key)
    return Client(
        client_id=portal_peer.CLIENT,
        issuer=portal_peer.ISSUER,
        endpoint=f"{site}/token",
        organisation=organisation,
        line=line,
    )


def _faulty(peer: portal_peer.Peer, path: str) -> Callable[[str], None]:
    def fails(fault: str) -> None:
        how = {"refuses": ("answer", 400), "refuses for now": ("answer", 503), "breaks before": ("drop", 0)}
        if fault == "breaks after":
            peer.faults.append(portal_peer.Fault(path, "drop", after=True))
        elif fault == "hangs before":
            peer.faults.append(portal_peer.Fault("/token", "hang"))
        else:
            # Before the message leaves: where a line breaks there, nothing is lost.
            there = "/token" if fault == "breaks before" else path
            kind, status = how[fault]
            peer.faults.append(portal_peer.Fault(there, kind, status, body=b'{"message":"noe om Zzyzx"}'))

    return fails


def _in_the_text(one: portal_peer.HandedIn) -> str:
    """The portal has no field for our reference: it stands in the text."""
    return str(one.form["melding"]["melding"]).lower().partition("referansen vår: ")[2]


def _each(happens: Callable[..., None], numbers: Iterable[uuid.UUID], status: str, at: str) -> None:
    for number in numbers:
        happens(number, status, at)


def _visible(peer: portal_peer.Peer) -> bytes:
    return repr(peer.asked).encode() + b"".join(peer.bodies)


@contextmanager
def fiks(cast: Cast, folder: Path, tls: ssl.SSLContext) -> Iterator[Rig]:
    owners = {name: cast.mail(f"{name}@ks.example") for name in ("printer", "system", "us")}
    peer = portal_peer.Peer(owners["printer"], owners["system"], owners["us"], NOW, dict(DISTRICTS))
    with portal_peer.running(peer, tls) as site:
        line = Line(ca=cast.ca, wait=0.5, longest=2)
        client = _client(site, owners["us"], line)
        portal = Portal(
            root=site + portal_peer.API,
            organisation=portal_peer.ORGANISATION,
            integration=portal_peer.INTEGRATION,
            password=portal_peer.PASSWORD,
            maskinporten=client,
            tokens=Tokens(),
            line=line,
        )
        yield Rig(
            name=Channel.FIKS,
            address=GRANVIK,
            carrier=Fiks(portal=portal, organisation=client.organisation),
            fails=_faulty(peer, "/offentlig"),
            got=lambda: [_in_the_text(one) for one in peer.received],
            outside=lambda: _visible(peer),
            clock=lambda at: setattr(peer, "now", at),
            goes_by=lambda clock: setattr(peer, "clock", clock),
            tell=lambda _, status, at: _each(peer.happens, peer.histories, status, f"{at:%Y-%m-%dT%H:%M:%S}+00:00"),
            data=concern_message().data(),
            words=("LEVERT", "AVVIST_FAGSYSTEM"),
        )


@contextmanager
def svarut(cast: Cast, folder: Path, tls: ssl.SSLContext) -> Iterator[Rig]:
    owners = {name: cast.mail(f"{name}@ks.example") for name in ("system", "us")}
    peer = svarut_peer.Peer(owners["system"], owners["system"], owners["us"], NOW)
    with portal_peer.running(peer, tls) as site:
        line = Line(ca=cast.ca, wait=0.5, longest=2)
        identified = {"IntegrasjonId": portal_peer.INTEGRATION, "IntegrasjonPassord": portal_peer.PASSWORD}
        bearer = Bearer(
            client=_client(site, owners["us"], line), tokens=Tokens(), scope="ks:fiks", line=line, headers=identified
        )
        service = SvarUtService(root=f"{site}/svarut/api/v2", account=svarut_peer.ACCOUNT, bearer=bearer)
        yield Rig(
            name=Channel.SVARUT,
            address=THEIRS,
            carrier=SvarUt(service=service, key=owners["system"].certificate),
            fails=_faulty(peer, "/forsendelser"),
            got=lambda: [one.told["eksternReferanse"] for one in peer.shipments.values()],
            outside=lambda: _visible(peer),
            clock=lambda at: setattr(peer, "now", at),
            goes_by=lambda clock: setattr(peer, "clock", clock),
            tell=lambda _, status, at: _each(peer.tell, peer.shipments, status, at.isoformat()),
            data=Cover(receiver="Barneverntjenesten i Granvik", address=("Postboks 1", "0000 Granvik")).write(),
            words=("SENDT_DIGITALT", "IKKE_LEVERT"),
        )


@contextmanager
def altinn_correspondence(cast: Cast, folder: Path, tls: ssl.SSLContext) -> Iterator[Rig]:
    us = cast.mail("us@altinn.example")
    peer = altinn_peer.Peer(us, us, us, NOW, scope=altinn.SCOPE)
    with portal_peer.running(peer, tls) as site:
        line = Line(ca=cast.ca, wait=0.5, longest=2)
        bearer = Bearer(
            client=_client(site, us, line),
            tokens=Tokens(),
            scope=altinn.SCOPE,
            line=line,
            exchange=f"{site}/{altinn.EXCHANGE}",
        )
        service = AltinnService(root=site, resource=altinn_peer.RESOURCE, bearer=bearer)
        yield Rig(
            name=Channel.ALTINN,
            address=THEIRS,
            carrier=altinn.Altinn(service=service),
            fails=_faulty(peer, "/upload"),
            got=lambda: [one.told["idempotentKey"] for one in peer.letters.values()],
            clock=lambda at: setattr(peer, "now", at),
            goes_by=lambda clock: setattr(peer, "clock", clock),
            outside=lambda: repr([peer.asked, [one.told for one in peer.letters.values()]]).encode(),
            tell=lambda _, status, at: _each(peer.tell, peer.letters, status, at.isoformat()),
            words=("Published", "Failed"),
        )


RIGS = {
    Channel.ENCRYPTED_EMAIL: encrypted_email,
    Channel.EFORMIDLING: eformidling,
    Channel.FIKS: fiks,
    Channel.SVARUT: svarut,
    Channel.ALTINN: altinn_correspondence,
}
