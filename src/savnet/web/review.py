"""Go through an open case: five points, each answered, and «unknown» is an answer."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from savnet.access.rights import Action
from savnet.cases.models import Case
from savnet.casework.reviews import review as casework
from savnet.policy.reviews import POINTS
from savnet.rules.words import Answer as Said
from savnet.web.forms import Sheet, choice, longer
from savnet.web.screen import Answer, Visit, screen
from savnet.web.sheets import fill, send, to_case
from savnet.web.subjects import find_case

ANSWERS = (
    (Said.YES.value, _("Ja")),
    (Said.NO.value, _("Nei")),
    (Said.UNKNOWN.value, _("Vet ikke")),
)
MISSING = _("Svar på dette. «Vet ikke» er også et svar.")


class ReviewSheet(Sheet):
    """The five points, and what else there is to say."""

    police_inquiries = choice(_("Har politiet gjort undersøkelser siden sist?"), ANSWERS, required=MISSING)
    alert_valid = choice(_("Er barnet fortsatt etterlyst?"), ANSWERS, required=MISSING)
    new_information = choice(_("Er det kommet nye opplysninger?"), ANSWERS, required=MISSING)
    tracing_abroad = choice(_("Er det lett etter barnet i utlandet?"), ANSWERS, required=MISSING)
    other_registers = choice(
        _("Er det sjekket om barnet finnes i andre registre?"),
        ANSWERS,
        required=MISSING,
        hint=_("For eksempel DUF, Sesam, barnevernet eller et annet mottak."),
    )
    text = longer(_("Hva kom fram?"), hint=_("Skriv hvem dere har snakket med, og hva som skal gjøres videre."))


@screen(Action.RECORD, "web/review.html", of=find_case)
def review(visit: Visit, case: Case) -> Answer:
    """Record that the case was gone through."""
    form = fill(ReviewSheet, visit)

    def act(given: Mapping[str, Any]) -> str:
        points = {point: Said(given[point]) for point in POINTS}
        casework(case.id, points, text=given["text"], by=visit.person, now=visit.now)
        return to_case(case)

    return send(visit, form, act, said=gettext("Gjennomgangen er notert.")) or {"case": case, "form": form}
