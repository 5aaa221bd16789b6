"""Somebody from outside asks for information about a child, and what became of it (utlendingsloven § 84 b)."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q, TextChoices
from django.utils.translation import gettext_lazy as _

from savnet.register.models.resident import Resident


class AskedBy(TextChoices):
    """What sort of authority asks; the law answers them differently."""

    POLICE = "police", _("Politiet")
    IMMIGRATION = "immigration", _("Utlendingsmyndighetene (UDI, UNE eller en utenriksstasjon)")
    OTHER = "other", _("Noen andre")


class RequestDecision(TextChoices):
    """What became of the request."""

    GIVEN = "given", _("Utlevert")
    REFUSED = "refused", _("Ikke utlevert")


class InformationRequest(models.Model):
    """One request, who decided on it, and what was given: `given` is the letter's whole content, as it was signed.

    A decision is never changed and no request is deleted; the database holds both.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    resident = models.ForeignKey(Resident, on_delete=models.PROTECT, related_name="information_requests")
    asked_by = models.CharField(_("hvem spør"), max_length=20, choices=AskedBy.choices)
    office = models.CharField(_("kontor"), max_length=200)
    person = models.CharField(_("navn på den som spør"), max_length=200)
    reference = models.CharField(_("referanse"), max_length=100, blank=True)
    written = models.BooleanField(_("skriftlig"))
    dated = models.DateField(_("datert"), null=True, blank=True)
    purpose = models.CharField(_("formål"), max_length=1000)
    noted_at = models.DateTimeField()
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    decision = models.CharField(_("avgjørelse"), max_length=20, choices=RequestDecision.choices, blank=True)
    why = models.CharField(_("begrunnelse"), max_length=1000, blank=True)
    legal_basis = models.CharField(_("hjemmel"), max_length=200, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    given = models.JSONField(null=True, blank=True)
    letter_sha256 = models.CharField(max_length=64, blank=True)
    handed_over_at = models.DateTimeField(null=True, blank=True)
    handed_over_how = models.CharField(max_length=20, blank=True)

    class Meta:
        verbose_name = _("begjæring om opplysninger")
        verbose_name_plural = _("begjæringer om opplysninger")
        ordering: ClassVar[list[str]] = ["noted_at", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="what_was_decided_says_by_whom_and_why",
                condition=Q(decision="", decided_at=None, decided_by=None)
                | (~Q(decision="") & Q(decided_at__isnull=False, decided_by__isnull=False) & ~Q(legal_basis="")),
            ),
            models.CheckConstraint(
                name="only_the_police_are_given_and_only_in_writing",
                condition=~Q(decision="given") | Q(asked_by="police", written=True, given__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)

    @property
    def short_id(self) -> str:
        """The eight characters that people read to each other; says nothing about the child."""
        return self.id.hex[:8].upper()
