"""What leads to our own people outside the screens: browsers that may be pushed to, and links that calendars fetch."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q


class PushDevice(models.Model):
    """A browser that its person has let us push to. Only the address is kept: a push of ours carries nothing.

    `gone_at` is when its push service said that the browser no longer wants any, or the person took it away.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="push_devices")
    endpoint = models.CharField(max_length=1000)
    device = models.CharField(max_length=200, blank=True)
    added_at = models.DateTimeField()
    gone_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["added_at"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["person", "endpoint"], condition=Q(gone_at=None), name="push_device_stands_once"
            )
        ]

    def __str__(self) -> str:
        return str(self.id)


class CalendarLink(models.Model):
    """A secret link by which a calendar fetches when a person's deadlines are. Only the hash of the secret is kept."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="calendar_links")
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    fetched_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["made_at"]

    def __str__(self) -> str:
        return str(self.id)
