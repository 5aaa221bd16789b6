"""What was changed in the registers of offices and places, by whom and when. The database itself writes it."""

from typing import ClassVar

from django.db import models


class RegisterChange(models.Model):
    """One row made, changed or taken away. `before` and `after` hold the fields that differ.

    A trigger writes it, so that no way of changing the register goes round it; nothing changes it afterwards. Without a
    person it was a command or an import. Plain ids: what happened stays, whatever becomes of the rest.
    """

    at = models.DateTimeField(db_index=True)
    by_id = models.UUIDField(null=True)
    with_id = models.UUIDField(null=True)
    why = models.CharField(max_length=1000, blank=True)
    kind = models.CharField(max_length=40)
    row_id = models.CharField(max_length=40)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)

    class Meta:
        verbose_name = "registerendring"
        verbose_name_plural = "registerendringer"
        ordering: ClassVar[list[str]] = ["-at", "-id"]

    def __str__(self) -> str:
        return f"{self.kind} {self.row_id}"
