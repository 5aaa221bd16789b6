"""The access log's tables: every look at what is known of a child, and the weeks that a leader has gone through."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Look(models.Model):
    """One look, allowed or refused, written before anything was shown. Only ever added; a chain for each person.

    `subject` is a pseudonym of the child or, refused, of what was asked for: nobody learns from the log who it was
    without the key. `subject_centre` had the child then; `person_centre` is where the person worked. Plain numbers and
    ids, without foreign keys: what happened stays as it was, whatever becomes of the rest.
    """

    pk = models.CompositePrimaryKey("person_id", "number")
    person_id = models.UUIDField()
    number = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    role = models.CharField(max_length=30)
    person_centre = models.UUIDField(null=True)
    screen = models.CharField(max_length=60)
    action = models.CharField(max_length=40)
    subject = models.CharField(max_length=64, blank=True)
    subject_centre = models.UUIDField(null=True)
    classes = models.CharField(max_length=200, blank=True)
    why = models.CharField(max_length=200)
    allowed = models.BooleanField()
    previous = models.BinaryField()
    hash = models.BinaryField()

    class Meta:
        verbose_name = "oppslag"
        verbose_name_plural = "oppslag"
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["subject", "at"], name="look_by_subject", condition=~models.Q(subject="")),
            models.Index(fields=["subject_centre", "at"], name="look_by_centre"),
            models.Index(fields=["person_id", "at"], name="refused_look", condition=models.Q(allowed=False)),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} no. {self.number}"


class LooksReviewed(models.Model):
    """A leader has gone through what was looked at during one week. `week` is its Monday, by Oslo's calendar."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    centre = models.ForeignKey("register.Centre", on_delete=models.PROTECT, related_name="+")
    week = models.DateField(_("uke"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    note = models.TextField(_("merknad"), blank=True)

    class Meta:
        verbose_name = "gjennomgått uke"
        verbose_name_plural = "gjennomgåtte uker"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["centre", "week"], name="week_of_looks_reviewed_once"),
        ]

    def __str__(self) -> str:
        return f"{self.centre_id} {self.week}"
