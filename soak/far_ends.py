"""The other end of a channel that takes a letter further: the tests' own peer, over real HTTP under TLS.

It has letters, says something of them afterwards, and forgets them. Its threads would not survive in a process that is
copied, so for the kills it runs in one of its own.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from typing import Any
from unittest.mock import patch

from django.db import connections

from delivery.contract.rigs import Rig
from delivery.eformidling import peer as point_peer
from delivery.fiks import portal_peer
from savnet.delivery import registry
from savnet.delivery.models import ChannelStatus, Message
from savnet.delivery.words import Meaning
from savnet.register.models import RecipientChannel
from savnet.rules.words import Channel
from soak.faulty.telling import BACKWARDS, FAILED, FAR_END, LATE, NEVER, TWICE
from soak.forks import fork, killed
from soak.house import House
from soak.receiving.channels_tell import cast_for_years, office_for, peer

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
Running = Callable[..., Any]


@dataclass(slots=True)
class ChannelEnd:
    """One channel's other end. `telling` is how it tells of the letter, unless it is told otherwise."""

    rig: Rig
    house: House
    forget: Callable[[], object]
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
        here = Message.objects.filter(attempts__channel=self.rig.name.value).exclude(statuses__name="soak").distinct()
        went_here, now = list(here), self.house.clock.now()
        had = [f"<{_whole(one, went_here)}@its-own>\t{self.rig.name}\t{BY_ITS_ID}\n" for one in self.rig.got()]
        self.forget()
        if self.way:
            self.way.delete()
        for message in went_here:
            ChannelStatus.objects.create(
                message=message, channel=self.rig.name, name="soak", meaning=Meaning.OPENED.value, at=now, read_at=now
            )
        return had


def _whole(reference: str, messages: Iterable[Message]) -> str:
    """The id of the message that has this reference; Fiks has room for the beginning of it alone."""
    return next((str(one.id) for one in messages if reference.startswith(one.short_id.lower())), reference)


@contextmanager
def leading_to(ends: Mapping[Channel, ChannelEnd]) -> Iterator[None]:
    """Let Savnet's channels lead to these ends."""
    real = registry.channel
    with patch.object(registry, "channel", lambda name: ends[name].rig.carrier if name in ends else real(name)):
        yield


@contextmanager
def peer_by(channel: Channel, house: House, running: Callable[[Running], Running]) -> Iterator[Rig]:
    """The channel and its peer, that is run otherwise; `running` is given how it is run."""
    module: Any = point_peer if channel is Channel.EFORMIDLING else portal_peer
    with ExitStack() as standing:
        with patch.object(module, "running", running(module.running)):  # only now: others are run by the same function
            rig = standing.enter_context(peer(channel, house))
        yield rig


def forget(memory: Any) -> None:
    """Let a peer forget all that has come to it."""
    for name in MEMORY:
        getattr(memory, name, []).clear()


@contextmanager
def apart(house: House, channels: Iterable[Channel] = tuple(DELIVERED)) -> Iterator[dict[Channel, ChannelEnd]]:
    """Each channel's other end in a process of its own, while they run; Savnet's channels lead there."""
    cast_for_years()  # made before the copies, for both sides must have the same keys
    connections.close_all()
    with ExitStack() as running:
        ends = {channel: running.enter_context(_apart(channel, house)) for channel in channels}
        running.enter_context(leading_to(ends))
        yield ends


@contextmanager
def _apart(channel: Channel, house: House) -> Iterator[ChannelEnd]:
    ours, theirs = Pipe()
    process = fork(lambda: _serve(channel, house, theirs))
    theirs.close()
    try:
        with peer_by(channel, house, partial(_elsewhere, ours.recv())) as rig:
            asked = {name: partial(_ask, ours, name) for name in ("got", "tell", "fails")}
            yield ChannelEnd(replace(rig, **asked), house, partial(_ask, ours, "forget"))
    finally:
        killed(process)


def _ask(line: Connection, what: str, *given: object) -> Any:
    line.send((what, given))
    return line.recv()


def _serve(channel: Channel, house: House, line: Connection) -> None:
    """The peer, in its own process: first its address, then an answer to each question, until it is killed."""
    seen: list[Any] = []
    with peer_by(channel, house, partial(_noting, seen)) as rig:
        ((memory, url),) = seen
        answers = {"got": rig.got, "tell": rig.tell, "fails": rig.fails, "forget": partial(forget, memory)}
        line.send(url)
        while True:
            what, given = line.recv()
            line.send(answers[what](*given))


def _noting(seen: list[Any], real: Running) -> Running:
    """The peer as it runs; notes what it remembers, and its address."""

    @contextmanager
    def running(*given: Any) -> Iterator[Any]:
        with real(*given) as what:
            seen.append(memory_and_address(what, given))
            yield what

    return running


def _elsewhere(url: str, _: Running) -> Running:
    """No peer, but the address of one that runs elsewhere."""

    @contextmanager
    def running(*given: Any) -> Iterator[Any]:
        if len(given) > 1:
            yield url
        else:
            point = point_peer.Integrasjonspunkt()
            point.url = url
            yield point

    return running


def memory_and_address(what: Any, given: tuple[Any, ...]) -> tuple[Any, str]:
    """What remembers the letters, and where it is: some peers are made before they run, and give an address alone."""
    return (given[0], what) if isinstance(what, str) else (what, what.url)
