"""By which way a notice goes: the best the receiver can take and the law allows; never weaker, and never silently."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from savnet.delivery import registry
from savnet.delivery.certificates import newest_certificate
from savnet.delivery.channel import CannotSend, Envelope
from savnet.delivery.models import Message
from savnet.register.models import Centre
from savnet.register.resolution import Resolution
from savnet.rules import Obligation
from savnet.rules.words import Channel, Recipient

SYSTEMS = frozenset({Recipient.SESAM, Recipient.DUF, Recipient.PERSONAL_FILE})
WIRED = frozenset({Channel.ENCRYPTED_EMAIL})
"""Channels that the worker carries; all others are a person's hands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """The way of one notice. `channel` carries it, `counts_as` is what the circular calls it.

    `hindrance` says why it does not go by encrypted e-mail, where one might expect that it did.
    """

    channel: Channel
    counts_as: Channel
    address: str = ""
    hindrance: str = ""

    @property
    def wired(self) -> bool:
        """Whether it goes by itself once sent; else somebody carries it."""
        return self.channel in WIRED


def route(obligation: Obligation, resolution: Resolution, centre: Centre, now: datetime) -> Route:
    """The way this notice goes to this receiver."""
    if obligation.recipient in SYSTEMS:
        return Route(channel=Channel.SYSTEM, counts_as=Channel.SYSTEM)
    if obligation.id == "c-1":
        return Route(channel=Channel.PHONE, counts_as=Channel.PHONE, address=resolution.phone)
    if obligation.recipient is Recipient.POLICE_DISTRICT and obligation.id == "a-1":
        return _to_the_police(resolution, centre, now)
    email, hindrance = _email(resolution, now)
    if email:
        return Route(channel=Channel.ENCRYPTED_EMAIL, counts_as=Channel.ENCRYPTED_EMAIL, address=email)
    return Route(channel=Channel.POST, counts_as=Channel.POST, address=resolution.address, hindrance=hindrance)


def _to_the_police(resolution: Resolution, centre: Centre, now: datetime) -> Route:
    """In person, unless the centre and the police have agreed on another way (a-1)."""
    if not centre.police_agreement:
        return Route(channel=Channel.IN_PERSON, counts_as=Channel.IN_PERSON, address=resolution.address)
    email, hindrance = _email(resolution, now)
    if email:
        return Route(channel=Channel.ENCRYPTED_EMAIL, counts_as=Channel.AGREED_CHANNEL, address=email)
    return Route(
        channel=Channel.IN_PERSON, counts_as=Channel.IN_PERSON, address=resolution.address, hindrance=hindrance
    )


def _email(resolution: Resolution, now: datetime) -> tuple[str, str]:
    """The address that encrypted e-mail can go to; or none, and why."""
    way = resolution.way(Channel.ENCRYPTED_EMAIL)
    address = way.address if way else resolution.email
    if not address:
        return "", "Mottakeren har ingen adresse for kryptert e-post."
    envelope = Envelope(message_id=uuid.uuid4(), address=address, at=now, certificate=newest_certificate(address, now))
    try:
        registry.channel(Channel.ENCRYPTED_EMAIL).check(envelope)
    except CannotSend as cannot:
        return "", cannot.reason
    return address, ""


def ledger_channel(message: Message, went_by: str | None = None) -> Channel:
    """What the circular calls the way this message goes (or went): mail to the police is the channel agreed on."""
    channel = Channel(went_by or message.channel)
    return Channel.AGREED_CHANNEL if message.obligation == "a-1" and channel in WIRED else channel


def paper_channel(message: Message) -> Channel:
    """The way on paper where the wire fails: across the desk for the police report, by post for the rest."""
    return Channel.IN_PERSON if message.obligation == "a-1" else Channel.POST
