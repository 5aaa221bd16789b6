"""A receiver says that a notice belongs to somebody else: it stands, and the right receiver gets one of its own.

Where the receiver says which municipality it belongs to, it goes there at once; else a person finds out. Any notice can
be declined, and none that is becomes a receipt by it; word of the return goes no further, for it is for those told.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext

from savnet.access.models import Person
from savnet.cases import ledger
from savnet.casework.case_at_hand import CaseAtHand, Key, at_hand, up_to_date
from savnet.casework.errors import CaseworkError, NothingOwed, NotReady
from savnet.casework.sending import send
from savnet.delivery.models import Message, Receipt
from savnet.policy.receipts import OF_OFFICES, SENT_ON
from savnet.register.models import Municipality
from savnet.register.resolution import NoRecipient
from savnet.register.routing import resolve
from savnet.rules.events import DisappearanceBelieved, Event, NotTheirs, RightReceiverNamed
from savnet.rules.time import norwegian_day
from savnet.rules.words import Actor, ObligationState, Recipient

SENT_ON_ANEW = frozenset({"a-1", "b-4", "b-8"})
"""What the disappearance itself makes due: it goes on to the right office as a report of its own."""


def record_not_theirs(message: Message, *, by_name: str, why: str, at: datetime, by: Person, now: datetime) -> int:
    """Record that a named person at the receiver says so. Returns the number of the event; said twice, it is one."""
    with ledger.hold(message.case_id):
        known = _said(at_hand(message.case_id, now), message)
        if known:
            return known.number
        said = NotTheirs(
            at=at,
            by=by_name.strip(),
            obligation=message.obligation,
            recipient=Recipient(message.recipient),
            municipality=message.municipality,
            because=message.because,
            message=str(message.id),
            why=why.strip() or None,
        )
        ledger.record(message.case_id, said, by=by, now=now)
        found = _said(at_hand(message.case_id, now), message)
        return found.number if found else 0


def _said(case: CaseAtHand, message: Message) -> NotTheirs | None:
    said = (one for one in case.happened if isinstance(one, NotTheirs) and one.message == str(message.id))
    return next(said, None)


def whose(said: NotTheirs) -> Actor:
    """Who sent what is declined, and is to find out whose it is."""
    return OF_OFFICES.get(said.obligation, Actor.CENTRE)


def name_right_receiver(
    case_id: UUID, number: int, municipality: str, *, why: str, by: Person, now: datetime
) -> list[Message]:
    """Say which municipality's office is to have it, and send it there at once if nothing in it is blank.

    Raises NothingOwed where nobody has said that it was not theirs, or the right one is found already; CaseworkError
    where those there have sent it back themselves.
    """
    with ledger.hold(case_id):
        case = up_to_date(case_id, by=by, now=now)
        declined = next((one for one in awaiting(case.happened) if one.number == number), None)
        if declined is None:
            raise NothingOwed(gettext("Rett mottaker er allerede funnet. Last inn siden på nytt."))
        _refuse_same(case, declined, municipality)
        named = RightReceiverNamed(
            at=now,
            by=by.name,
            instead_of=number,
            obligation=declined.obligation,
            municipality=municipality,
            because=declined.because,
            why=why.strip() or None,
        )
        derivation = ledger.record(case_id, named, by=by, now=now)
        keys = [
            one.key
            for one in derivation.obligations
            if one.state is ObligationState.OPEN
            and one.recipient is declined.recipient
            and one.municipality == municipality
        ]
        return _send_at_once(case_id, keys, by=by, now=now, actor=whose(declined)) if keys else []


def _send_at_once(case_id: UUID, keys: list[Key], *, by: Person, now: datetime, actor: Actor) -> list[Message]:
    """What can't be written yet stays owed, and a person sees what is blank when she comes to send it."""
    try:
        with transaction.atomic():
            return send(case_id, by=by, now=now, only=keys, actor=actor)
    except NotReady:
        return []


def _refuse_same(case: CaseAtHand, declined: NotTheirs, municipality: str) -> None:
    if not Municipality.objects.filter(number=municipality).exists():
        raise CaseworkError(gettext("Velg en kommune fra listen."), field="municipality")
    if _is_same(case, declined, municipality):
        raise CaseworkError(gettext("Det er den som svarte at den ikke er deres. Velg en annen."), field="municipality")
    if any(_is_same(case, one, municipality) for one in _others_who_declined(case, declined)):
        raise CaseworkError(
            gettext("Der har de også svart at den ikke er deres. Ring begge, og finn ut hvem som skal ha den."),
            field="municipality",
        )


def _others_who_declined(case: CaseAtHand, declined: NotTheirs) -> Iterator[NotTheirs]:
    """Who else has sent the same back since the child was missed, and has not confirmed it after all.

    Two offices that each name the other would else leave the notice with nobody.
    """
    missed = [one.number for one in case.happened if isinstance(one, DisappearanceBelieved)]
    since = max((number for number in missed if number < declined.number), default=0)
    said = (one for one in case.happened if isinstance(one, NotTheirs) and one.number > since)
    for one in said:
        if one.number != declined.number and _is_the_same_matter(one, declined) and not _confirmed(one):
            yield one


def _is_the_same_matter(one: NotTheirs, other: NotTheirs) -> bool:
    """A report of the disappearance goes on as a report of its own; one of a concern keeps what it arose from."""
    if one.recipient is not other.recipient:
        return False
    if {one.obligation, other.obligation} <= SENT_ON_ANEW:
        return True
    return (one.obligation, one.because) == (other.obligation, other.because)


def _confirmed(said: NotTheirs) -> bool:
    return said.message is not None and Receipt.objects.filter(message_id=said.message).exists()


def _is_same(case: CaseAtHand, declined: NotTheirs, municipality: str) -> bool:
    """Whether the same office would get it again: many municipalities have one police district."""
    if declined.recipient is not Recipient.POLICE_DISTRICT:
        return municipality == (declined.municipality or case.resident.centre.municipality_id)
    return _district(case, declined.municipality) == _district(case, municipality)


def _district(case: CaseAtHand, municipality: str | None) -> str:
    """The police district's number; where none is known, one that is nobody's."""
    try:
        on = norwegian_day(case.now)
        found = resolve(Recipient.POLICE_DISTRICT, resident=case.resident, municipality=municipality, on=on)
    except NoRecipient:
        return f"of {municipality}"
    return found.number or found.name


def awaiting(happened: Iterable[Event]) -> Iterator[NotTheirs]:
    """Each notice that is to go on to somebody else, and whose right receiver nobody has found."""
    events = list(happened)
    found = {one.instead_of for one in events if isinstance(one, RightReceiverNamed)}
    declined = (one for one in events if isinstance(one, NotTheirs) and one.obligation in SENT_ON)
    yield from (one for one in declined if one.number not in found)
