"""Report missing: keep the answers and send, as one; and say so where an answer came too late for the letters."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext, gettext_noop

from savnet.access.models import Person
from savnet.cases import ledger
from savnet.casework.answering import sender_of
from savnet.casework.case_at_hand import CaseAtHand, at_hand
from savnet.casework.facts import ItemAnswer, new_answers, record_answers
from savnet.casework.instants import spoken
from savnet.casework.plan import messages_by_key
from savnet.casework.sending import send
from savnet.delivery.models import Message
from savnet.rules.words import CONCERN_ITEM, ITEMS

HOLDS = {
    "a-1": frozenset(ITEMS),
    "b-4": frozenset({CONCERN_ITEM, "a-11"}),
    "b-8": frozenset({CONCERN_ITEM, "a-11"}),
}
"""Which answers each letter of the report holds."""

TOO_LATE = gettext_noop(
    "%(who)s sendte meldingene %(when)s. Svarene dine er lagret, men står ikke i brevene. "
    "Er de viktige, send dem som nye opplysninger."
)


@dataclass(frozen=True, slots=True)
class Reported:
    """What came of it. `messages` were composed now; `too_late` says which letters lack the answers."""

    messages: tuple[Message, ...] = ()
    too_late: str = ""


def keep(case_id: UUID, answers: Mapping[str, ItemAnswer], *, by: Person, now: datetime) -> Reported:
    """Keep the answers, and send nothing. Raises WrongTime as `record_answers` does."""
    with ledger.hold(case_id):
        case = at_hand(case_id, now)
        new = new_answers(case, answers)
        record_answers(case_id, answers, by=by, now=now)
        return Reported(too_late=_too_late(case, new, by))


def report(case_id: UUID, answers: Mapping[str, ItemAnswer], *, by: Person, now: datetime) -> Reported:
    """Keep the answers and send every notice that is owed. Raises WrongTime, or NotReady where a letter has a blank.

    A colleague may have sent a moment ago: her letters have left with her answers, and these are then `too_late`.
    """
    with ledger.hold(case_id):
        kept = keep(case_id, answers, by=by, now=now)
        return Reported(tuple(send(case_id, by=by, now=now)), kept.too_late)


def _too_late(case: CaseAtHand, new: Collection[str], by: Person) -> str:
    """What to say where a letter that stands already should have held one of these answers; empty where none."""
    since = case.derivation.missing_since
    composed = [
        message
        for key, message in messages_by_key(case).items()
        if not HOLDS.get(key[0], frozenset()).isdisjoint(new) and since and _arose(case, message, since)
    ]
    newest = max(composed, key=lambda one: one.composed_at, default=None)
    if newest is None:
        return ""
    sender = sender_of(newest)
    who = gettext("Du") if sender == by else sender.name
    return gettext(TOO_LATE) % {"who": who, "when": spoken(newest.composed_at, case.now)}


def _arose(case: CaseAtHand, message: Message, since: datetime) -> bool:
    """Whether the letter is about this disappearance, and not about an earlier one."""
    cause = case.event(message.because)
    return cause is not None and cause.at >= since
