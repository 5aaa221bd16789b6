"""Those who act for the child: representative, guardian and lawyer (c-1)."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q, TextChoices
from django.utils.translation import gettext_lazy as _

from savnet.register.models.resident import Resident
from savnet.register.models.validity import Dated
from savnet.rules.words import Recipient


class ContactKind(TextChoices):
    """In what capacity the person acts for the child."""

    REPRESENTATIVE = Recipient.REPRESENTATIVE.value, _("Representant")
    GUARDIAN = Recipient.GUARDIAN.value, _("Verge")
    LAWYER = Recipient.LAWYER.value, _("Advokat")


class Contact(Dated):
    """A person who acts for one child, from a day and until a day. The former ones are kept."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    resident = models.ForeignKey(Resident, on_delete=models.CASCADE, related_name="contacts")
    kind = models.CharField("rolle", max_length=20, choices=ContactKind.choices)
    name = models.CharField("navn", max_length=200)
    firm = models.CharField("firma", max_length=200, blank=True)
    phone = models.CharField("telefon", max_length=40, blank=True)
    email = models.EmailField("e-post", blank=True)
    address = models.TextField("adresse", blank=True)

    class Meta(Dated.Meta):
        verbose_name = "kontaktperson"
        verbose_name_plural = "kontaktpersoner"
        # The newest first: where two overlap, the one appointed last is the one to call.
        ordering: ClassVar[list[str | models.OrderBy]] = [
            models.F("valid_from").desc(nulls_last=True),
            "name",
        ]
        # Ended on its first day, it never held: entered by mistake, and kept all the same.
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="contact_ends_no_sooner_than_it_begins",
                condition=Q(valid_from__isnull=True)
                | Q(valid_to__isnull=True)
                | Q(valid_from__lte=models.F("valid_to")),
                violation_error_message=_("Sluttdatoen kan ikke være før startdatoen."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.get_kind_display().lower()})"
