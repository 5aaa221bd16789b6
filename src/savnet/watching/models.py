"""The rows of the watcher: heartbeats, the second reader's word, canaries sent to ourselves, and doors knocked at."""

import uuid
from datetime import timedelta
from typing import ClassVar

from django.db import models


class Heartbeat(models.Model):
    """A worker was awake at this instant, and went through so many open obligations.

    `ledger_position` is how many records all ledgers held at that instant: whoever counts at the same position must
    come to the same number. `at` is by the database's clock; `clock_ahead` is how far the worker's own was ahead of it.
    """

    at = models.DateTimeField()
    clock_ahead = models.DurationField(default=timedelta(0))
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


class WayOut(models.Model):
    """Whether the first door on a channel's way out of the house answered when a worker last knocked."""

    channel = models.CharField(max_length=20, primary_key=True)
    knocked_at = models.DateTimeField()
    failures = models.PositiveIntegerField(default=0)
    """How many times in a row it has not answered."""

    failing_since = models.DateTimeField(null=True)
    why = models.CharField(max_length=100, blank=True)

    class Meta:
        verbose_name = "vei ut"
        verbose_name_plural = "veier ut"

    def __str__(self) -> str:
        return f"the way out by {self.channel}"
