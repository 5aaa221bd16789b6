"""What each kind of proposal demands before it is put to another person, and what is done once two agree."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from savnet.access.models import Person
from savnet.access.proposals import Proposal, ProposalKind
from savnet.access.rights import Action
from savnet.casework import closing, contact_certificates, mandate_keeping, recipient_keeping, reports_to, staff_keeping
from savnet.casework.case_at_hand import at_hand
from savnet.casework.corrections import correct
from savnet.casework.errors import CaseworkError, WrongTime
from savnet.casework.instants import refuse_ahead
from savnet.casework.returning import note_return
from savnet.register.changing import changed_by
from savnet.rules import read_instant
from savnet.rules.words import CaseState, ReturnedHow

Content = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """Who may propose and confirm it, at which centres, whether it can be done at all, and doing it."""

    propose: Action
    confirm: Action
    check: Callable[[UUID | None, Content, datetime], None]
    act: Callable[[Proposal, Content, Person, datetime], object]
    centres: Callable[[Content], list[UUID | None]] = lambda _content: [None]


def _case(case_id: UUID | None) -> UUID:
    if case_id is None:
        raise CaseworkError(_("Forslaget gjelder ingen sak."))
    return case_id


def _can_be_found(case_id: UUID | None, content: Content, now: datetime) -> None:
    case, at = at_hand(_case(case_id), now), read_instant(content["at"])
    case.require(CaseState.MISSING, text=_("Barnet er ikke registrert som savnet."))
    refuse_ahead(at, now, field="at")
    if at < case.missing_since.replace(second=0, microsecond=0):
        raise WrongTime(_("Barnet kan ikke ha kommet til rette før det ble savnet."), field="at")
    if not content["source"].strip():
        raise CaseworkError(_("Skriv hvem som sier at barnet er funnet."), field="source")


def _found(proposal: Proposal, content: Content, by: Person, now: datetime) -> None:
    note_return(
        _case(proposal.case_id),
        how=ReturnedHow(content["how"]),
        by=by,
        now=now,
        at=read_instant(content["at"]),
        municipality=content["municipality"] or None,
        note=content["note"],
    )


def _can_be_moved(case_id: UUID | None, content: Content, now: datetime) -> None:
    if not content["why"].strip():
        raise CaseworkError(_("Skriv hvorfor det rettes."), field="why")
    if at_hand(_case(case_id), now).event(content["number"]) is None:
        raise CaseworkError(_("Hendelsen finnes ikke i saken."))


def _move(proposal: Proposal, content: Content, by: Person, now: datetime) -> None:
    correct(
        _case(proposal.case_id),
        content["number"],
        dict(content["fields"]),
        why=content["why"],
        by=by,
        now=now,
        proposed_by=proposal.proposed_by,
    )


def _change_recipient(proposal: Proposal, content: Content, by: Person, now: datetime) -> None:
    with changed_by(by.pk, proposed_by=proposal.proposed_by_id, why=content["why"]):
        recipient_keeping.change(content, by=by, now=now)


def _report_elsewhere(proposal: Proposal, content: Content, by: Person, now: datetime) -> None:
    with changed_by(by.pk, proposed_by=proposal.proposed_by_id, why=content["why"]):
        reports_to.change(content, by=by, now=now)


def _can_be_closed(case_id: UUID | None, content: Content, now: datetime) -> None:
    closing.refuse_unfinished(_case(case_id), source=content["source"], now=now)


def _close(proposal: Proposal, content: Content, by: Person, now: datetime) -> None:
    first = proposal.proposed_by
    closing.close(_case(proposal.case_id), source=content["source"], proposed_by=first, by=by, now=now)


KINDS: Mapping[ProposalKind, Kind] = {
    ProposalKind.CLOSING: Kind(
        propose=Action.CLOSE_CASE, confirm=Action.CONFIRM_CLOSING, check=_can_be_closed, act=_close
    ),
    ProposalKind.FOUND: Kind(propose=Action.MARK_FOUND, confirm=Action.CONFIRM_FOUND, check=_can_be_found, act=_found),
    ProposalKind.LATER: Kind(propose=Action.MOVE_LATER, confirm=Action.CONFIRM_LATER, check=_can_be_moved, act=_move),
    ProposalKind.RECIPIENT: Kind(
        propose=Action.CHANGE_RECIPIENT,
        confirm=Action.CONFIRM_RECIPIENT,
        check=lambda _case, content, now: recipient_keeping.refuse_wrong(content, now=now),
        act=_change_recipient,
    ),
    ProposalKind.CERTIFICATE: Kind(
        propose=Action.CHANGE_RECIPIENT,
        confirm=Action.CONFIRM_RECIPIENT,
        check=lambda _case, content, now: contact_certificates.refuse_wrong(content, now=now),
        act=lambda _proposal, content, by, now: contact_certificates.take_into_use(content, by=by, now=now),
    ),
    ProposalKind.REPORTS_TO: Kind(
        propose=Action.CHANGE_REPORTS_TO,
        confirm=Action.CONFIRM_REPORTS_TO,
        check=lambda _case, content, now: reports_to.refuse_wrong(content),
        act=_report_elsewhere,
        centres=reports_to.centres,
    ),
    ProposalKind.ROLE: Kind(
        propose=Action.GRANT_ROLE,
        confirm=Action.CONFIRM_ROLE,
        check=lambda _case, content, now: staff_keeping.refuse_wrong(content),
        act=lambda _proposal, content, by, now: staff_keeping.grant(content, by=by),
        centres=staff_keeping.centres,
    ),
    ProposalKind.MANDATE: Kind(
        propose=Action.GRANT_MANDATE,
        confirm=Action.CONFIRM_MANDATE,
        check=lambda _case, content, now: mandate_keeping.refuse_wrong(content, now=now),
        act=lambda _proposal, content, by, now: mandate_keeping.grant(content, by=by, now=now),
    ),
}
