"""A named person at the office has what was sent to it, with the office's own reference: sent alone is not received."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from savnet.access.rights import Action
from savnet.cases.models import Case
from savnet.casework import contact_keeping, udi
from savnet.casework.case_at_hand import CaseAtHand, at_hand
from savnet.casework.holding_back import CANCELS, appointments_ahead
from savnet.rules import Obligation
from savnet.web.desk import desk, find_told
from savnet.web.forms import Sheet, WhenField, shorter
from savnet.web.office_duties import find_sent
from savnet.web.office_sheets import to_office_case
from savnet.web.screen import Answer, Visit, screen
from savnet.web.sheets import fill, send


class ConfirmSheet(Sheet):
    """Since when, and under which reference."""

    field_order = ("reference", "cancelled", "at")
    reference = shorter(_("Deres referanse"), hint=_("For eksempel dokumentnummeret i DUF."))
    at = WhenField(label=_("Når tok dere imot den?"))


class CancelSheet(ConfirmSheet):
    """Also whether the appointment is off."""

    cancelled = forms.BooleanField(label=_("Avtalen er avlyst hos oss"), required=False, initial=True)


@screen(Action.ACT_FOR_OFFICE, "web/office_receipt.html", of=find_told)
def office_receipt(visit: Visit, case: Case, slug: str) -> Answer:
    """Confirm it, in one's own name."""
    now = at_hand(case.id, visit.now)
    shown = find_sent(now, slug, desk(visit.person))
    owed = shown.obligation
    form = fill(CancelSheet if owed.id in CANCELS else ConfirmSheet, visit)

    def act(given: Mapping[str, Any]) -> str:
        if given.get("cancelled"):
            _cancel(now, owed, visit)
        reference, at = given["reference"], given["at"]
        udi.confirm(case.id, owed.key, reference=reference, by=visit.person, now=visit.now, at=at)
        return to_office_case(case)

    return send(visit, form, act, said=_("Bekreftet. Mottaket ser at dere har den.")) or {
        "case": case,
        "form": form,
        "shown": shown,
        "summons": appointments_ahead(now, owed) if owed.id in CANCELS else (),
    }


def _cancel(now: CaseAtHand, owed: Obligation, visit: Visit) -> None:
    for kind, at in appointments_ahead(now, owed):
        for one in now.resident.appointments.filter(kind=kind, at=at, cancelled=False):
            contact_keeping.cancel_appointment(one, by=visit.person, now=visit.now)
