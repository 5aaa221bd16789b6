"""The child's personal file: the reports sent, without health data, and the follow-up talks; made to be printed."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse

from savnet.access.check import sees
from savnet.access.rights import Action, FieldClass
from savnet.cases.models import Case
from savnet.casework.case_at_hand import at_hand
from savnet.casework.personal_file import personal_file as file_of
from savnet.casework.personal_file import report_for_the_file
from savnet.register.models import Resident
from savnet.web.living import living
from savnet.web.office_sheets import pdf
from savnet.web.said_again import asked_again
from savnet.web.screen import Answer, Visit, screen
from savnet.web.shown import slug as slug_of
from savnet.web.subjects import resident as find_resident
from savnet.web.wording.duties import duty


@screen(Action.SEE_PERSONAL_FILE, "web/personal_file.html", of=find_resident)
def personal_file(visit: Visit, resident: Resident) -> Answer:
    """What stands in the file."""
    if question := asked_again(visit):  # where the child has been stands in it
        return question
    case = Case.objects.filter(resident=resident).first()
    filed = file_of(at_hand(case.id, visit.now)) if case else None
    reports: list[dict[str, Any]] = [
        {
            "filed": one,
            "words": duty(one.obligation.id, one.obligation.recipient, one.obligation.copy_of),
            "slug": slug_of(one.obligation),
        }
        for one in (filed.reports if filed else ())
    ]
    return {
        "place": "residents",
        "resident": resident,
        "living": living(resident, visit.now),
        "case": case,
        "reports": reports,
        "talks": filed.talks if filed else (),
        "reads": _reads(visit),
    }


@screen(Action.SEE_PERSONAL_FILE, "", of=find_resident)
def personal_file_report(visit: Visit, resident: Resident, slug: str) -> HttpResponse:
    """One of the reports, as it stands in the file."""
    if not _reads(visit):
        raise Http404("may not read suspicions again")
    if question := asked_again(visit):
        return question
    case = at_hand(_case_of(resident), visit.now)
    for one in file_of(case).reports:
        if slug_of(one.obligation) == slug:
            return pdf(report_for_the_file(case, one).pdf, f"personmappe-{one.message.short_id}.pdf")
    raise Http404("no such report")


def _reads(visit: Visit) -> bool:
    """Whether the person may read again what was feared: after sending, those on shift may not."""
    return FieldClass.SUSPICION in sees(visit.person, visit.held)


def _case_of(resident: Resident) -> UUID:
    case = Case.objects.filter(resident=resident).first()
    if case is None:
        raise Http404("never absent")
    return case.id
