"""The photograph of a resident, kept re-encoded and without anything but the picture itself."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from savnet.register.models.resident import Resident


class Photo(models.Model):
    """One photograph, as `savnet.register.photographs.keep_photo` made it. Never the uploaded bytes."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    resident = models.OneToOneField(Resident, on_delete=models.CASCADE, related_name="photo")
    image = models.BinaryField("bilde (JPEG)")
    taken = models.DateField("tatt", null=True, blank=True)
    consent_by = models.CharField("samtykke fra", max_length=200)
    consent_on = models.DateField("samtykket")

    class Meta:
        verbose_name = "bilde"
        verbose_name_plural = "bilder"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="photo_has_consent",
                condition=~Q(consent_by=""),
                violation_error_message=_("Skriv hvem som har samtykket til at bildet lagres."),
            ),
        ]

    def __str__(self) -> str:
        return "Bilde"
