"""Who is here: the house's fixed times, the roll calls taken at them, every tap, and what the house asks by itself."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q, TextChoices
from django.utils.translation import gettext_lazy as _

from savnet.register.models.centre import Centre
from savnet.register.models.resident import Resident

EVERY_DAY = "1234567"


class DailyTime(models.Model):
    """A time at which everyone is expected: a meal, school, the evening's round. Oslo's clock, on some weekdays.

    It is ended and never deleted: roll calls of the past were taken at it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="daily_times")
    name = models.CharField(_("hva"), max_length=60)
    clock = models.TimeField(_("klokkeslett"))
    weekdays = models.CharField(_("ukedager"), max_length=7, default=EVERY_DAY)
    from_instant = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "fast tidspunkt"
        verbose_name_plural = "faste tidspunkter"
        ordering: ClassVar[list[str]] = ["clock", "name"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="daily_time_has_weekdays",
                condition=Q(weekdays__regex=r"^[1-7]{1,7}$"),
                violation_error_message=_("Velg minst én ukedag."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class RollCall(models.Model):
    """One time that everyone was, or should have been, counted. `daily_time` is empty where staff began it themselves.

    `looked_at` is when the house had done what follows of it; `nobody_took_it` is told to the leader.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="roll_calls")
    daily_time = models.ForeignKey(
        DailyTime, on_delete=models.PROTECT, null=True, blank=True, related_name="roll_calls"
    )
    name = models.CharField(max_length=60)
    due_at = models.DateTimeField()
    looked_at = models.DateTimeField(null=True, blank=True)
    nobody_took_it = models.BooleanField(default=False)

    class Meta:
        verbose_name = "opptelling"
        verbose_name_plural = "opptellinger"
        ordering: ClassVar[list[str]] = ["-due_at"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["daily_time", "due_at"], name="one_roll_call_per_time"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["centre", "-due_at"], name="roll_call_by_centre"),
            models.Index(fields=["due_at"], name="roll_call_to_look_at", condition=Q(looked_at=None)),
        ]

    def __str__(self) -> str:
        return self.name


class MarkedAs(TextChoices):
    """What was tapped. That a child is away by agreement is said without the reason."""

    HERE = "here", _("Her")
    NOT_HERE = "not_here", _("Ikke her")
    ON_LEAVE = "on_leave", _("Ute etter avtale")


class RollMark(models.Model):
    """One tap: this child, then, by whom. A later tap doesn't erase an earlier one."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    roll_call = models.ForeignKey(RollCall, on_delete=models.PROTECT, null=True, blank=True, related_name="marks")
    resident = models.ForeignKey(Resident, on_delete=models.CASCADE, related_name="marks")
    marked_as = models.CharField(max_length=10, choices=MarkedAs.choices)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "avkryssing"
        verbose_name_plural = "avkryssinger"
        ordering: ClassVar[list[str]] = ["at", "id"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["resident", "-at"], name="mark_by_resident"),
        ]

    def __str__(self) -> str:
        return self.get_marked_as_display()


class PresenceQuestion(models.Model):
    """«Is she here?»: what the house asks when a child should have been here and nobody has said so."""

    class Because(TextChoices):
        """What made the house ask."""

        ROLL_CALL = "roll_call", _("Ikke krysset av")
        UNSEEN = "unseen", _("Ikke sett på et døgn")
        LEAVE = "leave", _("Ikke tilbake til avtalt tid")
        TRANSFER = "transfer", _("Ikke kommet fram")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    resident = models.ForeignKey(Resident, on_delete=models.CASCADE, related_name="questions")
    because = models.CharField(max_length=10, choices=Because.choices)
    says = models.CharField(max_length=200)
    expected_at = models.DateTimeField()
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    was_here = models.BooleanField(null=True, blank=True)

    class Meta:
        verbose_name = "spørsmål om barnet er her"
        verbose_name_plural = "spørsmål om barnet er her"
        ordering: ClassVar[list[str]] = ["asked_at"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["resident"], condition=Q(answered_at=None), name="one_open_question_per_resident"
            ),
        ]

    def __str__(self) -> str:
        return self.get_because_display()
