"""A letter that does not get through goes another way: the next channel that may carry it, else a person's hands.

A way that failed is never taken again, and each change is a row that says from where, to where, and why. Whom it
concerns is told where the next way does not seal the letter as the one before did.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from savnet.access.models import Person
from savnet.casework.beside import Beside
from savnet.casework.case_at_hand import CaseAtHand, at_hand
from savnet.casework.concerned import tell_of_failure
from savnet.casework.holding_back import key_of
from savnet.casework.kept import data_bytes
from savnet.casework.plan import resolution_for
from savnet.casework.routes import Candidate, candidates, open_ones
from savnet.casework.ways import UNSEALED, WIRED, paper_channel
from savnet.delivery.beside import unpack
from savnet.delivery.composing import reroute
from savnet.delivery.models import Message
from savnet.register.resolution import NoRecipient, Resolution
from savnet.rules.words import Channel


def go_another_way(message: Message, *, why: str, by: Person, now: datetime) -> bool:
    """Let the letter go the next way that is open, or on paper where none is. False where it had left this way."""
    case = at_hand(message.case_id, now)
    return go_on_by(case, message, still_open(case, message), why=why, by=by)


def go_on_by(case: CaseAtHand, message: Message, ways: Iterable[Candidate], *, why: str, by: Person) -> bool:
    """Let the letter go by the first of these ways, or on paper where there are none. False as above."""
    way = next(iter(ways), None)
    channel = way.channel if way else paper_channel(message)
    address = way.address if way else _postal_address(case, message)
    sealed = message.channel not in UNSEALED
    with transaction.atomic():
        moved = _change(message, channel, address, why=why, by=by, now=case.now)
        if moved and sealed and channel in UNSEALED:
            tell_of_failure(message, now=case.now)
    return moved


def go_on_paper(message: Message, *, why: str, by: Person, now: datetime) -> None:
    """Let the letter go on paper instead; a person sees it among what is to be carried, with the reason."""
    go_on_by(at_hand(message.case_id, now), message, (), why=why, by=by)


def still_open(case: CaseAtHand, message: Message) -> tuple[Candidate, ...]:
    """The ways by wire that this message has not tried, and that can carry it now; the best first."""
    resolution, obligation = _resolution(case, message), case.obligation(key_of(message))
    if resolution is None or obligation is None:
        return ()
    beside = Beside(parts=unpack(data_bytes(message)), unfit={})
    found = candidates(obligation, resolution, case.resident.centre, case.now, beside=beside)
    left = _ways_left(message)
    return tuple(one for one in open_ones(found) if (one.channel.value, one.address) not in left)


def _ways_left(message: Message) -> set[tuple[str, str]]:
    """The ways that this message has come away from, and the one it is on."""
    gone = {(one.from_channel, one.from_address) for one in message.reroutings.all()}
    tried = {(one.channel, one.address) for one in message.attempts.all()}
    return gone | tried | {(message.channel, message.address)}


def _change(message: Message, channel: Channel, address: str, *, why: str, by: Person, now: datetime) -> bool:
    with transaction.atomic():
        fresh = Message.objects.select_for_update().defer("sealed_letter", "sealed_data").get(id=message.id)
        changes = fresh.channel in WIRED and (fresh.channel, fresh.address) == (message.channel, message.address)
        if changes:
            reroute(message.id, channel, address=address[:400], why=why[:400], by=str(by.pk), now=now)
    message.refresh_from_db(fields=["channel", "address"])
    return changes


def _resolution(case: CaseAtHand, message: Message) -> Resolution | None:
    obligation = case.obligation(key_of(message))
    try:
        return resolution_for(case, obligation) if obligation else None
    except NoRecipient:
        return None


def _postal_address(case: CaseAtHand, message: Message) -> str:
    """Where none is known, whoever carries it finds the address as printed on the letter."""
    resolution = _resolution(case, message)
    return resolution.address if resolution else ""
