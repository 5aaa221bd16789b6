"""Agreed absence: agree on it, change it, or end it."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from savnet.access.rights import Action
from savnet.casework import leaves
from savnet.register.models import Leave, LeaveKind, Resident
from savnet.web.forms import Sheet, WhenField, choice, shorter
from savnet.web.kept import to_resident
from savnet.web.numbers import telephone
from savnet.web.said_again import asked_again
from savnet.web.screen import Answer, Visit, screen
from savnet.web.sheets import fill, send
from savnet.web.subjects import resident as find_resident

FIELDS = ("kind", "from_at", "return_at", "place", "with_whom", "phone")


class LeaveSheet(Sheet):
    """What was agreed."""

    kind = choice(_("Hva slags fravær er det?"), LeaveKind.choices, required=_("Velg hva slags fravær det er."))
    from_at = WhenField(label=_("Fra"), ahead=True)
    return_at = WhenField(
        label=_("Tilbake"),
        ahead=True,
        help_text=_("Er det ikke avtalt når barnet kommer, skriver du når dere skal ta kontakt og høre."),
    )
    place = shorter(_("Hvor"), hint=_("Vises bare på beboerens side, ikke i listene."), autocomplete="off")
    with_whom = shorter(_("Sammen med"), autocomplete="off")
    phone = telephone(_("Telefon dit"))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if "from_at" not in self.initial:
            self.fields["from_at"].initial = options["now"]


@screen(Action.RECORD, "web/leave.html", of=find_resident)
def leave_new(visit: Visit, resident: Resident) -> Answer:
    """Agree on an absence."""
    form = fill(LeaveSheet, visit)

    def act(given: Mapping[str, Any]) -> str:
        leaves.agree(resident, {name: given[name] for name in FIELDS}, by=visit.person, now=visit.now)
        return to_resident(resident)

    said = _("Avtalen er notert. Er barnet ikke tilbake til da, spør vi vakten.")
    return send(visit, form, act, said=said) or {"form": form, "resident": resident}


@screen(Action.RECORD, "web/leave.html", of=find_resident)
def leave_change(visit: Visit, resident: Resident, leave_id: UUID) -> Answer:
    """Agree on something else instead."""
    if question := asked_again(visit):  # the sheet says where the child is
        return question
    leave = _standing(resident, leave_id)
    form = fill(LeaveSheet, visit, initial={name: getattr(leave, name) for name in FIELDS})

    def act(given: Mapping[str, Any]) -> str:
        leaves.change(leave, {name: given[name] for name in FIELDS}, by=visit.person, now=visit.now)
        return to_resident(resident)

    said = _("Den nye avtalen gjelder. Den gamle er tatt vare på.")
    return send(visit, form, act, said=said) or {"form": form, "resident": resident, "leave": leave}


@screen(Action.RECORD, "web/leave_end.html", of=find_resident)
def leave_end(visit: Visit, resident: Resident, leave_id: UUID) -> Answer:
    """The child is here: back, or never left."""
    leave = _standing(resident, leave_id)
    form = fill(Sheet, visit)

    def act(given: Mapping[str, Any]) -> str:
        leaves.cancel(leave, by=visit.person, now=visit.now)
        return to_resident(resident)

    said = _("Notert at barnet er her, og at avtalen ikke lenger gjelder.")
    return send(visit, form, act, said=said) or {"form": form, "resident": resident, "leave": leave}


def _standing(resident: Resident, leave_id: UUID) -> Leave:
    found: Leave = get_object_or_404(resident.leaves.filter(ended_at=None), id=leave_id)
    return found
