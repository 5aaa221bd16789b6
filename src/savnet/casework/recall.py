"""A letter reached somebody who should not have had it: who got what, the recall, their answer, and the assessment.

All of it stands in the case's ledger. The 72 hours run from when the house became aware of it.
"""

import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext

from savnet.access.models import Person
from savnet.cases import ledger
from savnet.casework import receipt_links
from savnet.casework.case_at_hand import CaseAtHand, at_hand
from savnet.casework.draft import sender
from savnet.casework.errors import CaseworkError, NothingOwed
from savnet.casework.gone_astray import STOPPED, sent_in_error, still_owed
from savnet.casework.holding_back import key_of
from savnet.casework.instants import refuse_ahead
from savnet.casework.kept import letter_purpose
from savnet.casework.message_events import received, told
from savnet.casework.recording import WRONG_ONE
from savnet.delivery.by_hand import hand_over as carried
from savnet.delivery.channels.paper import HandOver
from savnet.delivery.composing import About, Receiver
from savnet.delivery.composing import compose as fix
from savnet.delivery.models import Message
from savnet.delivery.withdrawing import withdraw
from savnet.letters import BreachDraft, RecallNotice, Rendered, render
from savnet.letters import Receiver as Addressee
from savnet.register.addresses import EXERCISE_POSTAL
from savnet.rules import Derivation
from savnet.rules.events import (
    BreachAssessed,
    BreachDrafted,
    Corrected,
    Done,
    Event,
    LetterComposed,
    RecallAnswered,
    RecallSent,
    Received,
    SentInError,
)
from savnet.rules.record import WITHDRAWN
from savnet.rules.words import Answer, Channel, ObligationState, Recipient

RECALL = "recall"
"""What stands in a recall's message instead of an obligation: nobody owes it by the circular."""
REPORT_WITHIN = timedelta(hours=72)
"""From when the breach is known until it must be reported, by the General Data Protection Regulation, article 33."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Error:
    """One letter that went wrong, and how far it has been put right."""

    event: SentInError
    recalled: RecallSent | None = None
    answered: RecallAnswered | None = None
    drafted: BreachDrafted | None = None
    assessed: BreachAssessed | None = None

    @property
    def number(self) -> int:
        """The number it goes by in the ledger."""
        return self.event.number

    @property
    def report_by(self) -> datetime:
        """When it must be reported, if it is to be."""
        return self.event.at + REPORT_WITHIN


def errors(happened: Iterable[Event]) -> tuple[Error, ...]:
    """Every letter of the case that went wrong, the first first."""
    found: dict[int, Error] = {}
    for event in sorted(happened, key=lambda one: one.number):
        match event:
            case SentInError():
                found[event.number] = Error(event=event)
            case RecallSent() if event.error in found:
                found[event.error] = replace(found[event.error], recalled=event)
            case RecallAnswered() if event.error in found:
                found[event.error] = replace(found[event.error], answered=event)
            case BreachDrafted() if event.error in found:
                found[event.error] = replace(found[event.error], drafted=event)
            case BreachAssessed() if event.error in found:
                found[event.error] = replace(found[event.error], assessed=event)
    return tuple(found.values())


def unsettled(happened: Iterable[Event]) -> Iterator[Error]:
    """Those where somebody still has to assess, or nobody has answered the recall."""
    yield from (one for one in errors(happened) if one.assessed is None or one.answered is None)


def note_error(
    message_id: UUID,
    *,
    receiver: str,
    right_one_has_it: bool,
    what: str,
    why: str,
    at: datetime,
    by: Person,
    now: datetime,
    address: str = "",
) -> int:
    """Record that this letter reached the wrong one. Returns the event's number.

    Nothing more of it goes out, and nobody can confirm it any more. `receiver` is whoever really got it, and `address`
    where the recall is posted, if that is known. Where whose it was has not got it all the same (`right_one_has_it`),
    it was never sent: the duty stands open again, and another letter can be.
    """
    refuse_ahead(at, now, field="at")
    if not receiver.strip():
        raise CaseworkError(gettext("Skriv hvem som fikk det."), field="receiver")
    if not what.strip():
        raise CaseworkError(gettext("Skriv hva de fikk vite."), field="what")
    message = Message.objects.defer("sealed_letter").prefetch_related("attempts").get(id=message_id)
    if not message.attempts.exists():
        raise CaseworkError(gettext("Brevet er ikke sendt, så ingen kan ha fått det."))
    with ledger.hold(message.case_id):
        case = at_hand(message.case_id, now)
        if known := sent_in_error(case.happened, message):
            return known.number
        withdraw(message.id, why=STOPPED, by=str(by.pk), now=now)
        receipt_links.void(message, now=now)
        noted = SentInError(
            at=at,
            by=by.name,
            message=str(message.id),
            recipient=Recipient(message.recipient),
            municipality=message.municipality,
            receiver=receiver.strip(),
            address="\n".join(_lines(address)) or None,
            what=what.strip(),
            right_one_has_it=right_one_has_it,
            why=why.strip() or None,
        )
        struck = () if right_one_has_it else _struck_out(case, message, by=by)
        ledger.record(message.case_id, noted, *struck, by=by, now=now)
        return errors(at_hand(message.case_id, now).happened)[-1].number


def _struck_out(case: CaseAtHand, message: Message, *, by: Person) -> Iterator[Corrected]:
    """What this letter made done, and what was taken as its receipt: neither was whose it was."""
    its = message.receipts.all()
    receipts = [told(received(message, at=one.at, by_name=one.by_name, reference=one.reference)) for one in its]
    for one in case.happened:
        sent = isinstance(one, Done) and one.message == str(message.id)
        if sent or (isinstance(one, Received) and told(one) in receipts):
            yield Corrected(at=case.now, event=one.number, fields={WITHDRAWN: True}, by=by.name, note=WRONG_ONE)


def owed_again(case: CaseAtHand, error: Error) -> bool:
    """Whether the one whose letter it was is still to be sent it, because of this."""
    wrong = Message.objects.defer("sealed_letter", "sealed_data").get(id=error.event.message)
    owed = case.obligation(key_of(wrong))
    return still_owed(case.happened, wrong) and owed is not None and owed.state is ObligationState.OPEN


def write_recall(case_id: UUID, number: int, *, by: Person, now: datetime) -> Message:
    """Fix the recall notice as a letter to whoever got it in error. Asked twice, it is written once."""
    with ledger.hold(case_id):
        case = at_hand(case_id, now)
        error, wrong = _the(case, number)
        written = Message.objects.filter(case_id=case_id, obligation=RECALL, because=number).first()
        return written or _compose(case, error, wrong, by=by)


def _compose(case: CaseAtHand, error: Error, wrong: Message, *, by: Person) -> Message:
    message_id = uuid.uuid4()
    holder = _holder(error, wrong)
    content = render(_notice(case, wrong, holder, by=by, reference=message_id.hex[:8].upper())).pdf
    message = fix(
        case.id,
        About(obligation=RECALL, recipient=wrong.recipient, because=error.number, municipality=wrong.municipality),
        receiver=holder,
        purpose=RECALL,
        legal_basis=None,
        letter=content,
        sealed_letter=ledger.seal_for(case.id, letter_purpose(message_id), content),
        by=str(by.pk),
        now=case.now,
        message_id=message_id,
        exercise=wrong.exercise,
    )
    composed = LetterComposed(
        at=case.now,
        by=by.name,
        obligation=RECALL,
        letter=message.letter_sha256,
        message=str(message.id),
        recipient=Recipient(message.recipient),
        municipality=message.municipality,
        because=error.number,
    )
    ledger.record(case.id, composed, by=by, now=case.now)
    return message


def _holder(error: Error, wrong: Message) -> Receiver:
    """Whoever really got it. What was noted before that was asked names the one who should have, and no address."""
    address = error.event.address or ""
    if address and wrong.exercise:
        address = EXERCISE_POSTAL
    return Receiver(name=error.event.receiver or wrong.recipient_name, address=address, channel=Channel.POST)


def _notice(case: CaseAtHand, wrong: Message, holder: Receiver, *, by: Person, reference: str) -> RecallNotice:
    first = wrong.attempts.order_by("started_at").first()
    return RecallNotice(
        sender=sender(case.resident.centre, by),
        receiver=Addressee(kind=Recipient(wrong.recipient), name=holder.name, address=_lines(holder.address)),
        written_at=case.now,
        reference=reference,
        letter=wrong.short_id,
        sent_at=first.started_at if first else wrong.composed_at,
        exercise=wrong.exercise,
    )


def _lines(address: str) -> tuple[str, ...]:
    return tuple(filter(None, (line.strip() for line in address.splitlines())))


def send_recall(case_id: UUID, number: int, done: HandOver, *, by: Person, now: datetime) -> Derivation:
    """Record that the recall notice left the house: handed over or posted."""
    refuse_ahead(done.at, now, field="at")
    message = write_recall(case_id, number, by=by, now=now)
    with ledger.hold(case_id):
        carried(message.id, done, recorded_by=by.name, now=now)
        sent = RecallSent(at=done.at, by=by.name, error=number, channel=done.channel, letter=message.letter_sha256)
        return ledger.record(case_id, sent, by=by, now=now)


def answer_recall(
    case_id: UUID,
    number: int,
    *,
    by_name: str,
    deleted: Answer,
    seen_by_others: Answer,
    text: str,
    at: datetime,
    by: Person,
    now: datetime,
) -> Derivation:
    """Record what whoever got it in error says. Raises CaseworkError where nobody is named."""
    refuse_ahead(at, now, field="at")
    if not by_name.strip():
        raise CaseworkError(gettext("Skriv hvem som svarte."), field="by_name")
    with ledger.hold(case_id):
        _the(at_hand(case_id, now), number)
        told = RecallAnswered(
            at=at,
            by=by_name.strip(),
            error=number,
            deleted=deleted,
            seen_by_others=seen_by_others,
            text=text.strip() or None,
        )
        return ledger.record(case_id, told, by=by, now=now)


def assess(
    case_id: UUID, number: int, *, reported: bool, reference: str, why: str, by: Person, now: datetime
) -> Derivation:
    """Record whether it was reported to the data protection authority, and why; not to report needs its reason."""
    if not why.strip():
        raise CaseworkError(gettext("Skriv hvorfor."), field="why")
    with ledger.hold(case_id):
        _the(at_hand(case_id, now), number)
        judged = BreachAssessed(
            at=now, by=by.name, error=number, reported=reported, reference=reference.strip() or None, why=why.strip()
        )
        return ledger.record(case_id, judged, by=by, now=now)


def draft_report(case_id: UUID, number: int, *, kind: str, by: Person, now: datetime) -> Rendered:
    """Write the draft of the report as it stands now: facts only. `kind` is what the letter is, in words.

    The ledger says who got which draft, and when.
    """
    with ledger.hold(case_id):
        case = at_hand(case_id, now)
        draft = render(_draft(case, number, kind=kind, by=by))
        drafted = BreachDrafted(at=now, by=by.name, error=number, letter=draft.sha256)
        ledger.record(case_id, drafted, by=by, now=now)
        return draft


def _draft(case: CaseAtHand, number: int, *, kind: str, by: Person) -> BreachDraft:
    error, wrong = _the(case, number)
    first = wrong.attempts.order_by("started_at").first()
    return BreachDraft(
        sender=sender(case.resident.centre, by),
        written_at=case.now,
        reference=wrong.short_id,
        letter=wrong.short_id,
        kind=kind,
        receiver=_holder(error, wrong).name,
        sent_at=first.started_at if first else wrong.composed_at,
        known_at=error.event.at,
        report_by=error.report_by,
        what=error.event.what or "",
        why=error.event.why or "",
        recalled_at=error.recalled.at if error.recalled else None,
        deleted=error.answered.deleted if error.answered else Answer.NOT_ASKED,
        seen_by_others=error.answered.seen_by_others if error.answered else Answer.NOT_ASKED,
        exercise=wrong.exercise,
    )


def _the(case: CaseAtHand, number: int) -> tuple[Error, Message]:
    for one in errors(case.happened):
        if one.number == number:
            return one, Message.objects.defer("sealed_letter").get(id=one.event.message)
    raise NothingOwed(gettext("Dette er ikke notert i saken. Last inn siden på nytt."))
