"""Write down what was done to find out why the child is away, and what it gave (2.2-1, 2.2-4)."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from savnet.access.rights import Action
from savnet.cases.models import Case
from savnet.casework import absence as casework
from savnet.web.forms import Sheet, WhenField, longer
from savnet.web.screen import Answer, Visit, screen
from savnet.web.sheets import fill, send, to_case
from savnet.web.subjects import find_case

CALLED = "Ringte barnevernstjenesten."
"""Filled in for whoever comes from a child for whom child welfare answers, and not this circular."""


class InquirySheet(Sheet):
    """What was done, and what was found."""

    what = longer(
        _("Hva har dere gjort?"),
        required=_("Skriv hva dere har gjort."),
        hint=_("For eksempel: ringt barnet, sett på rommet, spurt venner, personale og skole."),
    )
    finding = longer(_("Hva fant dere ut?"), required=_("Skriv hva dere fant ut. Fant dere ingenting, så skriv det."))
    at = WhenField(label=_("Når var det?"))


@screen(Action.RECORD, "web/inquiry.html", of=find_case)
def inquiry(visit: Visit, case: Case) -> Answer:
    """Record the inquiry."""
    form = fill(InquirySheet, visit, initial={"what": CALLED} if "ringte" in visit.request.GET else {})

    def act(given: Mapping[str, Any]) -> str:
        casework.inquire(
            case.id, by=visit.person, now=visit.now, what=given["what"], finding=given["finding"], at=given["at"]
        )
        return to_case(case)

    return send(visit, form, act, said=gettext("Det dere har undersøkt, er notert.")) or {"form": form, "case": case}
