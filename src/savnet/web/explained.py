"""The absence has its explanation: the child is back, or is where she may be."""

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


class ExplainedSheet(Sheet):
    """Why the child was away, and since when that is known."""

    why = longer(
        _("Hvorfor var barnet borte?"),
        required=_("Skriv hvorfor barnet var borte."),
        hint=_("For eksempel: kom hjem kl. 19, bussen var forsinket. Eller: er hos en venn, vi har snakket med begge."),
    )
    at = WhenField(label=_("Når fikk dere vite det?"))


@screen(Action.RECORD, "web/explained.html", of=find_case)
def explained(visit: Visit, case: Case) -> Answer:
    """Record the explanation."""
    form = fill(ExplainedSheet, visit)

    def act(given: Mapping[str, Any]) -> str:
        casework.explain(case.id, by=visit.person, now=visit.now, why=given["why"], at=given["at"])
        return to_case(case)

    return send(visit, form, act, said=gettext("Fraværet er notert som forklart.")) or {"form": form, "case": case}
