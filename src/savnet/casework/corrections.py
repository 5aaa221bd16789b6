"""What was recorded wrongly is put right by a new record; letters that wait to go are then written anew."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

from savnet.access.models import Person
from savnet.cases import ledger
from savnet.cases.reading import case_file
from savnet.casework import receipt_links
from savnet.casework.absence import refuse_before_absence
from savnet.casework.case_at_hand import CaseAtHand, at_hand
from savnet.casework.errors import CaseworkError, NotNow, WrongTime
from savnet.casework.following_up import look_at
from savnet.casework.holding_back import stop_what_no_longer_holds, waiting
from savnet.casework.sending import send_anew
from savnet.delivery.models import Message
from savnet.delivery.withdrawing import withdraw
from savnet.rules import Derivation, Unreadable
from savnet.rules.events import CaseClosed, Corrected, DisappearanceBelieved, OwnerNamed
from savnet.rules.record import truth
from savnet.rules.words import CaseState

REWRITTEN = gettext_noop("En opplysning i brevet ble rettet før det var sendt. Et nytt brev er skrevet.")

WATCHED = (OwnerNamed, CaseClosed)
"""Struck, these leave the case with another owner, or open again: that must not wait for the worker's next round."""

STANDS = _(
    "Tidspunktet som fristen regnes fra, kan ikke strykes eller flyttes senere av én person alene. Innførselen blir "
    "stående til en annen har bekreftet. Er barnet her, så noter at det er kommet til rette, og skriv i merknaden hva "
    "som ble feil. Er barnet fortsatt borte, så skriv det under «Nye opplysninger»."
)


class NeedsTwo(NotNow):
    """One person can't do this alone (I6). Propose it instead: `savnet.casework.two_persons`."""


def correct(
    case_id: UUID,
    number: int,
    fields: dict[str, Any],
    *,
    why: str,
    by: Person,
    now: datetime,
    proposed_by: Person | None = None,
) -> Derivation:
    """Record that an event was recorded wrongly; the wrong record stays to be read, and the right one counts.

    The start of the 24 hours can be moved earlier by one person; later, or away, only by two: `proposed_by` is the
    other. Raises NeedsTwo without one. A letter that nobody has tried to send is written anew; what has been tried
    keeps its bytes, whatever they say.
    """
    if not why.strip():
        raise CaseworkError(gettext("Skriv hvorfor det rettes."), field="why")
    with ledger.hold(case_id):
        before = at_hand(case_id, now)
        if all(one.number != number for one in before.events):
            raise CaseworkError(gettext("Hendelsen finnes ikke i saken."))
        derivation = _recorded(before, Corrected(at=now, event=number, fields=fields, by=by.name, note=why), by)
        after = at_hand(case_id, now)
        if proposed_by is None or proposed_by.pk == by.pk:
            _refuse_later_start(before, after)
        _refuse_before_absence(before, after, number)
        _refuse_after_return(before, after, number)
        _write_anew(after, by=by)
        if isinstance(before.event(number), WATCHED):
            look_at(case_id, now=now)
        return derivation


def _recorded(case: CaseAtHand, correction: Corrected, by: Person) -> Derivation:
    try:
        return ledger.record(case.id, correction, by=by, now=case.now)
    except Unreadable as problem:
        raise CaseworkError(
            gettext("Rettelsen kan ikke leses: %(problem)s") % {"problem": problem},
            field=str(next(iter(problem.where), "")),
        ) from problem
    except ledger.InTheFuture as ahead:
        raise WrongTime(gettext("Tidspunktet ligger fram i tid. Skriv når det skjedde."), field=ahead.field) from ahead


def _refuse_later_start(before: CaseAtHand, after: CaseAtHand) -> None:
    """No deadline may be moved later, or away, by one person: neither by a correction nor by undoing one (I6)."""
    now_at = _starts(after)
    if any(number not in now_at or now_at[number] > at for number, at in _starts(before).items()):
        raise NeedsTwo(STANDS)


def _refuse_before_absence(before: CaseAtHand, after: CaseAtHand, number: int) -> None:
    """The belief that the case is about can't be moved to before the absence that led to it."""
    was, is_ = before.event(number), after.event(number)
    if isinstance(was, DisappearanceBelieved) and is_ and was.at == before.derivation.missing_since:
        refuse_before_absence(before, is_.at)


def _refuse_after_return(before: CaseAtHand, after: CaseAtHand, number: int) -> None:
    """No correction of a time makes a child who is back missing again: the return ends what began before it."""
    was_back = before.derivation.state in {CaseState.FOUND, CaseState.CLOSED}
    if was_back and after.event(number) and after.derivation.state is CaseState.MISSING:
        raise WrongTime(gettext("Barnet kan ikke ha kommet tilbake før det ble savnet."), field="at")


def _starts(case: CaseAtHand) -> dict[int, datetime]:
    """When each disappearance began, as it counts now, whatever instant is asked about."""
    file = case_file(case.id, case.entries)
    latest = max(case.now, *(one.at for one in case.happened))
    return {one.number: one.at for one in truth(file.events, at=latest) if isinstance(one, DisappearanceBelieved)}


def _write_anew(case: CaseAtHand, *, by: Person) -> None:
    stopped: list[Message] = stop_what_no_longer_holds(case, by=by)
    for message in waiting(case):
        if not message.attempts.exists():
            withdraw(message.id, why=REWRITTEN, by=str(by.pk), now=case.now)
            receipt_links.void(message, now=case.now)  # nobody has this letter, so nobody can confirm it
            stopped.append(message)
    if stopped:
        send_anew(case.id, stopped, by=by, now=case.now)
