"""Centres out of another system: which columns are understood, and which centre a row is about.

A centre is recognised by its number, else by its name. A blank cell never erases what is registered.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext

from savnet.register.imports.cells import CellError, Column, head, one_of, text, whole_number
from savnet.register.imports.intake import Intake
from savnet.register.models import Centre, Municipality, PoliceDistrict
from savnet.register.models.validity import holding
from savnet.register.municipalities import in_force
from savnet.register.resolution import NoRecipient

OPERATORS = {"kommunal": "municipal", "kommune": "municipal", "privat": "private"}
KINDS = {
    "ankomst": "arrival", "ankomstmottak": "arrival",
    "transitt": "transit", "transittmottak": "transit",
    "ordinært": "ordinary", "ordinært mottak": "ordinary",
}  # fmt: skip


def columns(today: date) -> tuple[Column, ...]:
    """The columns that a list of centres may have. Municipalities are those in force today."""
    return (
        Column(field="number", label="Mottaksnummer", heads=("Mottak nr", "Mottaks-ID", "Enhetsnummer"), read=text),
        Column(field="name", label="Navn", heads=("Mottak", "Mottaksnavn"), read=text),
        Column(field="kind", label="Type", heads=("Mottakstype", "Type mottak"), read=one_of(KINDS)),
        Column(field="operator", label="Drift", heads=("Driftsform", "Kommunal eller privat"), read=one_of(OPERATORS)),
        Column(field="operator_name", label="Driftsoperatør", heads=("Operatør",), read=text),
        Column(
            field="municipality_id",
            label="Kommune",
            heads=("Kommunenummer", "Kommune nr", "Knr"),
            read=lambda cell: municipality(cell, today),
        ),
        Column(field="address", label="Adresse", heads=("Gateadresse", "Besøksadresse"), read=text),
        Column(field="postal_code", label="Postnummer", heads=("Postnr",), read=_postal_code),
        Column(field="postal_place", label="Poststed", heads=(), read=text),
        Column(field="email", label="E-post", heads=("E-postadresse",), read=text),
        Column(field="capacity", label="Plasser", heads=("Kapasitet", "Antall plasser"), read=whole_number),
        Column(field="phone", label="Telefon", heads=("Tlf", "Telefonnummer"), read=text),
        Column(field="on_call_phone", label="Vakttelefon", heads=("Døgntelefon", "Vakt tlf"), read=text),
        Column(
            field="agreed_police_district_id",
            label="Avtalt politidistrikt",
            heads=("Politidistrikt",),
            read=police_district,
        ),
        Column(field="region", label="UDIs regionkontor", heads=("Regionkontor", "Region"), read=text),
    )


class Centres(Intake[Centre]):
    """All centres of the house."""

    def __init__(self, today: date) -> None:
        self.columns = columns(today)

    def lock(self) -> None:
        # Evaluated for the locks alone.
        list(Centre.objects.select_for_update().values_list("pk", flat=True))

    def find(self, values: Mapping[str, Any]) -> Centre | None:
        number, name = values.get("number"), values.get("name", "")
        known = Centre.objects.filter(number=number) if number else Centre.objects.none()
        if known.count() > 1:
            raise CellError(gettext("Flere mottak har dette nummeret. Rett det i registeret først."))
        return known.first() or Centre.objects.filter(name__iexact=name).first()

    def key(self, values: Mapping[str, Any]) -> str:
        return str(values.get("number") or self.label(values).casefold())

    def label(self, values: Mapping[str, Any]) -> str:
        return str(values.get("name") or values.get("number") or gettext("Uten navn"))

    def value(self, found: Centre | None, field: str) -> Any:
        return None if found is None else getattr(found, field)

    def built(self, found: Centre | None, values: Mapping[str, Any]) -> Centre:
        centre = found or Centre()
        for field, value in values.items():
            setattr(centre, field, value)
        return centre

    def save(self, thing: Centre, values: Mapping[str, Any]) -> None:
        thing.save()


def municipality(cell: str, on: date) -> str:
    """The number of a municipality in force, from its number or its name."""
    if cell.isdigit():
        try:
            return in_force(cell.zfill(4), on).number  # spreadsheets drop the first nought of 0301
        except NoRecipient as error:
            raise CellError(str(error)) from error
    # «Våler» alone may be Våler (Østfold) or Våler (Innlandet).
    called = Q(name__iexact=cell) | Q(name__istartswith=f"{cell} (")
    named = list(Municipality.objects.filter(holding(on), called)[:2])
    if not named:
        raise CellError(gettext("Ingen kommune heter «%(cell)s». Skriv kommunenummeret.") % {"cell": cell})
    if len(named) > 1:
        raise CellError(gettext("Flere kommuner heter «%(cell)s». Skriv kommunenummeret.") % {"cell": cell})
    return named[0].number


def police_district(cell: str) -> str:
    """The key of a police district, from its name with or without the word politidistrikt."""
    wanted = head(cell.casefold().removesuffix("politidistrikt"))
    for district in PoliceDistrict.objects.all():
        if head(district.name.casefold().removesuffix("politidistrikt")) == wanted:
            return district.key
    raise CellError(gettext("Ingen av de tolv politidistriktene heter «%(cell)s».") % {"cell": cell})


def _postal_code(cell: str) -> str:
    if not cell.isdigit() or len(cell) > 4:
        raise CellError(gettext("«%(cell)s» er ikke et postnummer.") % {"cell": cell})
    return cell.zfill(4)
