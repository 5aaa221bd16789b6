"""What awaits a second person: the list, and each proposal with what it would do, to confirm or to decline."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from savnet.access.check import NotAllowed
from savnet.access.models import Person
from savnet.access.proposals import Proposal
from savnet.access.relations import Place
from savnet.access.rights import Action
from savnet.casework import two_persons
from savnet.web.forms import Sheet, longer
from savnet.web.said_again import asked_again
from savnet.web.screen import Answer, Visit, screen
from savnet.web.sheets import fill, send
from savnet.web.subjects import Nowhere, nowhere
from savnet.web.wording.proposed import said


@dataclass(frozen=True, slots=True)
class Proposed:
    """A proposal as the subject of a screen: whose centre it is, and which child it is about."""

    proposal: Proposal
    resident_id: UUID | None

    @property
    def centre_id(self) -> UUID | None:
        return self.proposal.centre_id

    @property
    def place(self) -> Place:
        return Place(centre_id=self.centre_id, resident_id=self.resident_id)


class AnswerSheet(Sheet):
    """Why not, where it is declined."""

    note = longer(_("Hvorfor ikke?"), hint=_("Må fylles ut når du avslår."), rows=2)


def proposed(person: Person, proposal_id: UUID) -> Proposed:
    """Any that the person reaches; whether she may answer is asked when she does."""
    found = get_object_or_404(Proposal.objects.select_related("proposed_by", "centre"), id=proposal_id)
    case = two_persons.case_of(found)
    return Proposed(found, case.resident_id if case else None)


@screen(Action.SEE_PROPOSALS, "web/proposals.html", of=nowhere)
def proposals(visit: Visit, place: Nowhere) -> dict[str, Any]:
    """What I may answer, and what I have proposed myself."""
    waiting = two_persons.waiting(visit.person, visit.now)
    return {
        "place": "proposals",
        "answer": [one for one in waiting if one.may_answer],
        "own": [one for one in waiting if one.own],
    }


@screen(Action.SEE_PROPOSALS, "web/proposal.html", of=proposed)
def proposal(visit: Visit, subject: Proposed, proposal_id: UUID) -> Answer:
    """One of them; it is done when somebody else says yes."""
    if question := asked_again(visit):
        return question
    waiting = next(
        (one for one in two_persons.waiting(visit.person, visit.now) if one.proposal.id == proposal_id), None
    )
    if waiting is None and not visit.sent:
        raise Http404("answered, lapsed, or another's")
    form = fill(AnswerSheet, visit)
    if answered := _answered(visit, form, proposal_id):
        return answered
    if waiting is None:
        raise Http404("answered, lapsed, or another's")
    return {"form": form, "one": waiting, "words": said(waiting.proposal, waiting.content)}


def _answered(visit: Visit, form: AnswerSheet, proposal_id: UUID) -> HttpResponse | None:
    do = visit.request.POST.get("do", "")

    def act(given: Mapping[str, Any]) -> str:
        try:
            _do(do, proposal_id, note=given["note"], visit=visit)
        except (NotAllowed, Proposal.DoesNotExist) as refusal:
            raise Http404 from refusal
        return reverse("proposals")

    return send(visit, form, act, said=SAID.get(do, ""))


SAID = {
    "confirm": _("Bekreftet. Det er gjort."),
    "decline": _("Avslått. Ingenting er endret."),
    "withdraw": _("Forslaget er trukket."),
}


def _do(do: str, proposal_id: UUID, *, note: str, visit: Visit) -> None:
    if do == "confirm":
        two_persons.confirm(proposal_id, by=visit.person, now=visit.now)
    elif do == "decline":
        two_persons.decline(proposal_id, note=note, by=visit.person, now=visit.now)
    elif do == "withdraw":
        two_persons.withdraw(proposal_id, by=visit.person, now=visit.now)
    else:
        raise Http404("no such answer")
