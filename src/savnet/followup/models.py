"""The tables: each open case's owner and next review, what else waits, the duty roster, alarms and what stops them.

Nothing here says what a case is about: an obligation is named by its id in the circular, a case by its own id. A case
is a UUID here, as in delivery.
"""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from savnet.followup.fallback import FallbackPacket
from savnet.followup.own_devices import CalendarLink, PushDevice
from savnet.followup.receiving import ReceiptLink, ReceiverAnswer, WrongTry

__all__ = [
    "Acknowledgement",
    "Alarm",
    "CalendarLink",
    "FallbackPacket",
    "OnDuty",
    "OpenItem",
    "PushDevice",
    "ReadLedger",
    "ReceiptLink",
    "ReceiverAnswer",
    "StaffNotice",
    "Watch",
    "WrongTry",
]


class Watch(models.Model):
    """One open case: its one owner, and its one next review. Ends when the case does; the ledger has the history."""

    case_id = models.UUIDField(primary_key=True)
    centre = models.ForeignKey("register.Centre", on_delete=models.PROTECT, related_name="+")
    since = models.DateTimeField()
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    unowned_since = models.DateTimeField(null=True)
    next_review = models.DateField(db_index=True)
    reviewed_on = models.DateField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(owner__isnull=False) | Q(unowned_since__isnull=False), name="owned_or_unowned_since"
            )
        ]

    def __str__(self) -> str:
        return f"watch over {self.case_id}"


class ReadLedger(models.Model):
    """How far a case's ledger has been read for what waits in it. Outlives the watch: what is over can grow.

    `declined` holds the ids of the messages that somebody at the receiver has said are not theirs.
    """

    case_id = models.UUIDField(primary_key=True)
    read_to = models.PositiveIntegerField()
    declined = models.JSONField(default=list)

    def __str__(self) -> str:
        return f"{self.case_id} read to {self.read_to}"


class OpenItem(models.Model):
    """Something that waits in a case beside its obligations: a question, a notice that was not theirs, an error.

    Found from the ledger, and found again whenever that has grown. `subject` tells it from every other in the case.
    """

    case_id = models.UUIDField()
    centre = models.ForeignKey("register.Centre", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20)
    subject = models.CharField(max_length=64)
    arisen_at = models.DateTimeField()
    latest = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["case_id", "subject"], name="open_item_once")
        ]

    def __str__(self) -> str:
        return f"{self.kind} in {self.case_id}"


class OnDuty(models.Model):
    """One person on duty for a while. `place` is the order in which they are told: 0 first."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="duties")
    begins = models.DateTimeField()
    ends = models.DateTimeField(db_index=True)
    place = models.PositiveSmallIntegerField(default=0)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar[list[str]] = ["begins", "place", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(ends__gt=F("begins")), name="duty_ends_after_it_begins")
        ]

    def __str__(self) -> str:
        return f"duty {self.pk}"


class StaffNotice(models.Model):
    """One message to one person that something waits: a row before anything leaves the house. Holds no case facts."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="staff_notices")
    kind = models.CharField(max_length=20)
    at = models.DateTimeField()
    ways = models.JSONField(default=list)
    told = models.BooleanField(null=True)
    """Whether she was reached. None before anything was tried, and where no way leads out of the house at all."""

    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["person", "-at"], name="notice_by_person")]

    def __str__(self) -> str:
        return f"notice {self.pk}"


class Alarm(models.Model):
    """One rung of one ladder, fired once, to one person. `turn` counts on where that person could not be reached."""

    case_id = models.UUIDField()
    centre = models.ForeignKey("register.Centre", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20)
    subject = models.CharField(max_length=64)
    actor = models.CharField(max_length=10, default="centre")
    rung = models.PositiveIntegerField()
    turn = models.PositiveSmallIntegerField(default=0)
    late = models.BooleanField()
    due_at = models.DateTimeField()
    fired_at = models.DateTimeField()
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="alarms")
    notice = models.ForeignKey(StaffNotice, on_delete=models.PROTECT, null=True, related_name="alarms")

    class Meta:
        ordering: ClassVar[list[str]] = ["fired_at", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["case_id", "subject", "rung", "turn"], name="rung_fired_once")
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["person", "-fired_at"], name="alarm_by_person"),
            models.Index(fields=["fired_at"], name="alarm_not_told", condition=Q(notice__isnull=True)),
        ]

    def __str__(self) -> str:
        return f"rung {self.rung} of {self.subject}"


class Acknowledgement(models.Model):
    """Somebody takes it on: the ladder of this matter stands still until then. The clock does not."""

    case_id = models.UUIDField()
    centre = models.ForeignKey("register.Centre", on_delete=models.PROTECT, related_name="+")
    subject = models.CharField(max_length=64)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    until = models.DateTimeField()

    class Meta:
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["case_id", "subject"], name="pause_by_subject")]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(until__gt=F("at")), name="pause_ends_after_it_begins")
        ]

    def __str__(self) -> str:
        return f"pause of {self.subject}"
