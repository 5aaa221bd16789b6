"""What nobody does alone: one person proposes, another confirms or declines, and the ledger is told of the answer.

What each kind demands and does stands in `two_persons_acts`; who may, in the table of rights. What a proposal says of a
case is sealed under the case's key. It lapses after a while: what was right to do then may not be now.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.utils.translation import gettext as _

from savnet.access.check import NotAllowed, may, require
from savnet.access.models import Person
from savnet.access.proposals import Proposal, ProposalAnswer, ProposalKind
from savnet.access.relations import Place
from savnet.access.rights import RIGHTS, Relation, Role
from savnet.access.row_security import house
from savnet.cases import ledger
from savnet.cases.models import Case
from savnet.casework.errors import CaseworkError
from savnet.casework.two_persons_acts import KINDS, Kind
from savnet.followup.telling import tell
from savnet.followup.texts import Kind as Telling
from savnet.policy.house import PROPOSAL_LASTS
from savnet.rules.events import ProposalAnswered
from savnet.rules.words import Proposed

IN_LEDGER: Mapping[ProposalKind, Proposed] = {
    ProposalKind.CLOSING: Proposed.CLOSING,
    ProposalKind.FOUND: Proposed.FOUND,
    ProposalKind.LATER: Proposed.LATER,
}
Content = Mapping[str, Any]


class NoLongerOpen(CaseworkError):
    """The proposal has been answered or has lapsed."""


class SamePerson(CaseworkError):
    """Two persons are two."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A proposal that waits, with what it says, and whether this person may answer it."""

    proposal: Proposal
    content: Content
    case: Case | None
    may_answer: bool
    own: bool


def propose(
    kind: ProposalKind, content: Content, *, by: Person, now: datetime, case_id: UUID | None = None
) -> Proposal:
    """Put it to another person. The same proposed twice is one. Raises CaseworkError where it can't be done at all."""
    rule = KINDS[kind]
    places = _places(rule, case_id, content)
    for place in places:
        require(by, rule.propose, place, now=now)
    rule.check(case_id, content, now)
    if (same := _same_waiting(kind, content, case_id, now)) is not None:
        return same
    proposal = Proposal(
        id=uuid4(),
        kind=kind.value,
        case_id=case_id,
        centre_id=places[0].centre_id,
        proposed_by=by,
        proposed_at=now,
        expires_at=now + PROPOSAL_LASTS,
    )
    proposal.sealed = _sealed(proposal, content)
    proposal.save(force_insert=True)
    with house("others are told that it waits for them"):
        _tell_leaders(proposal, now)
    return proposal


def _same_waiting(kind: ProposalKind, content: Content, case_id: UUID | None, now: datetime) -> Proposal | None:
    waiting = Proposal.objects.filter(kind=kind.value, case_id=case_id, answer="", expires_at__gt=now)
    return next((one for one in waiting if content_of(one) == json.loads(json.dumps(content))), None)


def _places(rule: Kind, case_id: UUID | None, content: Content) -> list[Place]:
    """Everywhere that the proposer must have the right: where the child is, or at the centres that it is about."""
    if case_id:
        case = Case.objects.get(id=case_id)
        return [Place(centre_id=case.centre_id, resident_id=case.resident_id)]
    return [Place(centre_id=centre_id) for centre_id in rule.centres(content)]


def _sealed(proposal: Proposal, content: Content) -> bytes:
    written = json.dumps(content, ensure_ascii=False, sort_keys=True).encode()
    return ledger.seal_for(proposal.case_id, _purpose(proposal), written) if proposal.case_id else written


def content_of(proposal: Proposal) -> Content:
    """What is proposed."""
    kept = bytes(proposal.sealed)
    content: Content = json.loads(
        ledger.open_for(proposal.case_id, _purpose(proposal), kept) if proposal.case_id else kept
    )
    return content


def _purpose(proposal: Proposal) -> str:
    return f"proposal {proposal.id}"


def _tell_leaders(proposal: Proposal, now: datetime) -> None:
    """The leaders who may answer it; those on duty see it on their front page."""
    enough = RIGHTS[Role.CENTRE_LEADER].get(KINDS[ProposalKind(proposal.kind)].confirm, frozenset())
    if proposal.centre_id is None or Relation.OWN_CENTRE not in enough:
        return
    leaders = Person.objects.filter(role=Role.CENTRE_LEADER, centre_id=proposal.centre_id, is_active=True)
    for one in leaders.exclude(pk=proposal.proposed_by_id):
        tell(one, Telling.PROPOSAL, now=now)


def confirm(proposal_id: UUID, *, by: Person, now: datetime) -> Proposal:
    """Be the second, and do it. Raises NotAllowed, NoLongerOpen, SamePerson, or what the act itself refuses."""
    with house("what two have agreed on is done whatever the second can reach alone"):
        proposal = _held(proposal_id, by=by, now=now)
        rule = KINDS[ProposalKind(proposal.kind)]
        if not _still_may(proposal, rule, now):
            raise NoLongerOpen(_("Den som foreslo det, har ikke lenger tilgang. Foreslå det på nytt."))
        content = content_of(proposal)
        rule.act(proposal, content, by, now)
        return _answer(proposal, ProposalAnswer.CONFIRMED, note="", by=by, now=now)


def decline(proposal_id: UUID, *, note: str, by: Person, now: datetime) -> Proposal:
    """Say no, and why; nothing is done. Raises as `confirm` does."""
    if not note.strip():
        raise CaseworkError(_("Skriv hvorfor du avslår."), field="note")
    with house("the ledger is told of a no as of a yes"):
        proposal = _held(proposal_id, by=by, now=now)
        return _answer(proposal, ProposalAnswer.DECLINED, note=note.strip(), by=by, now=now)


def withdraw(proposal_id: UUID, *, by: Person, now: datetime) -> Proposal:
    """Take back what one has proposed oneself."""
    proposal = Proposal.objects.select_for_update(of=("self",)).get(id=proposal_id)
    if proposal.proposed_by_id != by.pk:
        raise NotAllowed(KINDS[ProposalKind(proposal.kind)].propose, "another's proposal")
    _refuse_answered(proposal, now)
    return _marked(proposal, ProposalAnswer.WITHDRAWN, note="", by=by, now=now)


def _held(proposal_id: UUID, *, by: Person, now: datetime) -> Proposal:
    """The proposal, which nobody else may answer until the transaction ends."""
    found = Proposal.objects.select_for_update(of=("self",)).select_related("proposed_by")
    proposal = found.get(id=proposal_id)
    require(by, KINDS[ProposalKind(proposal.kind)].confirm, where_of(proposal), now=now)
    _refuse_answered(proposal, now)
    if proposal.proposed_by_id == by.pk:
        raise SamePerson(_("Du kan ikke bekrefte ditt eget forslag. En annen må gjøre det."))
    return proposal


def _refuse_answered(proposal: Proposal, now: datetime) -> None:
    if proposal.answer:
        raise NoLongerOpen(_("Forslaget er allerede besvart."))
    if proposal.expires_at <= now:
        raise NoLongerOpen(_("Forslaget er utløpt. Foreslå det på nytt hvis det fortsatt gjelder."))


def where_of(proposal: Proposal) -> UUID | None:
    """The centre whose people answer: the one that has the child now."""
    if proposal.case_id is None:
        return proposal.centre_id
    return Case.objects.filter(id=proposal.case_id).values_list("centre_id", flat=True).first()


def _still_may(proposal: Proposal, rule: Kind, now: datetime) -> bool:
    """Whether the first of the two could still propose it; break-glass that has ended is enough, it held then."""
    first = proposal.proposed_by
    if not first.is_active:
        return False
    enough = RIGHTS[Role(first.role)].get(rule.propose, frozenset())
    return Relation.BREAK_GLASS in enough or may(first, rule.propose, where_of(proposal), now=now)


def _answer(proposal: Proposal, answer: ProposalAnswer, *, note: str, by: Person, now: datetime) -> Proposal:
    kind = ProposalKind(proposal.kind)
    if proposal.case_id and kind in IN_LEDGER:
        told = ProposalAnswered(
            at=now,
            what=IN_LEDGER[kind],
            confirmed=answer is ProposalAnswer.CONFIRMED,
            proposed_by=proposal.proposed_by.name,
            why=note or content_of(proposal).get("why") or None,
            by=by.name,
        )
        ledger.record(proposal.case_id, told, by=by, now=now)
    return _marked(proposal, answer, note=note, by=by, now=now)


def _marked(proposal: Proposal, answer: ProposalAnswer, *, note: str, by: Person, now: datetime) -> Proposal:
    proposal.answer, proposal.answer_note = answer.value, note
    proposal.answered_by, proposal.answered_at = by, now
    proposal.save(update_fields=["answer", "answer_note", "answered_by", "answered_at"])
    return proposal


def waiting(person: Person, now: datetime) -> list[Waiting]:
    """What awaits this person's answer, and what she has proposed that awaits another's; the oldest first."""
    open_ = Proposal.objects.filter(answer="", expires_at__gt=now).select_related("proposed_by", "centre")
    shown = (_waiting(one, person, now) for one in open_)
    return [one for one in shown if one]


def waiting_in(case_id: UUID, person: Person, now: datetime) -> list[Waiting]:
    """What waits for a second person in one case, whoever is to answer it; what it says, for those two alone."""
    open_ = Proposal.objects.filter(case_id=case_id, answer="", expires_at__gt=now).select_related("proposed_by")
    found = ((one, _waiting(one, person, now)) for one in open_)
    return [shown or Waiting(one, {}, None, may_answer=False, own=False) for one, shown in found]


def _waiting(proposal: Proposal, person: Person, now: datetime) -> Waiting | None:
    own = proposal.proposed_by_id == person.pk
    may_answer = not own and may(person, KINDS[ProposalKind(proposal.kind)].confirm, where_of(proposal), now=now)
    if not own and not may_answer:
        return None
    return Waiting(proposal, content_of(proposal), case_of(proposal), may_answer, own)


def case_of(proposal: Proposal) -> Case | None:
    """The case it is about, where it is about one."""
    return Case.objects.select_related("resident").filter(id=proposal.case_id).first() if proposal.case_id else None
