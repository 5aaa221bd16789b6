"""What the screens must remember themselves: forms that have been sent in, and lists that wait to be looked over."""

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


class UploadedList(models.Model):
    """A list of residents that somebody uploaded. It is emptied when imported, and not taken after an hour."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    centre = models.ForeignKey("register.Centre", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    data = models.BinaryField()
    at = models.DateTimeField()
    imported = models.BooleanField(default=False)

    class Meta:
        verbose_name = "opplastet liste"
        verbose_name_plural = "opplastede lister"

    def __str__(self) -> str:
        return str(self.id)
