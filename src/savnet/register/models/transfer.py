"""A child on the way from one centre to another. The sender answers for the child until the receiver confirms (I7)."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q, TextChoices
from django.utils.translation import gettext_lazy as _

from savnet.register.models.centre import Centre
from savnet.register.models.resident import Resident


class TransferState(TextChoices):
    """Where the transfer stands. From the first two one may go on, from the last two never."""

    PLANNED = "planned", _("Planlagt")
    UNDER_WAY = "under_way", _("På vei")
    ARRIVED = "arrived", _("Kommet fram")
    CANCELLED = "cancelled", _("Avlyst")


OPEN = (TransferState.PLANNED.value, TransferState.UNDER_WAY.value)


class Transfer(models.Model):
    """One transfer, planned by the sender. At most one is open for a child."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    resident = models.ForeignKey(Resident, on_delete=models.CASCADE, related_name="transfers")
    from_centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="transfers_out")
    to_centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="transfers_in")
    state = models.CharField(max_length=10, choices=TransferState.choices, default=TransferState.PLANNED)
    how = models.CharField(_("reisemåte"), max_length=200)
    escort = models.CharField(_("følge"), max_length=200, blank=True)
    escort_phone = models.CharField(_("telefon på reisen"), max_length=40, blank=True)
    departs_at = models.DateTimeField(_("avreise"))
    expected_at = models.DateTimeField(_("ventet fram"))
    planned_at = models.DateTimeField()
    planned_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    left_at = models.DateTimeField(null=True, blank=True)
    left_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    arrived_at = models.DateTimeField(null=True, blank=True)
    arrived_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancelled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    cancelled_why = models.CharField(max_length=300, blank=True)
    looked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "flytting"
        verbose_name_plural = "flyttinger"
        ordering: ClassVar[list[str]] = ["expected_at"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["resident"], condition=Q(state__in=OPEN), name="one_open_transfer_per_resident"
            ),
            models.CheckConstraint(name="transfer_goes_elsewhere", condition=~Q(from_centre=F("to_centre"))),
            models.CheckConstraint(
                name="transfer_arrives_after_it_departs",
                condition=Q(departs_at__lt=F("expected_at")),
                violation_error_message=_("Barnet kan ikke være framme før det reiser."),
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["to_centre", "expected_at"], name="transfer_to_come", condition=Q(state__in=OPEN)),
        ]

    def __str__(self) -> str:
        return self.get_state_display()

    @property
    def open(self) -> bool:
        """Whether the child has neither arrived nor stays."""
        return self.state in OPEN
