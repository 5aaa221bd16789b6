"""Reception centres: who runs them, where they lie, and whom they have agreed what with."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from savnet.register.models.places import Municipality, PoliceDistrict
from savnet.rules.words import Operator


class OperatorKind(TextChoices):
    """Who runs a centre; the values are those of the rules."""

    MUNICIPAL = Operator.MUNICIPAL.value, _("Kommunal")
    PRIVATE = Operator.PRIVATE.value, _("Privat")


class CentreKind(TextChoices):
    """What sort of centre it is."""

    ARRIVAL = "arrival", _("Ankomstmottak")
    TRANSIT = "transit", _("Transittmottak")
    ORDINARY = "ordinary", _("Ordinært mottak")


class Centre(models.Model):
    """A reception centre (mottak). `region` is the number of UDI's regional office among the recipients.

    `grace_minutes` is how long after a fixed time the house asks; empty is the house's common choice. `exercise_of`
    is set on the invented copy that an exercise takes place in, and never changes.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.CharField("mottaksnummer", max_length=30, blank=True)
    name = models.CharField("navn", max_length=200, unique=True)
    kind = models.CharField("type", max_length=20, choices=CentreKind.choices, default=CentreKind.ORDINARY)
    operator = models.CharField("drift", max_length=20, choices=OperatorKind.choices)
    operator_name = models.CharField("driftsoperatør", max_length=200, blank=True)
    municipality = models.ForeignKey(
        Municipality, verbose_name="kommune", on_delete=models.PROTECT, related_name="centres"
    )
    address = models.CharField("gateadresse", max_length=200, blank=True)
    postal_code = models.CharField("postnummer", max_length=4, blank=True)
    postal_place = models.CharField("poststed", max_length=100, blank=True)
    email = models.EmailField("e-post", blank=True)
    capacity = models.PositiveIntegerField("plasser", null=True, blank=True)
    phone = models.CharField("telefon", max_length=40, blank=True)
    on_call_phone = models.CharField("vakttelefon", max_length=40, blank=True)
    agreed_police_district = models.ForeignKey(
        PoliceDistrict,
        verbose_name="avtalt politidistrikt",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="centres",
        help_text="Fylles ut når mottaket har avtalt med politiet hvilket distrikt som tar imot meldingene.",
    )
    police_agreement = models.TextField(
        "avtale med politiet",
        blank=True,
        help_text="Hvordan savnetmeldingen leveres etter avtale med politiet. Tomt betyr personlig frammøte.",
    )
    region = models.CharField("UDIs regionkontor", max_length=20, blank=True)
    police_on_call = models.CharField("politiets vakttelefon", max_length=40, blank=True)
    grace_minutes = models.PositiveSmallIntegerField("minutter før huset spør", null=True, blank=True)
    exercise_of = models.ForeignKey(
        "self", verbose_name="øvelse for", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = "mottak"
        verbose_name_plural = "mottak"
        ordering: ClassVar[list[str]] = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def invented(self) -> bool:
        """Whether this is the place of an exercise: its children do not exist, and nothing of it leaves the house."""
        return self.exercise_of_id is not None
