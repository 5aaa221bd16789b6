"""One transfer: plan it, say that the child has left, call it off; and, with the receiver, that the child is there."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from savnet.access.models import Person
from savnet.access.rights import Action
from savnet.casework import transfers
from savnet.register.models import Centre, Resident, Transfer
from savnet.web.forms import Sheet, WhenField, shorter
from savnet.web.kept import to_resident
from savnet.web.numbers import telephone
from savnet.web.screen import Answer, Visit, screen
from savnet.web.sheets import fill, send
from savnet.web.subjects import resident as find_resident

FIELDS = ("how", "escort", "escort_phone", "departs_at", "expected_at")


@dataclass(frozen=True, slots=True)
class Leaving:
    """A transfer, as the sender's."""

    transfer: Transfer

    @property
    def centre_id(self) -> UUID:
        return self.transfer.from_centre_id

    @property
    def resident_id(self) -> UUID:
        return self.transfer.resident_id


@dataclass(frozen=True, slots=True)
class Arriving(Leaving):
    """A transfer, as the receiver's."""

    @property
    def centre_id(self) -> UUID:
        return self.transfer.to_centre_id


def _find(transfer_id: UUID) -> Transfer:
    rows = Transfer.objects.select_related("resident", "from_centre", "to_centre", "left_by", "planned_by")
    found: Transfer = get_object_or_404(rows, id=transfer_id)
    return found


def leaving(person: Person, transfer_id: UUID) -> Leaving:
    return Leaving(_find(transfer_id))


def arriving(person: Person, transfer_id: UUID) -> Arriving:
    return Arriving(_find(transfer_id))


class TransferSheet(Sheet):
    """Where to, how, and when."""

    to_centre = forms.ModelChoiceField(
        queryset=Centre.objects.none(), label=_("Til"), error_messages={"required": _("Velg mottaket.")}
    )
    how = shorter(_("Reisemåte"), required=_("Skriv hvordan barnet reiser."), hint=_("Buss, tog, bil med ansatt …"))
    escort = shorter(_("Følge"), hint=_("Hvem som reiser sammen med barnet. Tomt betyr at barnet reiser alene."))
    escort_phone = telephone(_("Telefon på reisen"))
    departs_at = WhenField(label=_("Avreise"), ahead=True)
    expected_at = WhenField(label=_("Ventet fram"), ahead=True)

    def __init__(self, *args: Any, centres: list[Centre], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["to_centre"].queryset = Centre.objects.filter(id__in=[one.id for one in centres])  # type: ignore[attr-defined]


class WhySheet(Sheet):
    """Why it is called off."""

    why = shorter(_("Hvorfor?"), required=_("Skriv hvorfor flyttingen er avlyst."), autocomplete="off")


@screen(Action.RECORD, "web/transfer_new.html", of=find_resident)
def transfer_new(visit: Visit, resident: Resident) -> Answer:
    """Plan a transfer."""
    form = fill(TransferSheet, visit, centres=transfers.destinations(resident.centre))

    def act(given: Mapping[str, Any]) -> str:
        facts = {name: given[name] for name in FIELDS}
        made = transfers.plan(resident, given["to_centre"], facts, by=visit.person, now=visit.now)
        return reverse("transfer", args=[made.id])

    said = _("Flyttingen er planlagt. Mottaket som skal ta imot, ser den nå.")
    return send(visit, form, act, said=said) or {"form": form, "resident": resident}


@screen(Action.RECORD, "web/transfer.html", of=leaving)
def transfer(visit: Visit, subject: Leaving, transfer_id: UUID) -> Answer:
    """The transfer as the sender sees it."""
    return {"transfer": subject.transfer, "resident": subject.transfer.resident}


@screen(Action.RECORD, "web/transfer_left.html", of=leaving)
def transfer_left(visit: Visit, subject: Leaving, transfer_id: UUID) -> Answer:
    """Say that the child has left."""
    form = fill(Sheet, visit)

    def act(given: Mapping[str, Any]) -> str:
        transfers.depart(subject.transfer, by=visit.person, now=visit.now)
        return reverse("transfer", args=[transfer_id])

    said = _("Notert at barnet har reist. Dere har ansvaret til ankomsten er bekreftet.")
    return send(visit, form, act, said=said) or _around(form, subject)


@screen(Action.RECORD, "web/transfer_cancelled.html", of=leaving)
def transfer_cancelled(visit: Visit, subject: Leaving, transfer_id: UUID) -> Answer:
    """Call the transfer off."""
    form = fill(WhySheet, visit)

    def act(given: Mapping[str, Any]) -> str:
        transfers.cancel(subject.transfer, given["why"], by=visit.person, now=visit.now)
        return to_resident(subject.transfer.resident)

    return send(visit, form, act, said=_("Flyttingen er avlyst. Barnet bor her.")) or _around(form, subject)


@screen(Action.RECORD, "web/transfer_arrived.html", of=arriving)
def transfer_arrived(visit: Visit, subject: Arriving, transfer_id: UUID) -> Answer:
    """The receiver's page of who comes, where the arrival is confirmed."""
    form = fill(Sheet, visit)

    def act(given: Mapping[str, Any]) -> str:
        transfers.arrive(subject.transfer, by=visit.person, now=visit.now)
        return to_resident(subject.transfer.resident)

    said = _("Ankomsten er bekreftet. Fra nå har dere ansvaret for barnet.")
    return send(visit, form, act, said=said) or _around(form, subject)


def _around(form: Sheet, subject: Leaving) -> dict[str, Any]:
    return {"form": form, "transfer": subject.transfer, "resident": subject.transfer.resident}
