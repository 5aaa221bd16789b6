"""What a person records about a duty must count for it; else nothing is recorded, and she hears what to put right."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.utils.translation import gettext

from savnet.access.models import Person
from savnet.cases import ledger
from savnet.cases.models import Case
from savnet.casework.case_at_hand import CaseAtHand, Key
from savnet.casework.errors import WrongTime
from savnet.casework.facts import absence_of
from savnet.casework.instants import spoken
from savnet.rules import Derivation, Obligation
from savnet.rules.course import MAY_COME_EARLY
from savnet.rules.events import DisappearanceBelieved, Done, Event, InformationReceived, Returned
from savnet.rules.words import ObligationState


def record_counted(case: CaseAtHand, key: Key, *told: Event, by: Person) -> Derivation:
    """Record what was done about the duty with this key, and who has it, if it belongs to that duty.

    Raises WrongTime where it lies before what the duty rests on; the case must be held, so that nothing stays recorded
    then. What was done with a letter that nobody is owed any more is recorded all the same: whoever was told is to hear
    of the return too.
    """
    derivation = ledger.record(case.id, *told, by=by, now=case.now)
    owed = next((one for one in derivation.obligations if one.key == key), None)
    if owed:
        for event, number in zip(told, _numbers(case, told), strict=True):
            _refuse_uncounted(case, owed, event, number, derivation)
    return derivation


def _numbers(case: CaseAtHand, told: Sequence[Event]) -> range:
    """The numbers that the ledger has just given these events."""
    last = Case.objects.values_list("head_sequence", flat=True).get(id=case.id)
    return range(last - len(told) + 1, last + 1)


def _refuse_uncounted(case: CaseAtHand, owed: Obligation, event: Event, number: int, derivation: Derivation) -> None:
    if number not in derivation.unmatched:
        return
    first = _first_possible(case, owed)
    # What is done again when the duty is met is a repetition, and true; before there was a duty, it is a slip.
    if owed.state is ObligationState.OPEN or (first and event.at < first):
        raise WrongTime(too_early(case, owed, event.at), field="at")


def as_meant(case: CaseAtHand, owed: Obligation | None, at: datetime) -> datetime:
    """The instant that a person means: she says minutes, and the duty may have arisen within the one she says."""
    first = _first_possible(case, owed) if owed else None
    return first if first and timedelta() < first - at < timedelta(minutes=1) and _same_minute(at, first) else at


def _same_minute(one: datetime, other: datetime) -> bool:
    return one.replace(second=0, microsecond=0) == other.replace(second=0, microsecond=0)


def _first_possible(case: CaseAtHand, owed: Obligation) -> datetime | None:
    """The first instant at which something can have been done about the duty; None where the rules set no limit."""
    cause = case.event(owed.because)
    if owed.id in MAY_COME_EARLY and isinstance(cause, DisappearanceBelieved):
        absence = absence_of(case, cause)
        return absence.at if absence else None
    return owed.arisen_at


def too_early(case: CaseAtHand, owed: Obligation, at: datetime) -> str:
    """Why nothing can have been done about the duty at this instant, and what to put right."""
    cause, since = case.event(owed.because), spoken(owed.arisen_at, at)
    match cause:
        case DisappearanceBelieved():
            return _before_disappearance(case, owed, cause, at)
        case Returned() if cause.at == owed.arisen_at:
            return gettext("Tidspunktet er før barnet kom til rette (%(since)s). Rett tidspunktet her.") % {
                "since": since
            }
        case InformationReceived() if cause.at == owed.arisen_at:
            return gettext("Tidspunktet er før opplysningen kom (%(since)s). Rett tidspunktet her.") % {"since": since}
        case Returned() | InformationReceived():
            return gettext(
                "Tidspunktet er før mottakeren fikk vite at barnet var savnet (%(since)s). Rett tidspunktet her."
            ) % {"since": since}
        case Done() if owed.copy_of:
            return gettext(
                "Tidspunktet er før meldingen som dette er en kopi av, ble sendt (%(since)s). Rett tidspunktet her."
            ) % {"since": since}
    return gettext("Tidspunktet er før det var noe å gjøre her (%(since)s). Rett tidspunktet her.") % {"since": since}


def _before_disappearance(case: CaseAtHand, owed: Obligation, cause: DisappearanceBelieved, at: datetime) -> str:
    absence = absence_of(case, cause)
    if absence and owed.id in MAY_COME_EARLY:
        return gettext(
            "Tidspunktet er før fraværet ble oppdaget (%(since)s). Rett tidspunktet her, eller rett "
            "når fraværet ble oppdaget."
        ) % {"since": spoken(absence.at, at)}
    return gettext(
        "Tidspunktet er før det var grunn til å tro at barnet var forsvunnet (%(since)s). Rett "
        "tidspunktet her, eller rett når barnet ble meldt savnet."
    ) % {"since": spoken(cause.at, at)}
