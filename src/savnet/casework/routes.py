"""By which way a notice goes: the best the receiver can take and the law allows; never weaker, and never silently."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_noop

from savnet.casework.beside import Beside
from savnet.casework.ways import POLICE_REPORT, WIRED, Ways, ledger_channel, paper_channel, ways_for
from savnet.delivery import registry
from savnet.delivery.certificates import newest_certificate
from savnet.delivery.channel import CannotSend, Envelope
from savnet.delivery.words import Hindrance
from savnet.register.addresses import EXERCISE_ADDRESS
from savnet.register.models import Centre
from savnet.register.resolution import Resolution, Way
from savnet.rules import Obligation
from savnet.rules.words import Channel, Recipient

__all__ = ["WIRED", "Candidate", "Route", "candidates", "ledger_channel", "open_ones", "paper_channel", "route"]

SYSTEMS = frozenset({Recipient.SESAM, Recipient.DUF, Recipient.PERSONAL_FILE})
NO_ADDRESS = gettext_noop("Mottakeren har ingen adresse for kryptert e-post.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """The way of one notice. `channel` carries it, `counts_as` is what the circular calls it.

    `hindrance` says why it does not go by a better way, where one might expect that it did.
    """

    channel: Channel
    counts_as: Channel
    address: str = ""
    hindrance: str = ""

    @property
    def wired(self) -> bool:
        """Whether it goes by itself once sent; else somebody carries it."""
        return self.channel in WIRED


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A way by wire that the law allows and the receiver has; `hindrance` says why it can't be used now."""

    channel: Channel
    address: str
    hindrance: str = ""


def route(obligation: Obligation, resolution: Resolution, centre: Centre, now: datetime) -> Route:
    """The way this notice goes to this receiver: the first that is open, else a person's hands."""
    if obligation.recipient in SYSTEMS:
        return Route(channel=Channel.SYSTEM, counts_as=Channel.SYSTEM)
    if obligation.id == "c-1":
        return Route(channel=Channel.PHONE, counts_as=Channel.PHONE, address=resolution.phone)
    ways = ways_for(obligation.id, obligation.recipient)
    if ways.when_agreed and not _agreed(obligation, centre):
        return Route(channel=ways.by_hand, counts_as=ways.by_hand, address=resolution.address)
    found = candidates(obligation, resolution, centre, now)
    better = next((one.hindrance for one in found if one.hindrance), "")
    for one in found:
        if not one.hindrance:
            counts_as = Channel.AGREED_CHANNEL if obligation.id == POLICE_REPORT else one.channel
            return Route(channel=one.channel, counts_as=counts_as, address=one.address, hindrance=better)
    return Route(
        channel=ways.by_hand, counts_as=ways.by_hand, address=resolution.address, hindrance=better or NO_ADDRESS
    )


def candidates(
    obligation: Obligation,
    resolution: Resolution,
    centre: Centre,
    now: datetime,
    *,
    beside: Beside | None = None,
) -> tuple[Candidate, ...]:
    """Every way by wire that the law allows and the receiver has, the one to try first being first.

    With `beside`, what the letter was composed with is looked at too: a channel that needs more can't be used.
    """
    ways = ways_for(obligation.id, obligation.recipient)
    if ways.when_agreed and not _agreed(obligation, centre):
        return ()
    return tuple(_candidate(way, now, beside) for way in _in_order(resolution, ways))


def _agreed(obligation: Obligation, centre: Centre) -> bool:
    """Whether the centre has agreed on a channel with the police who are to have it: its own, and no other district."""
    return bool(centre.police_agreement) and obligation.municipality in {None, centre.municipality_id}


def open_ones(found: tuple[Candidate, ...]) -> Iterator[Candidate]:
    """Those that can be used now."""
    return (one for one in found if not one.hindrance)


def _in_order(resolution: Resolution, ways: Ways) -> list[Way]:
    """The receiver's own order first, then the table's."""
    known = [way for way in _known(resolution) if way.channel in ways.by_wire]
    return sorted(known, key=lambda way: (way.order, ways.by_wire.index(way.channel)))


def _known(resolution: Resolution) -> Iterator[Way]:
    yield from (way for way in resolution.channels if way.address)
    if resolution.email and resolution.way(Channel.ENCRYPTED_EMAIL) is None:
        yield Way(channel=Channel.ENCRYPTED_EMAIL, address=resolution.email)


def _candidate(way: Way, now: datetime, beside: Beside | None) -> Candidate:
    if way.address == EXERCISE_ADDRESS:
        return Candidate(channel=way.channel, address=way.address)  # it goes into the tray, which takes everything
    hindrance = beside.unfit.get(way.channel, "") if beside else ""
    envelope = Envelope(
        message_id=uuid.uuid4(),
        address=way.address,
        at=now,
        certificate=newest_certificate(way.address, now),
        data=beside.parts.get(way.channel) if beside else None,
    )
    try:
        registry.channel(way.channel).check(envelope)
    except CannotSend as cannot:
        # Before the letter is written there is nothing beside it yet: the address was fine, and that was the question.
        if beside is not None or cannot.hindrance is not Hindrance.NO_DATA:
            hindrance = hindrance or cannot.reason
    return Candidate(channel=way.channel, address=way.address, hindrance=hindrance)
