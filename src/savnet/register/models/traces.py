"""What a search can follow: telephones, accounts and people the child knows. For the police report (a-6)."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q, TextChoices
from django.utils.translation import gettext_lazy as _

from savnet.register.models.resident import Resident


class Telephone(models.Model):
    """A telephone the child uses. Either the number or the IMEI may be all that is known."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    resident = models.ForeignKey(Resident, on_delete=models.CASCADE, related_name="telephones")
    number = models.CharField("nummer", max_length=40, blank=True)
    imei = models.CharField("IMEI", max_length=20, blank=True)
    note = models.CharField("merknad", max_length=200, blank=True)

    class Meta:
        verbose_name = "telefon"
        verbose_name_plural = "telefoner"
        ordering: ClassVar[list[str]] = ["number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="telephone_has_number_or_imei",
                condition=~Q(number="", imei=""),
                violation_error_message=_("Skriv nummeret eller IMEI."),
            ),
        ]

    def __str__(self) -> str:
        return self.number or f"IMEI {self.imei}"


class SocialAccount(models.Model):
    """A profile on a social medium."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    resident = models.ForeignKey(Resident, on_delete=models.CASCADE, related_name="social_accounts")
    service = models.CharField("tjeneste", max_length=60)
    handle = models.CharField("brukernavn", max_length=200)

    class Meta:
        verbose_name = "profil i sosiale medier"
        verbose_name_plural = "profiler i sosiale medier"
        ordering: ClassVar[list[str]] = ["service", "handle"]

    def __str__(self) -> str:
        return f"{self.service}: {self.handle}"


class NetworkKind(TextChoices):
    """How the child knows the person, in the circular's own groups (a-6)."""

    FRIEND = "friend", _("Venn")
    FAMILY = "family", _("Familie")
    AT_CENTRE = "at_centre", _("Relasjon på mottaket")
    OTHER = "other", _("Andre")


class NetworkPerson(models.Model):
    """Somebody the child knows. A third party: shown to the police only, and to no other receiver."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    resident = models.ForeignKey(Resident, on_delete=models.CASCADE, related_name="network")
    kind = models.CharField("relasjon", max_length=20, choices=NetworkKind.choices)
    name = models.CharField("navn", max_length=200)
    relation = models.CharField("nærmere om relasjonen", max_length=200, blank=True)
    phone = models.CharField("telefon", max_length=40, blank=True)
    place = models.CharField("sted", max_length=200, blank=True)

    class Meta:
        verbose_name = "person i nettverket"
        verbose_name_plural = "personer i nettverket"
        ordering: ClassVar[list[str]] = ["name"]

    def __str__(self) -> str:
        return self.name
