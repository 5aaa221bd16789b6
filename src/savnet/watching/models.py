"""The rows of the watcher: heartbeats of the workers, the second reader's word, and canaries sent to ourselves."""

import uuid
from typing import ClassVar

from django.db import models


class Heartbeat(models.Model):
    """A worker was awake at this instant, and went through so many open obligations.

    `ledger_position` is how many records all ledgers held at that instant: whoever counts at the same position must
    come to the same number.
    """

    at = models.DateTimeField()
    host = models.CharField(max_length=100)
    process = models.PositiveIntegerField()
    worker = models.BigIntegerField(null=True)
    """Its number in the queue's own list of workers."""

    examined = models.PositiveIntegerField()
    overdue = models.PositiveIntegerField()
    ledger_position = models.PositiveBigIntegerField()

    class Meta:
        verbose_name = "livstegn"
        verbose_name_plural = "livstegn"
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["-at"], name="newest_heartbeat")]

    def __str__(self) -> str:
        return f"heartbeat of {self.host} at {self.at.isoformat()}"


class Canary(models.Model):
    """A message without content that we sent to ourselves over a real channel, and when it came back to us."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    channel = models.CharField(max_length=20)
    sent_at = models.DateTimeField()
    answer = models.CharField(max_length=400, blank=True)
    failure = models.CharField(max_length=400, blank=True)
    arrived_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "prøvemelding"
        verbose_name_plural = "prøvemeldinger"
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["channel", "-sent_at"], name="newest_canary")]

    def __str__(self) -> str:
        return f"canary {self.id}"


class ReaderReport(models.Model):
    """When the second reader last had read everything and told whom it should. One row; written by its own function."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    at = models.DateTimeField()

    class Meta:
        verbose_name = "melding fra den uavhengige leseren"
        verbose_name_plural = "meldinger fra den uavhengige leseren"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=models.Q(id=1), name="one_second_reader")
        ]

    def __str__(self) -> str:
        return f"the second reader at {self.at.isoformat()}"
