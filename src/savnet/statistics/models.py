"""The table of editions: what was published of a quarter. What was not safe to publish is not kept either."""

from typing import ClassVar

from django.db import models


class Edition(models.Model):
    """One quarter's tables as they were published, once and for all.

    Counted anew after a late entry, a table and the one before it would together tell of single children; so there is
    one edition of each quarter, and the database refuses to change it. `tables` holds only the cells that are shown.
    """

    quarter = models.CharField(max_length=6, primary_key=True)
    made_at = models.DateTimeField()
    tables = models.JSONField()

    class Meta:
        verbose_name = "utgave"
        verbose_name_plural = "utgaver"
        ordering: ClassVar[list[str]] = ["-quarter"]

    def __str__(self) -> str:
        return self.quarter
