"""What a child is summoned to: add a summons, or note that it is called off."""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from savnet.access.rights import Action
from savnet.casework import contact_keeping
from savnet.register.models import Appointment, AppointmentKind, Resident
from savnet.web.doubts import DoubtfulSheet
from savnet.web.forms import Sheet, WhenField, choice
from savnet.web.kept import to_resident, to_what_is_owed
from savnet.web.screen import Answer, Visit, screen
from savnet.web.sheets import fill, send
from savnet.web.subjects import resident as find_resident

FAR = timedelta(days=365)
"""How far ahead a summons is likelier a slip of the pen."""


class AppointmentSheet(DoubtfulSheet):
    """To what, and when."""

    kind = choice(
        _("Hva er barnet innkalt til?"), AppointmentKind.choices, required=_("Velg hva barnet er innkalt til.")
    )
    begins = WhenField(label=_("Når?"), ahead=True)

    def doubts(self, given: Mapping[str, Any]) -> Iterator[str]:
        ahead = given["begins"] - self.now
        if ahead < timedelta(0):
            yield gettext("Tidspunktet er passert.")
        elif ahead > FAR:
            yield gettext("Tidspunktet er mer enn et år fram i tid.")


@screen(Action.ADD_TO_RESIDENT, "web/appointment_new.html", of=find_resident)
def appointment_new(visit: Visit, resident: Resident) -> Answer:
    """Add a summons."""
    form = fill(AppointmentSheet, visit)

    def act(given: Mapping[str, Any]) -> str:
        kind = AppointmentKind(given["kind"])
        contact_keeping.add_appointment(resident, kind, given["begins"], by=visit.person, now=visit.now)
        return to_what_is_owed(resident)

    said = gettext("Innkallingen er lagret. Er barnet savnet, ser du i saken hvem som skal ha avbud.")
    return send(visit, form, act, said=said) or {"form": form, "resident": resident}


@screen(Action.ADD_TO_RESIDENT, "web/appointment_cancel.html", of=find_resident)
def appointment_cancel(visit: Visit, resident: Resident, appointment_id: UUID) -> Answer:
    """Note that a summons is called off."""
    appointment: Appointment = get_object_or_404(resident.appointments.filter(cancelled=False), id=appointment_id)
    form = fill(Sheet, visit)

    def act(given: Mapping[str, Any]) -> str:
        contact_keeping.cancel_appointment(appointment, by=visit.person, now=visit.now)
        return to_resident(resident)

    said = gettext("Notert at innkallingen er avlyst.")
    return send(visit, form, act, said=said) or {"form": form, "resident": resident, "appointment": appointment}
