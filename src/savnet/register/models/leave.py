"""Absence that was agreed beforehand: where to, with whom, and when the child is to be back."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q, TextChoices
from django.utils.translation import gettext_lazy as _

from savnet.register.models.resident import Resident


class LeaveKind(TextChoices):
    """What sort of agreed absence. Lists say only that there is one; the kind stands with the child alone."""

    AGREED = "agreed", _("Avtalt med barnet")
    SCHOOL = "school", _("Skole eller tur")
    HEALTH = "health", _("Helsehjelp")
    APPROVED = "approved", _("Annet godkjent fravær")


class Leave(models.Model):
    """One agreed absence. A changed return time is a new leave in place of the old, so that both are seen."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    resident = models.ForeignKey(Resident, on_delete=models.CASCADE, related_name="leaves")
    kind = models.CharField(_("hva slags fravær"), max_length=10, choices=LeaveKind.choices)
    from_at = models.DateTimeField(_("fra"))
    return_at = models.DateTimeField(_("tilbake"))
    place = models.CharField(_("hvor"), max_length=200, blank=True)
    with_whom = models.CharField(_("sammen med"), max_length=200, blank=True)
    phone = models.CharField(_("telefon"), max_length=40, blank=True)
    agreed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    agreed_at = models.DateTimeField()
    replaces = models.OneToOneField("self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaced_by")
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    looked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "avtalt fravær"
        verbose_name_plural = "avtalte fravær"
        ordering: ClassVar[list[str]] = ["from_at"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="leave_ends_after_it_begins",
                condition=Q(from_at__lt=F("return_at")),
                violation_error_message=_("Barnet kan ikke være tilbake før det drar."),
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["return_at"], name="leave_to_look_at", condition=Q(ended_at=None, looked_at=None)),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()
