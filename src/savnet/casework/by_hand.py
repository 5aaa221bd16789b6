"""What a person carries, calls or enters: recorded as it was done, by whom, and who has it at the other end."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from functools import partial
from uuid import UUID

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from savnet.access.models import Person
from savnet.cases import ledger
from savnet.casework.case_at_hand import CaseAtHand, at_hand
from savnet.casework.counting import as_meant, record_counted
from savnet.casework.errors import CaseworkError, NothingOwed, NotReady
from savnet.casework.gone_astray import refuse_sent_in_error
from savnet.casework.holding_back import key_of
from savnet.casework.instants import refuse_ahead
from savnet.casework.message_events import attempted, done, new_to, received
from savnet.casework.plan import Key, Planned, letter_for, planned
from savnet.casework.sending import ensure_message, send_copies
from savnet.casework.system_fields import system_task
from savnet.casework.ways import ways_for
from savnet.delivery import by_hand as delivery
from savnet.delivery.channels.paper import BY_HAND, HandOver
from savnet.delivery.channels.telephone import Call
from savnet.delivery.models import Message
from savnet.letters import Letter, render
from savnet.rules import Derivation, Obligation
from savnet.rules.events import Done, Event
from savnet.rules.words import Actor, Channel, ObligationState, Outcome

ONLY_BY = {
    "a-1": (
        {Channel.IN_PERSON, Channel.AGREED_CHANNEL},
        _("Politiet skal ha meldingen ved personlig frammøte eller etter avtale."),
    ),
    "d-5": ({Channel.POST}, _("Kopien skal sendes med post eller kryptert e-post.")),
}
"""Letters that the circular lets go by some ways only."""


def hand_over(message_id: UUID, handed: HandOver, *, by: Person, now: datetime) -> Derivation:
    """A letter was handed over, or posted. With a name it is received too. The copies follow by themselves.

    A letter leaves the house once: what is told of it after that is who has it. Raises NotNow where it is known to have
    reached the wrong one.
    """
    refuse_ahead(handed.at, now, field="at")
    message = Message.objects.defer("sealed_letter").get(id=message_id)
    _refuse_wrong_way(message, handed.channel)
    with ledger.hold(message.case_id):
        case = at_hand(message.case_id, now)
        refuse_sent_in_error(case.happened, message)
        handed = replace(handed, at=as_meant(case, case.obligation(key_of(message)), handed.at))
        delivery.hand_over(message.id, handed, recorded_by=by.name, now=now)
        told = [one for one in _handed_over(case, message, handed, by) if new_to(case.happened, one)]
        derivation = record_counted(case, key_of(message), *told, by=by) if told else case.derivation
    if any(one.id == "d-5" and one.state is ObligationState.OPEN for one in derivation.obligations):
        send_copies(message.case_id, by=by, now=now)
    return derivation


def _refuse_wrong_way(message: Message, channel: Channel) -> None:
    allowed, why = ONLY_BY.get(message.obligation, (BY_HAND, ""))
    if channel not in allowed:
        raise CaseworkError(why, field="channel")


def _handed_over(case: CaseAtHand, message: Message, handed: HandOver, by: Person) -> Iterator[Event]:
    if not _has_left(case, message):
        yield done(message, at=handed.at, by=by, channel=handed.channel, reference=handed.reference)
    if handed.received_by.strip():
        yield received(message, at=handed.at, by_name=handed.received_by, reference=handed.reference)


def _has_left(case: CaseAtHand, message: Message) -> bool:
    """Whether the letter is recorded as sent. What was struck out, or met nothing while the duty is open, is not."""
    gone = {one.number for one in case.happened if isinstance(one, Done) and one.message == str(message.id)}
    owed = case.obligation(key_of(message))
    if owed and owed.state is ObligationState.OPEN:
        return False
    return bool(gone)


def call(case_id: UUID, key: Key, made: Call, *, by: Person, now: datetime) -> Derivation:
    """A call was made (c-1, c-2): reached and what they knew, or not reached. Told twice, it was made once."""
    refuse_ahead(made.at, now, field="at")
    with ledger.hold(case_id):
        case = at_hand(case_id, now)
        message = _call_sheet(case, key, by=by)
        made = replace(made, at=as_meant(case, case.obligation(key), made.at))
        delivery.record_call(message.id, made, recorded_by=by.name, now=now)
        told = [one for one in _called(message, made, by) if new_to(case.happened, one)]
        return record_counted(case, key, *told, by=by) if told else case.derivation


def _called(message: Message, made: Call, by: Person) -> list[Event]:
    if not made.reached:
        return [attempted(message, at=made.at, by=by, channel=Channel.PHONE, outcome=Outcome.NOT_REACHED)]
    told = done(message, at=made.at, by=by, channel=Channel.PHONE, knew=made.knew)
    return [told, received(message, at=made.at, by_name=made.spoke_with)]


def _call_sheet(case: CaseAtHand, key: Key, *, by: Person) -> Message:
    one = planned(case, _open(case, key))
    return ensure_message(case, one, partial(_written, case, one, by), by=by)


def _written(case: CaseAtHand, one: Planned, by: Person, message_id: UUID) -> bytes:
    letter: Letter = letter_for(case, one, by=by, message_id=message_id)
    if letter.blanks():
        raise NotReady(tuple(blank.in_words() for blank in letter.blanks()))
    return render(letter, "nb").pdf


def tick_off(
    case_id: UUID,
    key: Key,
    *,
    by: Person,
    now: datetime,
    at: datetime | None = None,
    reference: str = "",
    note: str = "",
) -> Derivation:
    """Somebody has entered it in Sesam, DUF or the personal file: what was to be entered is kept with it.

    `note` is what was entered beside it, such as which prison.
    """
    happened = at or now
    refuse_ahead(happened, now, field="at")
    with ledger.hold(case_id):
        case = at_hand(case_id, now)
        obligation = _open(case, key)
        happened = as_meant(case, obligation, happened)
        task = system_task(case, obligation)
        message = ensure_message(case, planned(case, obligation), lambda _: task.write(), by=by)
        delivery.tick_off(message.id, at=happened, by=by.name, reference=reference, now=now)
        entered = done(message, at=happened, by=by, channel=Channel.SYSTEM, reference=reference, note=note or None)
        return record_counted(case, key, entered, by=by)


WAYS = {
    "a-1": (Channel.IN_PERSON, Channel.AGREED_CHANNEL),
    "d-5": (Channel.POST, Channel.ENCRYPTED_EMAIL),
}
IN_WRITING = (Channel.IN_PERSON, Channel.POST)
"""Any other writing: across a desk, by post, or by whatever wire the duty's own letters may take."""
BETWEEN_OFFICES = (Channel.SYSTEM, Channel.PHONE, Channel.ENCRYPTED_EMAIL)
"""UDI's offices may tell each other in DUF or by phone: the circular names no way (3, 4)."""


def ways_to_meet(obligation: Obligation) -> tuple[Channel, ...]:
    """The ways by which a person outside Savnet can have met this duty; none where nobody is told anything."""
    if not obligation.is_notice:
        return ()
    between = obligation.actor is not Actor.CENTRE and obligation.id != "3-8"
    if obligation.id in WAYS:
        return WAYS[obligation.id]
    by_wire = ways_for(obligation.id, obligation.recipient).by_wire
    return BETWEEN_OFFICES if between else (*IN_WRITING, *by_wire)


def mark_done(
    case_id: UUID,
    key: Key,
    *,
    by: Person,
    now: datetime,
    at: datetime | None = None,
    channel: Channel | None = None,
    reference: str = "",
    note: str = "",
    more_information_needed: bool | None = None,
) -> Derivation:
    """Something was done without a letter of Savnet's: the child is taken in, or it was settled with the receiver.

    `channel` is how, where somebody was told; see `ways_to_meet`. `more_information_needed` is ASA's answer (4-5).
    """
    refuse_ahead(at or now, now, field="at")
    with ledger.hold(case_id):
        case = at_hand(case_id, now)
        obligation = _open(case, key)
        met = Done(
            at=as_meant(case, obligation, at or now),
            by=by.name,
            obligation=obligation.id,
            recipient=obligation.recipient,
            municipality=obligation.municipality,
            copy_of=obligation.copy_of,
            because=obligation.because,
            channel=channel,
            reference=reference or None,
            note=note or None,
            more_information_needed=more_information_needed,
        )
        return record_counted(case, key, met, by=by)


def _open(case: CaseAtHand, key: Key) -> Obligation:
    """The open obligation with this key. Raises NothingOwed where it is met, or withheld, or not there."""
    obligation = case.obligation(key)
    if obligation is None or obligation.state in {ObligationState.DISCHARGED, ObligationState.SUPERSEDED}:
        raise NothingOwed(gettext("Dette er allerede gjort. Last inn siden på nytt for å se hvordan saken står."))
    if obligation.state is ObligationState.WITHHELD:
        raise NothingOwed(gettext("Dette kan ikke sendes uten samtykke fra beboeren eller representanten."))
    return obligation
