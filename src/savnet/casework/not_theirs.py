"""A receiver says that a notice belongs to somebody else: it stands, and the right receiver gets one of its own.

Where the receiver says which municipality it belongs to, it goes there at once; else a person finds out.
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
from savnet.delivery.models import Message
from savnet.policy.receipts import MAY_DECLINE
from savnet.register.models import Municipality
from savnet.rules.events import Event, NotTheirs, RightReceiverNamed
from savnet.rules.words import ObligationState, Recipient


def record_not_theirs(message: Message, *, by_name: str, why: str, at: datetime, by: Person, now: datetime) -> int:
    """Record that a named person at the receiver says so. Returns the number of the event; said twice, it is one."""
    if message.obligation not in MAY_DECLINE:
        raise CaseworkError(gettext("Denne meldingen kan ikke sendes videre til en annen mottaker."))
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


def name_right_receiver(
    case_id: UUID, number: int, municipality: str, *, why: str, by: Person, now: datetime
) -> list[Message]:
    """Say which municipality's office is to have it, and send it there at once if nothing in it is blank.

    Raises NothingOwed where nobody has said that it was not theirs, or the right one is found already.
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
        return _send_at_once(case_id, keys, by=by, now=now) if keys else []


def _send_at_once(case_id: UUID, keys: list[Key], *, by: Person, now: datetime) -> list[Message]:
    """What can't be written yet stays owed, and a person sees what is blank when she comes to send it."""
    try:
        with transaction.atomic():
            return send(case_id, by=by, now=now, only=keys)
    except NotReady:
        return []


def _refuse_same(case: CaseAtHand, declined: NotTheirs, municipality: str) -> None:
    if not Municipality.objects.filter(number=municipality).exists():
        raise CaseworkError(gettext("Velg en kommune fra listen."), field="municipality")
    own = declined.municipality or case.resident.centre.municipality_id
    if municipality == own:
        raise CaseworkError(gettext("Det er den som svarte at den ikke er deres. Velg en annen."), field="municipality")


def awaiting(happened: Iterable[Event]) -> Iterator[NotTheirs]:
    """Each notice that was not its receiver's, and whose right receiver nobody has found."""
    events = list(happened)
    found = {one.instead_of for one in events if isinstance(one, RightReceiverNamed)}
    yield from (one for one in events if isinstance(one, NotTheirs) and one.number not in found)
