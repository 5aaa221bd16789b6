"""Say that there is reason to believe the child has disappeared: from then on the duties hold and the clock runs."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from savnet.access.rights import Action
from savnet.cases.models import Case
from savnet.casework import absence as casework
from savnet.casework.case_at_hand import at_hand
from savnet.web.forms import Sheet, WhenField, longer
from savnet.web.screen import Answer, Visit, screen
from savnet.web.sheets import fill, send, to_case
from savnet.web.spells import outside
from savnet.web.subjects import find_case
from savnet.web.wording.text import Text

SAID = _("Notert. Nå skal politiet, barnevernet og de andre ha beskjed.")
OUTSIDE = _(
    "Notert, men RS 2015-009 gjelder ikke for dette barnet. Ingen får beskjed av seg selv. Se under hva du må gjøre."
)


class BeliefSheet(Sheet):
    """Since when, and why."""

    at = WhenField(label=_("Når fikk dere grunn til å tro det?"))
    why = longer(_("Hvorfor tror dere det?"), hint=_("For eksempel: telefonen er avslått, og sekken er borte."))


@screen(Action.RECORD, "web/belief.html", of=find_case)
def belief(visit: Visit, case: Case) -> Answer:
    """Record the belief, and go on to report the child missing; or to who answers, where the circular does not hold."""
    form = fill(BeliefSheet, visit)

    def act(given: Mapping[str, Any]) -> str:
        casework.believe(case.id, by=visit.person, now=visit.now, why=given["why"], at=given["at"])
        return to_case(case) if outside(at_hand(case.id, visit.now)) else reverse("report", args=[case.id])

    def said() -> Text:
        return OUTSIDE if outside(at_hand(case.id, visit.now)) else SAID

    return send(visit, form, act, said=said) or {"form": form, "case": case}
