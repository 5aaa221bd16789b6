"""Roll call by tapping: everyone on one page, saved as one taps. And the answer to the house's question."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from savnet.access.models import Person
from savnet.access.rights import Action
from savnet.casework import asking, presence
from savnet.casework.errors import CaseworkError
from savnet.register.models import MarkedAs, PresenceQuestion, Resident, RollMark
from savnet.rules.words import CaseState
from savnet.web.screen import Answer, Visit, screen
from savnet.web.sheets import to_case
from savnet.web.subjects import AtCentre, own_centre
from savnet.web.times import clock


@dataclass(frozen=True, slots=True)
class Asked:
    """The house's question about one child."""

    question: PresenceQuestion

    @property
    def centre_id(self) -> UUID:
        return self.question.resident.centre_id

    @property
    def resident_id(self) -> UUID:
        return self.question.resident_id


def find_question(person: Person, question_id: UUID) -> Asked:
    return Asked(get_object_or_404(PresenceQuestion.objects.select_related("resident__centre"), id=question_id))


@screen(Action.RECORD, "web/roll_call.html", of=own_centre)
def roll_call(visit: Visit, at: AtCentre) -> Answer:
    """Everyone at the centre, with what has been tapped in this roll call."""
    if visit.sent:
        return _tapped(visit, at)
    return {"place": "roll-call", "centre": at.centre, "roll": presence.roll(at.centre, visit.now)}


def _tapped(visit: Visit, at: AtCentre) -> HttpResponse:
    """Save one tap. The script asks for the answer as data; without script the page comes back where one was."""
    child, wanted = visit.request.POST.get("child", ""), visit.request.POST.get("tap", "")
    resident = get_object_or_404(presence.residents_of(at.centre_id), id=_uuid(child))
    wrong = ""
    try:
        if wanted not in MarkedAs.values:
            raise CaseworkError(_("Trykk på en av knappene."))
        mark = presence.mark(resident, MarkedAs(wanted), by=visit.person, now=visit.now)
    except CaseworkError as refused:
        wrong = str(refused)
    if visit.request.headers.get("Accept") == "application/json":
        return _as_data(visit, at, wrong) if wrong else _as_data(visit, at, wrong, mark)
    if wrong:
        messages.warning(visit.request, wrong)
    return HttpResponseRedirect(f"{reverse('roll-call')}#b-{resident.id}")


def _as_data(visit: Visit, at: AtCentre, wrong: str, mark: RollMark | None = None) -> JsonResponse:
    left = presence.roll(at.centre, visit.now).left
    return JsonResponse(
        {
            "wrong": wrong,
            "tapped": mark.marked_as if mark else "",
            "said": said(mark) if mark else "",
            "left": how_many_left(left),
        },
        status=422 if wrong else 200,
    )


def said(mark: RollMark) -> str:
    """«Her, kl. 22.03, Solveig Nattås»."""
    return f"{mark.get_marked_as_display()}, {clock(mark.at)}, {mark.by.name}"


def how_many_left(left: int) -> str:
    """How many nobody has said anything of, as a sentence."""
    if not left:
        return _("Alle er krysset av.")
    return ngettext("%(left)d gjenstår.", "%(left)d gjenstår.", left) % {"left": left}


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        return UUID(int=0)


@screen(Action.RECORD, "web/is_she_here.html", of=find_question)
def is_she_here(visit: Visit, asked: Asked, question_id: UUID) -> Answer:
    """The question alone, and its two answers."""
    question = asked.question
    given = visit.request.POST.get("here")
    if not visit.sent or given not in {"yes", "no"}:
        return {"question": question, "resident": question.resident}
    case = asking.answer(question, given == "yes", by=visit.person, now=visit.now)
    case.refresh_from_db()
    messages.success(visit.request, _answered(question.resident, given == "yes", CaseState(case.state)))
    return HttpResponseRedirect(
        reverse("today") if given == "yes" and case.state != CaseState.MISSING else to_case(case)
    )


def _answered(resident: Resident, here: bool, state: CaseState) -> str:
    name = resident.given_name or resident.name
    if here and state is CaseState.MISSING:
        return _("%(name)s er meldt savnet. Noter i saken at barnet er tilbake.") % {"name": name}
    if here:
        return _("Notert: %(name)s er her.") % {"name": name}
    return _("Notert: %(name)s er ikke her. Finn ut hvorfor med en gang.") % {"name": name}
