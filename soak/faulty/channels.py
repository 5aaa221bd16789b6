"""A channel that takes a letter further, behind a line that can fail: the tests' own peers, over real HTTP under TLS.

The peer stands behind a proxy; what it says afterwards is said late, twice, in the wrong order, or never.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from unittest.mock import patch
from urllib.parse import urlsplit

from delivery.contract.rigs import Rig
from delivery.eformidling import peer as point_peer
from delivery.fiks import portal_peer
from savnet.delivery import registry
from savnet.delivery.models import ChannelStatus, Message
from savnet.delivery.words import Meaning
from savnet.register.models import RecipientChannel
from savnet.rules.words import Channel
from soak.faulty.telling import BACKWARDS, FAILED, FAR_END, LATE, NEVER, TWICE
from soak.house import House
from soak.proxy import Proxy
from soak.receiving.channels_tell import office_for, peer

DELIVERED: Mapping[Channel, str] = {
    Channel.EFORMIDLING: "LEVERT",
    Channel.FIKS: "LEVERT",
    Channel.SVARUT: "SENDT_DIGITALT",
    Channel.ALTINN: "Published",
}
MEMORY = ("sent", "messages", "statuses", "handed_in", "histories", "shipments", "stands", "letters", "faults", "asked")
"""What peers remember of letters; each has some of it."""
BY_ITS_ID = 99
"""These channels know a repeat by the message id; the ledger of arrivals wants a number."""


@dataclass(slots=True)
class ChannelEnd:
    """One channel's other end. `telling` is how it tells of the letter, unless it is told otherwise."""

    rig: Rig
    proxy: Proxy
    house: House
    memory: Any = None
    telling: str = ""
    told: set[str] = field(default_factory=set)
    first_had: dict[str, datetime] = field(default_factory=dict)
    way: RecipientChannel | None = None

    def begin(self) -> None:
        """The office takes letters by this channel, before all others."""
        office = office_for(self.rig.name, self.house)
        address = office.number if self.rig.name is Channel.FIKS else self.rig.address
        self.way = RecipientChannel.objects.create(
            recipient=office, channel=self.rig.name.value, address=address, order=0
        )
        self.telling, self.told, self.first_had = "", set(), {}

    def will(self, place: str, what: str) -> None:
        """How it answers at its next chance, or tells of the letter."""
        if place == FAR_END:
            self.rig.fails(what)
        else:
            self.telling = what

    def struck(self) -> int:
        """Whether it has had a letter of which it tells otherwise than it should."""
        return int(bool(self.telling and self.first_had))

    def a_minute(self) -> None:
        """What it says of the letters that have come to it."""
        now = self.house.clock.now()
        self.rig.clock(now)
        for number in self.rig.got():
            self.first_had.setdefault(number, now)
            late = timedelta(hours=1) if self.telling == LATE else timedelta(0)
            if number not in self.told and self.telling != NEVER and now >= self.first_had[number] + late:
                self.told.add(number)
                self._tell(number, now)

    def _tell(self, number: str, now: datetime) -> None:
        tell, (_, failed) = self.rig.tell, self.rig.words
        if tell is None:
            return
        if self.telling == FAILED:
            tell(number, failed, now)
            return
        if self.telling == BACKWARDS:
            tell(number, DELIVERED[self.rig.name], now)
            tell(number, "SENDT", now - timedelta(minutes=5))
            return
        for _ in range(2 if self.telling == TWICE else 1):
            tell(number, DELIVERED[self.rig.name], now)

    def end(self) -> list[str]:
        """What it had, as lines of the receiver's ledger; then it forgets, and nobody asks it about them any more."""
        had = [f"<{number}@its-own>\t{self.rig.name}\t{BY_ITS_ID}\n" for number in self.rig.got()]
        for name in MEMORY:
            getattr(self.memory, name, []).clear()
        if self.way:
            self.way.delete()
        now = self.house.clock.now()
        went_here = Message.objects.filter(attempts__channel=self.rig.name.value)
        for message in went_here.exclude(statuses__name="soak").distinct():
            ChannelStatus.objects.create(
                message=message, channel=self.rig.name, name="soak", meaning=Meaning.OPENED.value, at=now, read_at=now
            )
        return had


@contextmanager
def far_ends(house: House, proxies: Mapping[Channel, Proxy]) -> Iterator[dict[Channel, ChannelEnd]]:
    """The other end of each channel, behind its proxy, while they run; Savnet's channels lead there."""
    ends: dict[Channel, ChannelEnd] = {}
    real = registry.channel
    with ExitStack() as running:
        for channel, proxy in proxies.items():
            ends[channel] = running.enter_context(_far_end(channel, proxy, house))
        ours = patch.object(registry, "channel", lambda name: ends[name].rig.carrier if name in ends else real(name))
        running.enter_context(ours)
        yield ends


@contextmanager
def _far_end(channel: Channel, proxy: Proxy, house: House) -> Iterator[ChannelEnd]:
    seen: list[Any] = []
    module: Any = point_peer if channel is Channel.EFORMIDLING else portal_peer
    with patch.object(module, "running", _behind(proxy, module.running, seen)), peer(channel, house) as rig:
        yield ChannelEnd(rig, proxy, house, memory=seen[0])


def _behind(proxy: Proxy, real: Callable[..., Any], seen: list[Any]) -> Callable[..., Any]:
    """The peer as it runs, but for its address, which is the proxy's."""

    @contextmanager
    def running(*given: Any) -> Iterator[Any]:
        with real(*given) as what:
            url = what if isinstance(what, str) else what.url
            proxy.lead(("127.0.0.1", urlsplit(url).port or 443))
            seen.append(given[0] if isinstance(what, str) else what)
            proxied = f"https://localhost:{proxy.port}"
            if isinstance(what, str):
                yield proxied
            else:
                what.url = proxied
                yield what

    return running
