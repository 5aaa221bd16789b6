"""Note that a child is not here: the child is chosen, the time filled in, one button."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from savnet.access.rights import Action
from savnet.casework import absence as casework
from savnet.register.models import Resident
from savnet.rules.words import NoticedHow
from savnet.web.forms import Sheet, WhenField, choice, longer
from savnet.web.screen import Answer, Visit, screen
from savnet.web.sheets import fill, send, to_case
from savnet.web.subjects import resident as find_resident
from savnet.web.wording.words import NOTICED_HOW


class AbsenceSheet(Sheet):
    """How and when the absence was noticed, and when the child was last seen."""

    how = choice(
        _("Hva har skjedd?"),
        tuple(NOTICED_HOW.items()),
        required=_("Velg hva som har skjedd."),
        initial=NoticedHow.NOT_AT_DAILY_ACTIVITY,
    )
    at = WhenField(label=_("Når oppdaget dere det?"))
    last_observed = WhenField(label=_("Når ble barnet sist sett på mottaket?"), required=False)
    note = longer(_("Merknad"))


@screen(Action.RECORD, "web/absence.html", of=find_resident)
def absence(visit: Visit, resident: Resident) -> Answer:
    """Note the absence and open the child's case."""
    form = fill(AbsenceSheet, visit)

    def act(given: Mapping[str, Any]) -> str:
        noticed = casework.notice(
            resident,
            by=visit.person,
            now=visit.now,
            at=given["at"],
            how=NoticedHow(given["how"]),
            last_observed=given["last_observed"],
            note=given["note"],
        )
        return to_case(noticed)

    said = gettext("Notert: %(name)s er ikke her. Undersøk hvorfor med en gang.") % {"name": resident.name}
    return send(visit, form, act, said=said) or {"form": form, "resident": resident}
