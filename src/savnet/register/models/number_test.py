"""What readiness rests on beside the register: test calls, and what staff have found out that there is not."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from savnet.register.models.centre import Centre
from savnet.register.models.resident import Resident


class NumberTest(models.Model):
    """One number, called on a day. A number that is changed afterwards is untested again: the number itself is kept."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="number_tests")
    number = models.CharField(_("nummer"), max_length=40)
    whose = models.CharField(_("hvem sitt"), max_length=200)
    answered = models.BooleanField(_("fikk svar"))
    note = models.CharField(_("merknad"), max_length=200, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "prøveoppringing"
        verbose_name_plural = "prøveoppringinger"
        ordering: ClassVar[list[str]] = ["-at"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["centre", "number", "-at"], name="number_test_by_number"),
        ]

    def __str__(self) -> str:
        return self.number


class ReadinessAnswer(models.Model):
    """Somebody has asked, and there is none: no network here, no consent to a photograph. It is asked again later."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    resident = models.ForeignKey(Resident, on_delete=models.CASCADE, related_name="readiness_answers")
    item = models.CharField(max_length=20)
    why = models.CharField(_("hva dere fikk vite"), max_length=200)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "svar om beredskap"
        verbose_name_plural = "svar om beredskap"
        ordering: ClassVar[list[str]] = ["-at"]

    def __str__(self) -> str:
        return self.item
