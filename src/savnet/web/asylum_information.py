"""Send the region what matters for the asylum case, once there is consent (4-19): somebody writes just what it is."""

from collections.abc import Mapping
from typing import Any

from django.http import Http404
from django.utils.translation import gettext_lazy as _

from savnet.access.rights import Action
from savnet.cases.models import Case
from savnet.casework.case_at_hand import at_hand
from savnet.casework.plan import planned
from savnet.casework.sending import send as send_letters
from savnet.web.forms import Sheet, longer
from savnet.web.said_again import asked_again
from savnet.web.screen import Answer, Visit, screen
from savnet.web.sheets import fill, send, to_case
from savnet.web.shown import find
from savnet.web.subjects import find_case


class AsylumSheet(Sheet):
    """What is sent, in the centre's own words."""

    said = longer(
        _("Hva skal regionkontoret få vite?"),
        required=_("Skriv hva det gjelder."),
        hint=_("Skriv bare det som betyr noe for asylsaken. Ikke skriv helseopplysninger."),
        rows=6,
    )


@screen(Action.SEND, "web/asylum_information.html", of=find_case)
def asylum_information(visit: Visit, case: Case, slug: str) -> Answer:
    """Write it and send it. Without consent there is no such page."""
    now = at_hand(case.id, visit.now)
    shown = find(now, slug)
    if shown.obligation.id != "4-19" or shown.withheld:
        raise Http404("withheld, or another duty")
    if question := asked_again(visit):
        return question
    form = fill(AsylumSheet, visit)

    def act(given: Mapping[str, Any]) -> str:
        send_letters(case.id, by=visit.person, now=visit.now, only={shown.obligation.key}, said=given["said"])
        return to_case(case)

    return send(visit, form, act, said=_("Sendt videre. Se i saken om noe skal leveres på papir.")) or {
        "case": case,
        "form": form,
        "shown": shown,
        "planned": planned(now, shown.obligation, shown.message),
    }
