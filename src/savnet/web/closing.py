"""Propose that a case is over: who can say how it went. A leader or the region is the second who says so."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from savnet.access.proposals import ProposalKind
from savnet.access.rights import Action
from savnet.cases.models import Case
from savnet.casework.case_at_hand import at_hand
from savnet.casework.closing import outcome
from savnet.casework.two_persons import propose
from savnet.web.forms import Sheet, shorter
from savnet.web.screen import Answer, Visit, screen
from savnet.web.sheets import fill, send, to_case
from savnet.web.subjects import find_case
from savnet.web.wording.words import word

PROPOSED = _("Foreslått. Saken er avsluttet når en til har bekreftet det.")


class ClosingSheet(Sheet):
    """Where the outcome is known from."""

    source = shorter(
        _("Hvem kan si hvordan det gikk?"),
        required=_("Skriv hvem som kan si hvordan det gikk."),
        hint=_("For eksempel: barnet selv, politiet ved navn, barnevernstjenesten."),
    )


@screen(Action.CLOSE_CASE, "web/closing.html", of=find_case)
def closing(visit: Visit, case: Case) -> Answer:
    """Propose it."""
    form = fill(ClosingSheet, visit)

    def act(given: Mapping[str, Any]) -> str:
        said = {"source": given["source"]}
        propose(ProposalKind.CLOSING, said, by=visit.person, now=visit.now, case_id=case.id)
        return to_case(case)

    ended = outcome(at_hand(case.id, visit.now))
    return send(visit, form, act, said=PROPOSED) or {
        "case": case,
        "form": form,
        "outcome": word("returned_how", ended.how) if ended else "",
    }
