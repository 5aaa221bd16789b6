"""Composing the letter that meets an obligation, from the register, the ledger and what the rules say.

Each receiver gets only what its purpose needs: which letter goes to whom is decided here, what it holds in `letters`.
"""

from collections.abc import Callable

from django.utils.translation import gettext

from savnet.casework.child import identity
from savnet.casework.concern import concern_after_return, concern_report
from savnet.casework.copies import copy_for_the_region
from savnet.casework.draft import Draft
from savnet.casework.errors import NothingOwed
from savnet.casework.holding_back import appointments_ahead
from savnet.casework.office_letters import WRITERS, municipality_name
from savnet.casework.police import police_report
from savnet.casework.routes import SYSTEMS
from savnet.letters import (
    CallSheet,
    Cancellation,
    CancelledAppointment,
    Letter,
    News,
    Notice,
    SuspicionNotice,
)
from savnet.rules import Obligation
from savnet.rules.events import ConcernRaised, InformationReceived, Returned
from savnet.rules.words import Recipient


def write(draft: Draft) -> Letter:
    """The letter that meets the draft's obligation. Raises NothingOwed for a duty that no letter meets."""
    try:
        return _WRITERS[draft.obligation.id](draft)
    except KeyError:
        raise NothingOwed(gettext("Denne plikten oppfylles ikke med et brev.")) from None


def is_met_by_letter(obligation: Obligation) -> bool:
    """Whether a letter to somebody meets this obligation; a call sheet and a task in a system do not count."""
    entered = obligation.recipient in SYSTEMS  # 3-14 is owed twice: an entry in DUF, and a message
    return obligation.id in _WRITERS and obligation.id != "c-1" and not entered


def _police(draft: Draft) -> Letter:
    return police_report(draft.case, draft.envelope, handover=draft.channel)


def _concern(draft: Draft) -> Letter:
    return concern_report(draft.case, draft.envelope, draft.obligation)


def _suspicion(draft: Draft) -> Letter:
    raised = _raised(draft)
    if draft.obligation.recipient is Recipient.CHILD_WELFARE:
        return concern_after_return(draft.case, draft.envelope, raised)
    told = [
        one.sent_at for one in draft.case.derivation.obligations if one.id == "b-9" and one.because == raised.number
    ]
    return SuspicionNotice(
        envelope=draft.envelope,
        child=identity(draft.case.resident),
        returned_at=draft.case.derivation.returned_at or raised.at,
        kinds=(raised.kind,),
        child_welfare=f"Barnevernstjenesten i {draft.case.resident.centre.municipality.name} kommune",
        child_welfare_told_at=next(iter(told), None),
    )


def _raised(draft: Draft) -> ConcernRaised:
    event = draft.case.event(draft.obligation.because)
    if not isinstance(event, ConcernRaised):
        raise NothingOwed(gettext("Det er ikke registrert noen bekymring å melde."))
    return event


def _new_concern(draft: Draft) -> Letter:
    return concern_after_return(draft.case, draft.envelope, _raised(draft))


def _cancellation(draft: Draft) -> Letter:
    ahead = appointments_ahead(draft.case, draft.obligation)
    return Cancellation(
        envelope=draft.envelope,
        child=identity(draft.case.resident),
        missing_since=draft.case.missing_since,
        appointments=tuple(CancelledAppointment(kind=kind, at=at) for kind, at in ahead),
        priority=draft.obligation.priority,
    )


def _call_sheet(draft: Draft) -> Letter:
    return CallSheet(
        envelope=draft.envelope, child=identity(draft.case.resident), missing_since=draft.case.missing_since
    )


def _notice(draft: Draft) -> Letter:
    event = draft.case.event(draft.obligation.because)
    if not isinstance(event, Returned | InformationReceived):
        raise NothingOwed(gettext("Det er verken kommet opplysninger eller melding om retur å fortelle om."))
    information = event if isinstance(event, InformationReceived) else None
    return Notice(
        envelope=draft.envelope,
        child=identity(draft.case.resident),
        news=News.WHEREABOUTS if information else News.RETURNED,
        at=event.at,
        missing_since=draft.case.missing_since,
        how=event.how if isinstance(event, Returned) else None,
        kind=information.kind if information else None,
        municipality=municipality_name(event.municipality),
        text=(information.text if information else event.note) or "",
        source=(information.source if information else "") or "",
        their_reference=_their_reference(draft),
    )


def _their_reference(draft: Draft) -> str:
    """What the receiver itself called what it was told of this disappearance; the newest, empty where it said none."""
    told = [
        one.reference
        for one in draft.case.derivation.obligations
        if one.reference
        and one.id != "2.2-7"
        and one.arisen_at >= draft.case.missing_since
        and (one.recipient, one.municipality) == (draft.obligation.recipient, draft.obligation.municipality)
    ]
    return told[-1] if told else ""


def _copy(draft: Draft) -> Letter:
    return copy_for_the_region(draft.case, draft.envelope, draft.obligation)


_WRITERS: dict[str, Callable[[Draft], Letter]] = {
    "a-1": _police,
    "b-4": _concern,
    "b-8": _concern,
    "b-9": _new_concern,
    "4-18": _suspicion,
    "c-1": _call_sheet,
    "d-1": _cancellation,
    "d-2": _cancellation,
    "d-5": _copy,
    "2.2-7": _notice,
    **WRITERS,
}
