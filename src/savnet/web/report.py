"""Report missing: one page with the nine answers and what goes to whom, then one button that sends it all."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from savnet.access.rights import Action
from savnet.cases.models import Case
from savnet.casework.case_at_hand import at_hand
from savnet.casework.facts import answered, suggested
from savnet.casework.plan import plan
from savnet.casework.reporting import keep
from savnet.casework.reporting import report as report_missing
from savnet.casework.responsible import responsible
from savnet.rules.words import CONCERN_ITEM, CaseState
from savnet.web.planned import going
from savnet.web.report_sheet import ReportSheet
from savnet.web.said_again import asked_again
from savnet.web.screen import Answer, Visit, screen
from savnet.web.sheets import fill, send, to_case
from savnet.web.shown import sort
from savnet.web.sight import sight
from savnet.web.spells import outside
from savnet.web.subjects import find_case
from savnet.web.wording.text import Text

SENT = _("Meldingene er laget. Se under hva som gjenstår: det som skal leveres på papir, og dem du skal ringe.")
KEPT = _("Svarene er lagret. Ingenting er sendt ennå.")


@screen(Action.SEND, "web/report.html", of=find_case)
def report(visit: Visit, case: Case) -> Answer:
    """Answer, see what goes to whom, and send; or keep the answers and go on later."""
    now = at_hand(case.id, visit.now)
    if outside(now):
        return {"case": case, "responsible": responsible(now)}
    if question := asked_again(visit):
        return question
    if not sight(visit, now).rereads:
        return {"case": case, "gone": True}
    form = fill(ReportSheet, visit, suggested={**suggested(now), CONCERN_ITEM: answered(now, CONCERN_ITEM)})
    only_keep = visit.request.POST.get("do") == "keep"

    said: Text = KEPT if only_keep else SENT

    def act(given: Mapping[str, Any]) -> str:
        nonlocal said
        do = keep if only_keep else report_missing
        came = do(case.id, form.answers(), by=visit.person, now=visit.now)
        if came.too_late:
            said = ""
            messages.warning(visit.request, came.too_late)
        return reverse("report", args=[case.id]) if only_keep else to_case(case)

    duties = sort(now)
    return send(visit, form, act, said=lambda: said) or {
        "case": case,
        "form": form,
        "missing": now.derivation.state is CaseState.MISSING,
        "derivation": now.derivation,
        "going": going(plan(now)),
        "by_hand": [one for one in duties.owed if one.obligation.id in {"c-1", "d-4"}],
    }
