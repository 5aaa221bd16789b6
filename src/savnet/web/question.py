"""What a receiver was asked, and what it answered: yes with a reference, no with the reason, withdrawn, or not yet."""

from collections.abc import Mapping
from typing import Any

from django.forms import ChoiceField
from django.http import Http404
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from savnet.access.rights import Action
from savnet.cases.models import Case
from savnet.casework.case_at_hand import CaseAtHand, at_hand
from savnet.casework.questions import answer, put
from savnet.policy.questions import OpenQuestion
from savnet.register.resolution import NoRecipient, Resolution
from savnet.register.routing import resolve
from savnet.rules.time import norwegian_day
from savnet.rules.words import Actor, Question, QuestionAnswer, Recipient
from savnet.web.followup import Asked, every_question
from savnet.web.forms import Sheet, WhenField, choice, longer, shorter
from savnet.web.screen import Answer, Visit, screen
from savnet.web.sheets import fill, send, to_case
from savnet.web.subjects import find_case
from savnet.web.wording.text import Text

NOT_YET = "not_yet"
YES = (QuestionAnswer.CONFIRMED.value, _("Ja"))
NO = (QuestionAnswer.REFUSED.value, _("Nei"))
ASKED_IN_VAIN = (NOT_YET, _("Vi har spurt, men ikke fått svar"))


def _answered(*answers: tuple[str, Text]) -> ChoiceField:
    return choice(_("Hva svarte de?"), answers, required=_("Velg hva de svarte."))


class QuestionSheet(Sheet):
    """What they answered, who, and when."""

    answer = _answered(YES, NO, ASKED_IN_VAIN)
    who = shorter(_("Hvem snakket dere med?"), required=_("Skriv hvem dere snakket med."))
    reference = shorter(_("Deres referanse"))
    why = longer(_("Hvilken grunn oppga de?"), hint=_("Må fylles ut når svaret er nei."), rows=2)
    at = WhenField(label=_("Når?"))


class PoliceSheet(QuestionSheet):
    """Of the case or an alert."""

    answer = _answered(YES, NO, (QuestionAnswer.WITHDRAWN.value, _("Det er trukket tilbake")), ASKED_IN_VAIN)
    reference = shorter(_("Saksnummer eller referanse"))
    why = longer(_("Hvilken grunn oppga de?"), hint=_("Må fylles ut når svaret er nei eller trukket tilbake."), rows=2)


class NumberSheet(QuestionSheet):
    """Of the number itself: begun empty, since what they gave when they confirmed may be somebody's initials."""

    answer = _answered(
        (QuestionAnswer.CONFIRMED.value, _("De oppga saksnummeret")),
        (QuestionAnswer.REFUSED.value, _("Saken har ikke noe saksnummer")),
        ASKED_IN_VAIN,
    )
    reference = shorter(_("Saksnummer"))
    why = longer(_("Hvilken grunn oppga de?"), hint=_("Må fylles ut når saken ikke har noe saksnummer."), rows=2)


class StandingSheet(PoliceSheet):
    """Of an alert that was confirmed, when the child is back."""

    answer = _answered(
        (QuestionAnswer.WITHDRAWN.value, _("Ja, den er trukket tilbake")),
        (NOT_YET, _("Nei, ikke ennå, eller de vet ikke")),
        (QuestionAnswer.REFUSED.value, _("Barnet var ikke etterlyst der")),
    )
    why = longer(_("Noe mer?"), rows=2)


@screen(Action.RECORD, "web/question.html", of=find_case)
def question(visit: Visit, case: Case, name: str) -> Answer:
    """Show whom to call, and record what they say."""
    return note(visit, case, name, of=Actor.CENTRE, back=to_case(case))


def note(visit: Visit, case: Case, name: str, *, of: Actor, back: str) -> Answer:
    """The same for whoever sent the notice. Raises Http404 for what another asks."""
    now = at_hand(case.id, visit.now)
    asked = _find(now, name, of)
    form = fill(_sheet(asked.question), visit)

    def act(given: Mapping[str, Any]) -> str:
        _record(visit, case, asked, given)
        return back

    return send(visit, form, act, said=gettext("Svaret er notert.")) or {
        "case": case,
        "form": form,
        "asked": asked,
        "back": back,
        "office": _office(now, asked),
    }


def _sheet(asked: OpenQuestion) -> type[QuestionSheet]:
    """The answers that there can be to it."""
    if asked.stands:
        return StandingSheet
    if asked.question is Question.CASE_NUMBER:
        return NumberSheet
    return PoliceSheet if asked.recipient is Recipient.POLICE_DISTRICT else QuestionSheet


def _find(now: CaseAtHand, name: str, of: Actor) -> Asked:
    for one in every_question(now, of):
        if one.name == name:
            return one
    raise Http404("no such question")


def _record(visit: Visit, case: Case, asked: Asked, given: Mapping[str, Any]) -> None:
    one = asked.question
    if given["answer"] == NOT_YET:
        put(
            case.id,
            one.question,
            municipality=one.municipality,
            who=given["who"],
            by=visit.person,
            now=visit.now,
            at=given["at"],
            actor=one.actor,
        )
        return
    answer(
        case.id,
        one.question,
        QuestionAnswer(given["answer"]),
        municipality=one.municipality,
        who=given["who"],
        reference=given["reference"],
        why=given["why"],
        by=visit.person,
        now=visit.now,
        at=given["at"],
        actor=one.actor,
    )


def _office(now: CaseAtHand, asked: Asked) -> Resolution | None:
    """Whom to call, by the register."""
    one = asked.question
    try:
        return resolve(one.recipient, resident=now.resident, municipality=one.municipality, on=norwegian_day(now.now))
    except NoRecipient:
        return None  # the screen then says that no number is registered
