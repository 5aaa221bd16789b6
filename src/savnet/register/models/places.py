"""Counties, municipalities and police districts, and which district a municipality belongs to."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from savnet.register.models.validity import Dated


class County(models.Model):
    """A county (fylke) with its two-digit number."""

    number = models.CharField("fylkesnummer", max_length=2, primary_key=True)
    name = models.CharField("navn", max_length=100)

    class Meta:
        verbose_name = "fylke"
        verbose_name_plural = "fylker"
        ordering: ClassVar[list[str]] = ["number"]

    def __str__(self) -> str:
        return self.name


class Municipality(Dated):
    """A municipality (kommune). A number that has ceased is kept, so that an old list gets a clear answer."""

    number = models.CharField("kommunenummer", max_length=4, primary_key=True)
    name = models.CharField("navn", max_length=100)
    county = models.ForeignKey(
        County, verbose_name="fylke", on_delete=models.PROTECT, null=True, blank=True, related_name="municipalities"
    )
    successors = models.ManyToManyField(
        "self", verbose_name="etterfølgere", symmetrical=False, blank=True, related_name="predecessors"
    )
    source = models.CharField("kilde", max_length=200, blank=True)

    class Meta(Dated.Meta):
        verbose_name = "kommune"
        verbose_name_plural = "kommuner"
        ordering: ClassVar[list[str]] = ["number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                name="municipality_number_is_four_digits",
                condition=Q(number__regex=r"^[0-9]{4}$"),
                violation_error_message=_("Et kommunenummer har fire siffer."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.number})"


class PoliceDistrict(models.Model):
    """One of the twelve police districts. `key` is ours; the districts have no number that we can source."""

    key = models.SlugField("nøkkel", max_length=40, primary_key=True)
    name = models.CharField("navn", max_length=100, unique=True)
    confirmed = models.BooleanField("bekreftet", default=False)
    source = models.CharField("kilde", max_length=200, blank=True)

    class Meta:
        verbose_name = "politidistrikt"
        verbose_name_plural = "politidistrikter"
        ordering: ClassVar[list[str]] = ["name"]

    def __str__(self) -> str:
        return self.name


class MunicipalityPoliceDistrict(Dated):
    """Which police district answers for a municipality. Until somebody has confirmed it, it is shown as unconfirmed."""

    municipality = models.ForeignKey(
        Municipality, verbose_name="kommune", on_delete=models.CASCADE, related_name="police_routes"
    )
    district = models.ForeignKey(
        PoliceDistrict, verbose_name="politidistrikt", on_delete=models.PROTECT, related_name="routes"
    )
    confirmed = models.BooleanField("bekreftet", default=False)
    source = models.CharField("kilde", max_length=200)

    class Meta(Dated.Meta):
        verbose_name = "politidistrikt for kommune"
        verbose_name_plural = "politidistrikt for kommuner"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=["municipality"],
                condition=Q(valid_to__isnull=True),
                name="one_police_district_at_a_time",
                violation_error_message=_("Kommunen har allerede et politidistrikt. Avslutt det først."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.municipality} → {self.district}"
