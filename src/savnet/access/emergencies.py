"""Break-glass: a child's case opened in an emergency by somebody whose work it is not, and the review of it."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q, TextChoices
from django.utils.translation import gettext_lazy as _


class EmergencyReason(TextChoices):
    """Why it could not wait."""

    COVERING = "covering", _("Jeg tar vakten for dem på det andre mottaket")
    CHILD_HERE = "child_here", _("Barnet er her hos oss")
    NOBODY_ANSWERS = "nobody_answers", _("Ingen på mottaket svarer, og det haster")
    ASKED = "asked", _("Politiet eller barnevernsvakten spør, og det haster")
    OTHER = "other", _("Noe annet som haster")


class Verdict(TextChoices):
    """What the review found."""

    IN_ORDER = "in_order", _("Var i orden")
    FOLLOW_UP = "follow_up", _("Må følges opp")


class BreakGlass(models.Model):
    """One opening. `centre` had the child then, and its leader is told and reviews."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="emergencies")
    resident = models.ForeignKey("register.Resident", on_delete=models.PROTECT, related_name="+")
    centre = models.ForeignKey("register.Centre", on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(_("grunn"), max_length=20, choices=EmergencyReason.choices)
    why = models.TextField(_("forklaring"), blank=True)
    at = models.DateTimeField(_("åpnet"))
    until = models.DateTimeField(_("varer til"))
    ended = models.DateTimeField(_("avsluttet"), null=True, blank=True)
    told_at = models.DateTimeField(_("leder varslet på e-post"), null=True, blank=True)
    verdict = models.CharField(_("vurdering"), max_length=20, choices=Verdict.choices, blank=True)
    verdict_note = models.TextField(_("merknad"), blank=True)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    reviewed_at = models.DateTimeField(_("vurdert"), null=True, blank=True)

    class Meta:
        verbose_name = _("nødåpning")
        verbose_name_plural = _("nødåpninger")
        ordering: ClassVar[list[str]] = ["-at", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="another_reason_is_in_words", condition=~Q(why="") | ~Q(reason="other")),
            models.CheckConstraint(name="break_glass_ends_after_it_begins", condition=Q(until__gt=F("at"))),
            models.CheckConstraint(
                name="nobody_reviews_their_own_break_glass",
                condition=Q(reviewed_by=None) | ~Q(reviewed_by=F("person")),
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["person", "resident", "until"], name="break_glass_by_person"),
            models.Index(fields=["centre", "at"], name="break_glass_to_review", condition=Q(verdict="")),
        ]

    def __str__(self) -> str:
        return str(self.id)
