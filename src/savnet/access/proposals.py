"""What takes two persons: one proposes, another confirms or declines. What a proposal says of a case is sealed."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q, TextChoices
from django.utils.translation import gettext_lazy as _


class ProposalKind(TextChoices):
    """What nobody does alone."""

    CLOSING = "closing", _("Avslutte saken")
    FOUND = "found", _("Barnet er funnet et annet sted")
    LATER = "later", _("Flytte starten på fristen senere")
    RECIPIENT = "recipient", _("Endre en mottaker")
    CERTIFICATE = "certificate", _("Ta i bruk et sertifikat")
    REPORTS_TO = "reports_to", _("Endre hvem mottaket melder til")
    ROLE = "role", _("Gi eller endre en rolle")
    MANDATE = "mandate", _("Gi et mandat til tilsyn")


class ProposalAnswer(TextChoices):
    """What became of it."""

    CONFIRMED = "confirmed", _("Bekreftet")
    DECLINED = "declined", _("Avslått")
    WITHDRAWN = "withdrawn", _("Trukket tilbake")


class Proposal(models.Model):
    """One proposal. `sealed` says what is to be done; under the case's key where it is about a case."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(_("hva"), max_length=20, choices=ProposalKind.choices)
    case_id = models.UUIDField(_("sak"), null=True, blank=True)
    centre = models.ForeignKey("register.Centre", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    sealed = models.BinaryField(_("innhold"))
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="proposals")
    proposed_at = models.DateTimeField(_("foreslått"))
    expires_at = models.DateTimeField(_("utløper"))
    answer = models.CharField(_("svar"), max_length=20, choices=ProposalAnswer.choices, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField(_("besvart"), null=True, blank=True)
    answer_note = models.CharField(_("merknad"), max_length=1000, blank=True)

    class Meta:
        verbose_name = _("forslag")
        verbose_name_plural = _("forslag")
        ordering: ClassVar[list[str]] = ["proposed_at", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="two_persons_are_two",
                condition=Q(answer="withdrawn") | Q(answered_by=None) | ~Q(answered_by=F("proposed_by")),
            ),
            models.CheckConstraint(
                name="an_answered_proposal_says_by_whom",
                condition=Q(answer="", answered_by=None, answered_at=None)
                | (~Q(answer="") & Q(answered_by__isnull=False, answered_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="a_proposal_about_a_case_has_a_centre", condition=Q(case_id=None) | Q(centre__isnull=False)
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["centre", "expires_at"], name="proposal_that_waits", condition=Q(answer="")),
        ]

    def __str__(self) -> str:
        return str(self.id)
