"""Which police district each municipality belongs to, out of a list from those who know."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext

from savnet.register.imports.cells import Column, text, yes_or_no
from savnet.register.imports.centres import municipality, police_district
from savnet.register.imports.intake import Intake
from savnet.register.models import Municipality, MunicipalityPoliceDistrict
from savnet.register.models.validity import holding


def columns(today: date) -> tuple[Column, ...]:
    """The columns that a list of routes may have."""
    return (
        Column(
            field="municipality_id",
            label="Kommune",
            heads=("Kommunenummer", "Kommune nr", "Knr"),
            read=lambda cell: municipality(cell, today),
        ),
        Column(field="district_id", label="Politidistrikt", heads=("Distrikt",), read=police_district),
        Column(field="confirmed", label="Bekreftet", heads=(), read=yes_or_no),
        Column(field="source", label="Kilde", heads=("Bekreftet av",), read=text),
    )


class Routes(Intake[MunicipalityPoliceDistrict]):
    """A municipality moved to another district keeps the old route with its last day."""

    def __init__(self, today: date) -> None:
        self.today = today
        self.columns = columns(today)

    def lock(self) -> None:
        # Evaluated for the locks alone.
        list(MunicipalityPoliceDistrict.objects.select_for_update().values_list("pk", flat=True))

    def find(self, values: Mapping[str, Any]) -> MunicipalityPoliceDistrict | None:
        routes = MunicipalityPoliceDistrict.objects.filter(holding(self.today))
        return routes.filter(municipality_id=values.get("municipality_id")).first()

    def key(self, values: Mapping[str, Any]) -> str:
        return str(values.get("municipality_id", ""))

    def label(self, values: Mapping[str, Any]) -> str:
        return str(
            Municipality.objects.filter(number=values.get("municipality_id", "")).first() or gettext("Uten kommune")
        )

    def value(self, found: MunicipalityPoliceDistrict | None, field: str) -> Any:
        return None if found is None else getattr(found, field)

    def built(self, found: MunicipalityPoliceDistrict | None, values: Mapping[str, Any]) -> MunicipalityPoliceDistrict:
        route = found or MunicipalityPoliceDistrict()
        for field, value in values.items():
            setattr(route, field, value)
        return route

    def save(self, thing: MunicipalityPoliceDistrict, values: Mapping[str, Any]) -> None:
        former = MunicipalityPoliceDistrict.objects.filter(pk=thing.pk).first()
        if former and former.district_id != thing.district_id and former.valid_from != self.today:
            MunicipalityPoliceDistrict.objects.filter(pk=former.pk).update(valid_to=self.today)
            thing.pk, thing.valid_from = None, self.today
            thing._state.adding = True
        thing.save()
