"""Transport back: asked for by police or child welfare, and done (4-13)."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from savnet.access.rights import Action
from savnet.cases.models import Case
from savnet.casework.returning import note_transport, request_transport
from savnet.web.forms import Sheet, WhenField, choice
from savnet.web.screen import Answer, Visit, screen
from savnet.web.sheets import fill, send, to_case
from savnet.web.subjects import find_case

ASKED_BY = (("police", _("Politiet")), ("child_welfare", _("Barnevernet")))


class AskedSheet(Sheet):
    """Who asked, and whether UDI's office was open."""

    asked_by = choice(_("Hvem ber om transport?"), ASKED_BY, required=_("Velg hvem som ber om transport."))
    outside_office_hours = forms.BooleanField(
        label=_("Det er utenom UDIs kontortid"),
        required=False,
        help_text=_("Da er det mottaket som skal ordne transporten."),
    )
    at = WhenField(label=_("Når ble dere spurt?"))


class TransportedSheet(Sheet):
    """When it was done."""

    at = WhenField(label=_("Når var barnet framme?"))


@screen(Action.RECORD, "web/transport_asked.html", of=find_case)
def transport_asked(visit: Visit, case: Case) -> Answer:
    """Record that transport was asked for."""
    form = fill(AskedSheet, visit)

    def act(given: Mapping[str, Any]) -> str:
        outside = given["outside_office_hours"]
        request_transport(
            case.id,
            asked_by=given["asked_by"],
            outside_office_hours=outside,
            by=visit.person,
            now=visit.now,
            at=given["at"],
        )
        return to_case(case)

    return send(visit, form, act, said=gettext("Notert.")) or {"case": case, "form": form}


@screen(Action.RECORD, "web/transport_done.html", of=find_case)
def transport_done(visit: Visit, case: Case) -> Answer:
    """Record that the child was brought."""
    form = fill(TransportedSheet, visit)

    def act(given: Mapping[str, Any]) -> str:
        note_transport(case.id, by=visit.person, now=visit.now, at=given["at"])
        return to_case(case)

    return send(visit, form, act, said=gettext("Transporten er notert.")) or {"case": case, "form": form}
