"""What holds only between two dates: the first day it holds, and the first day it no longer does."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Dated(models.Model):
    """Something with dates of validity. An empty date is open: always so far, or until further notice."""

    valid_from = models.DateField("gjelder fra", null=True, blank=True)
    valid_to = models.DateField("opphørte", null=True, blank=True, help_text="Første dag det ikke lenger gjelder.")

    class Meta:
        abstract = True
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_ends_after_it_begins",
                condition=Q(valid_from__isnull=True)
                | Q(valid_to__isnull=True)
                | Q(valid_from__lt=models.F("valid_to")),
                violation_error_message=_("Sluttdatoen må være etter startdatoen."),
            ),
        ]

    def holds(self, on: date) -> bool:
        """Whether this holds on that day."""
        begun = self.valid_from is None or self.valid_from <= on
        return begun and (self.valid_to is None or on < self.valid_to)


def holding(on: date) -> Q:
    """The condition that a row holds on that day, for use in a query."""
    begun = Q(valid_from__isnull=True) | Q(valid_from__lte=on)
    return begun & (Q(valid_to__isnull=True) | Q(valid_to__gt=on))
