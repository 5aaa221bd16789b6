"""Consent to passing on what matters for the asylum case: given or refused, and by whom (4-19)."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from savnet.access.rights import Action
from savnet.cases.models import Case
from savnet.casework.returning import record_consent
from savnet.web.forms import Sheet, choice
from savnet.web.screen import Answer, Visit, screen
from savnet.web.sheets import fill, send, to_case
from savnet.web.subjects import find_case
from savnet.web.wording.text import capital
from savnet.web.wording.words import CONSENT_WHO

ANSWERS = (("yes", _("Ja, opplysningene kan sendes")), ("no", _("Nei, de skal ikke sendes")))


class ConsentSheet(Sheet):
    """Who answered, and what."""

    who = choice(
        _("Hvem har svart?"),
        tuple((code, capital(text)) for code, text in CONSENT_WHO.items()),
        required=_("Velg hvem som har svart."),
    )
    given = choice(_("Hva svarte de?"), ANSWERS, required=_("Velg hva de svarte."))


@screen(Action.RECORD, "web/consent.html", of=find_case)
def consent(visit: Visit, case: Case) -> Answer:
    """Record the answer."""
    form = fill(ConsentSheet, visit)

    def act(said: Mapping[str, Any]) -> str:
        record_consent(case.id, who=said["who"], given=said["given"] == "yes", by=visit.person, now=visit.now)
        return to_case(case)

    return send(visit, form, act, said=gettext("Svaret er notert.")) or {"case": case, "form": form}
