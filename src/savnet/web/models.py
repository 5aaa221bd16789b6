"""What the screens must remember themselves: which forms have been sent in, so that a second tap does nothing."""

import uuid

from django.conf import settings
from django.db import models


class Submission(models.Model):
    """A form that was sent in and acted on. The token was made with the form, so a repeat carries the same one."""

    token = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    led_to = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = "innsendt skjema"
        verbose_name_plural = "innsendte skjemaer"

    def __str__(self) -> str:
        return str(self.token)
