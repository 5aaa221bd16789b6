"""The inspector's pages: her mandates, a centre's handling over a period, one child's case, and the same as a file."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _

from savnet.access.mandates import Mandate
from savnet.access.models import Person
from savnet.access.rights import Action
from savnet.cases.models import Case
from savnet.casework.case_at_hand import at_hand
from savnet.casework.inspection import Disappearance, Handled, Period, handled, of_case, recorded
from savnet.register.models import Centre
from savnet.web.said_again import asked_again
from savnet.web.screen import Answer, Visit, screen
from savnet.web.sight import sight
from savnet.web.spreadsheet import csv_file
from savnet.web.subjects import Nowhere, nowhere
from savnet.web.timeline import timeline
from savnet.web.times import OSLO
from savnet.web.wording.duties import duty
from savnet.web.wording.words import RECIPIENT, word


@dataclass(frozen=True, slots=True)
class Inspected:
    """A centre that a mandate of the person's reaches; the log is told of its legal basis."""

    mandate: Mandate
    centre: Centre

    @property
    def centre_id(self) -> UUID:
        return self.centre.id

    @property
    def looked_into_by(self) -> str:
        return self.mandate.legal_basis

    @property
    def period(self) -> Period:
        return Period(self.mandate.about_from, self.mandate.about_until)


@dataclass(frozen=True, slots=True)
class InspectedChild(Inspected):
    """One child there."""

    case: Case

    @property
    def resident_id(self) -> UUID:
        return self.case.resident_id


def inspected(person: Person, mandate_id: UUID, centre_id: UUID) -> Inspected:
    """Only a mandate that holds now, and a centre that it reaches; any other is not there."""
    mandate = get_object_or_404(Mandate.objects.holding(person, timezone.now()).over(centre_id), id=mandate_id)
    return Inspected(mandate, get_object_or_404(Centre, id=centre_id, exercise_of=None))


def inspected_child(person: Person, mandate_id: UUID, centre_id: UUID, case_id: UUID) -> InspectedChild:
    """A child whom the centre has or has had, with a disappearance there in the days that the mandate is about."""
    where = inspected(person, mandate_id, centre_id)
    case = get_object_or_404(Case.objects.select_related("centre"), id=case_id)
    if not any(of_case(at_hand(case.id, timezone.now()), where.period, centre_id)):
        raise Http404("nothing of it lies in the days of the mandate")
    return InspectedChild(where.mandate, where.centre, case)


@screen(Action.SEE_MANDATES, "web/inspecting.html", of=nowhere)
def inspecting(visit: Visit, at: Nowhere) -> dict[str, Any]:
    """What I may look into now, and what I may no longer."""
    mine = Mandate.objects.filter(person=visit.person).select_related("centre").order_by("-valid_until")
    holding = Mandate.objects.holding(visit.person, visit.now).select_related("centre").order_by("valid_until")
    centres = Centre.objects.filter(exercise_of=None).order_by("name")
    return {
        "place": "inspecting",
        "mandates": [(one, [one.centre] if one.centre else list(centres)) for one in holding],
        "former": mine.exclude(id__in=[one.id for one in holding]),
    }


@screen(Action.INSPECT, "web/inspection.html", of=inspected)
def inspection(visit: Visit, subject: Inspected, mandate_id: UUID, centre_id: UUID) -> Answer:
    """A centre's disappearances in a period, each with its duties; made to be printed."""
    if question := asked_again(visit):  # receivers' names tell where children have been
        return question
    asked, period = _periods(visit, subject)
    found = handled(centre_id, period, visit.now)
    return {
        "place": "inspecting",
        "subject": subject,
        "asked": asked,
        "period": period,
        "found": [(one, [(each, _duty_words(each)) for each in one.duties]) for one in found],
        "late": sum(one.late for one in found),
    }


@screen(Action.INSPECT, "", of=inspected)
def inspection_file(visit: Visit, subject: Inspected, mandate_id: UUID, centre_id: UUID) -> HttpResponse:
    """The same as a file for a spreadsheet. No name stands in it: the references are those of the page."""
    if question := asked_again(visit):
        return question
    _asked, period = _periods(visit, subject)
    rows = [_row(one, each) for one in handled(centre_id, period, visit.now) for each in one.duties]
    return csv_file(_head(), rows, name="tilsyn.csv")


@screen(Action.INSPECT, "web/inspection_case.html", of=inspected_child)
def inspection_case(visit: Visit, subject: InspectedChild, mandate_id: UUID, centre_id: UUID) -> Answer:
    """All that was recorded of one child's disappearances, and corrected since."""
    if question := asked_again(visit):
        return question
    case = at_hand(subject.case.id, visit.now)
    entries = recorded(case, subject.period, centre_id)
    lines = timeline(entries, seen=sight(visit, case), unmatched=case.derivation.unmatched)
    return {"place": "inspecting", "subject": subject, "resident": case.resident, "lines": lines}


def _periods(visit: Visit, subject: Inspected) -> tuple[Period, Period]:
    """The period asked for, and what of it the mandate lets one see."""
    asked = Period(_day(visit, "fra"), _day(visit, "til"))
    return asked, asked.within(subject.period)


def _day(visit: Visit, name: str) -> date | None:
    text = visit.request.GET.get(name, "")
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as wrong:
        raise Http404("no such day") from wrong


def _duty_words(one: Handled) -> str:
    owed = one.obligation
    return str(duty(owed.id, owed.recipient, owed.copy_of).title)


def _head() -> list[str]:
    return [
        _("Sak"),
        _("Savnet fra"),
        _("Til rette"),
        _("Punkt i rundskrivet"),
        _("Plikt"),
        _("Mottaker"),
        _("Oppsto"),
        _("Frist"),
        _("Gjort"),
        _("Hvordan"),
        _("Bekreftet mottatt"),
        _("For sent"),
    ]


def _row(one: Disappearance, each: Handled) -> list[object]:
    owed = each.obligation
    return [
        one.reference,
        _instant(one.believed_at),
        _instant(one.ended_at),
        owed.id,
        _duty_words(each),
        RECIPIENT[owed.recipient] if owed.recipient else "",
        _instant(owed.arisen_at),
        _instant(owed.latest) or word("standard", owed.standard),
        _instant(each.done_at),
        word("channel", each.how) if each.how else "",
        _instant(owed.received_at),
        _("ja") if each.late else _("nei"),
    ]


def _instant(at: datetime | None) -> str:
    return at.astimezone(OSLO).strftime("%Y-%m-%d %H:%M") if at else ""
