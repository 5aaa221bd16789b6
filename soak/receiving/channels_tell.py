"""Channels that only take a letter further, and what they say of it later: doubled, late, ahead, in any order.

The peers are the tests' own, over real HTTP. None of their words is a receipt: not read, not confirmed, and not a word
that no specification knows, with a name in it.
"""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

from django.db import transaction
from django.utils import timezone

from savnet.casework import carrying
from savnet.delivery import registry
from savnet.delivery.channels.altinn.statuses import MEANINGS as ALTINN
from savnet.delivery.channels.eformidling.statuses import MEANINGS as EFORMIDLING
from savnet.delivery.channels.fiks.statuses import KNOWN as FIKS
from savnet.delivery.channels.svarut.statuses import MEANINGS as SVARUT
from savnet.delivery.models import ChannelStatus
from savnet.demo.authority import Identity, issue_for_mail, issue_for_server, new_authority
from savnet.register.models import Recipient, RecipientChannel
from savnet.rules.words import Channel
from savnet.rules.words import Recipient as Kind
from soak.house import House
from soak.receiving.letters import Sent, linked

sys.path.append(str(Path(__file__).resolve().parents[2] / "tests"))

from delivery.conftest import Cast  # found by what has just been put on the path
from delivery.contract.rigs import RIGS, Rig
from delivery.fiks.conftest import DISTRICTS
from delivery.mail_servers import tls_of

if TYPE_CHECKING:
    from soak.receiving.street import Street

NOT_IN_ANY_SPECIFICATION = ("BEKREFTET", "MOTTATT_AV_KARI_OPPDIKTET", "Received", "ACKNOWLEDGED", "KVITTERT", "")
WORDS: dict[Channel, tuple[str, ...]] = {
    Channel.EFORMIDLING: (*EFORMIDLING, *NOT_IN_ANY_SPECIFICATION),
    Channel.FIKS: (*sorted(FIKS), *NOT_IN_ANY_SPECIFICATION),
    Channel.SVARUT: (*SVARUT, *NOT_IN_ANY_SPECIFICATION),
    Channel.ALTINN: (*ALTINN, *NOT_IN_ANY_SPECIFICATION),
}
ABOUT = {Channel.ALTINN: ("d-1", Kind.KOR)}
"""Whose letter a channel takes, where it carries none to child welfare."""
CONCERN = ("b-4", Kind.CHILD_WELFARE)
LETTERS = 2
"""By each channel, at a time."""
MOST_TOLD = 40
"""Of one letter; then the next is sent."""
TWICE = 0.2
LATE_OR_AHEAD = (timedelta(0), timedelta(hours=-3), timedelta(days=-400), timedelta(hours=2))
YEARS = timedelta(days=3000)


@contextmanager
def telling(street: "Street") -> Iterator[Callable[[], None]]:
    """Letters by each channel; gives what lets one of the channels speak once."""
    with ExitStack() as running:
        rigs: dict[str, Rig] = {}
        real = registry.channel
        ours = patch.object(registry, "channel", lambda name: rigs[name].carrier if name in rigs else real(name))
        running.enter_context(ours)
        taken: dict[str, list[Sent]] = {}
        for channel in WORDS:
            rigs[channel] = running.enter_context(peer(channel, street.home))
            taken[channel] = [taken_by(street, channel, rigs[channel]) for _ in range(LETTERS)]
            street.silent += taken[channel]
        yield lambda: speak(street, *(lambda name: (rigs[name], taken[name]))(street.random.choice(list(rigs))))


@contextmanager
def peer(channel: Channel, home: House) -> Iterator[Rig]:
    """The other end. It goes by the run's clock, and its certificates hold for as long as that may go."""
    folder = home.folder / f"{channel}-{os.getpid()}"
    folder.mkdir()
    DISTRICTS.setdefault(str(home.centre.municipality_id), DISTRICTS["0001"])
    cast = cast_for_years()
    with RIGS[channel](cast, folder, tls_of(cast.server, folder)) as rig:
        rig.goes_by(home.clock.now)
        yield rig


@cache
def cast_for_years() -> Cast:
    """Those who run the peers. Keys take long to make: each is made once, for all the processes of a run."""
    begin = datetime.now(UTC) - timedelta(days=1)
    end = begin + YEARS
    authority = new_authority("Prøveutsteder", begin)
    key = issue_for_mail(authority, "x@ks.example", name="Prøve", valid_from=begin, valid_until=end)

    class Lasting(Cast):  # type: ignore[misc]  # the tests' own, and not typed for others
        def mail(self, address: str = "", **_: Any) -> Identity:
            return key

    server = issue_for_server(authority, ("localhost",), valid_from=begin, valid_until=end)
    return Lasting(authority=authority, stranger=authority, receiver=server, sender=server, server=server)


def office_for(channel: Channel, home: House) -> Recipient:
    """Whose letters it takes: child welfare where the children of the run live, or KOR."""
    kind = ABOUT.get(channel, CONCERN)[1]
    number = home.centre.municipality_id if kind is Kind.CHILD_WELFARE else ""
    return Recipient.objects.get(kind=kind.value, number=number, invented=True)


def taken_by(street: "Street", channel: Channel, rig: Rig) -> Sent:
    """A concern report that this channel has taken. What the office can take is nobody else's to see meanwhile."""
    office = office_for(channel, street.home)
    with transaction.atomic():
        address = office.number if channel is Channel.FIKS else rig.address
        way = RecipientChannel.objects.create(recipient=office, channel=channel.value, address=address, order=0)
        message = street.composed()[ABOUT.get(channel, CONCERN)[0]]
        way.delete()
    carrying.carry(message.id, now=timezone.now())
    street.tally.letters += 1
    if message.channel != channel or not message.attempts.filter(channel=channel.value).exists():
        raise RuntimeError(f"{channel} did not take the letter, which went by {message.channel}.")
    return linked(message, timezone.now())


def speak(street: "Street", rig: Rig, letters: list[Sent]) -> None:
    """The channel says several things of its letters, and one of them is asked about, as the worker does."""
    now, random = timezone.now(), street.random
    one = random.choice(letters)
    words = random.choices(WORDS[rig.name], k=random.randint(3, 8))
    for word in (*words, words[0]):
        rig.tell(str(one.id), word, now + random.choice(LATE_OR_AHEAD))
    street.tally.not_read += not _asked(one, now, words[0])
    if random.random() < TWICE:
        carrying.carry(one.id, now=now)
    street.tried(f"status of {rig.name}", len(words) + 1)
    if ChannelStatus.objects.filter(message_id=one.id).count() > MOST_TOLD:
        letters[letters.index(one)] = fresh = taken_by(street, rig.name, rig)
        street.silent.append(fresh)


def _asked(one: Sent, now: datetime, said_last: str) -> bool:
    """Ask as the worker does. Whether what the channel said is read, so far as it can be seen.

    SvarUt tells the last word alone: one that it has said before, or an empty one, is no news.
    """
    known = ChannelStatus.objects.filter(message_id=one.id)
    before = set(known.values_list("id", "name"))
    carrying.carry(one.id, now=now)
    no_news = not said_last or said_last in {name for _, name in before}
    return no_news or known.count() > len(before)
