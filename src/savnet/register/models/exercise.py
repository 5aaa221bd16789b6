"""An exercise: a centre of its own with invented children, where everything is done and nothing leaves the house."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from savnet.register.models.centre import Centre
from savnet.register.models.resident import Resident


class Exercise(models.Model):
    """One exercise at a centre. `place` is the invented copy of the centre that it takes place in."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="exercises")
    place = models.OneToOneField(Centre, on_delete=models.PROTECT, related_name="exercise")
    child = models.ForeignKey(Resident, on_delete=models.PROTECT, related_name="+")
    started_at = models.DateTimeField()
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = "øvelse"
        verbose_name_plural = "øvelser"
        ordering: ClassVar[list[str]] = ["-started_at"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["centre"], condition=Q(ended_at=None), name="one_exercise_at_a_time"),
        ]

    def __str__(self) -> str:
        return self.place.name
