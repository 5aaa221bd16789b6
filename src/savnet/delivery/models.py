"""Message, attempt and receipt as rows, each apart from the others, and what is beside them.

A message's letter never changes. Attempts and receipts are only ever added; an attempt's outcome is filled in once.
The database holds this by trigger (see the migrations), so that no code can forget it.
"""

import uuid
from datetime import datetime
from typing import ClassVar

from cryptography import x509
from django.db import models
from django.db.models import F, Q
from django.utils.functional import cached_property

from savnet.delivery.words import AttemptOutcome, Meaning


class Message(models.Model):
    """One letter to one receiver. Its id is the message id that every attempt carries.

    Delivery knows the case as a number only, and holds the letter sealed by whoever composed it. Some channels carry
    the same content as data for the receiver's system too; these are sealed beside the letter, and never change either.
    What is of an exercise is put in the house's own tray, whatever its channel says.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case_id = models.UUIDField(db_index=True)
    obligation = models.CharField(max_length=20)
    recipient = models.CharField(max_length=40)
    municipality = models.CharField(max_length=4, null=True)
    copy_of = models.CharField(max_length=20, null=True)
    because = models.PositiveIntegerField()
    recipient_name = models.CharField(max_length=200)
    address = models.CharField(max_length=400)
    channel = models.CharField(max_length=20)
    purpose = models.CharField(max_length=200)
    legal_basis = models.JSONField(null=True)
    exercise = models.BooleanField(default=False)
    letter_sha256 = models.CharField(max_length=64)
    sealed_letter = models.BinaryField()
    data_sha256 = models.CharField(max_length=64, null=True)
    sealed_data = models.BinaryField(null=True)
    composed_at = models.DateTimeField()
    composed_by = models.CharField(max_length=200)

    class Meta:
        ordering: ClassVar = ["composed_at", "id"]
        indexes: ClassVar = [models.Index(fields=["case_id", "obligation"], name="message_by_obligation")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(data_sha256__isnull=True, sealed_data__isnull=True)
                | Q(data_sha256__isnull=False, sealed_data__isnull=False),
                name="data_kept_with_their_hash",
            )
        ]

    def __str__(self) -> str:
        return f"message {self.short_id}"

    @property
    def short_id(self) -> str:
        """The eight characters that people read to each other; says nothing about the case."""
        return self.id.hex[:8].upper()


class Attempt(models.Model):
    """One try to get a message to its receiver; a row before the network is touched.

    Without an outcome it is under way, or its process died; the next attempt then calls it unknown.
    `recorded_by` is who said so, where a person did it by hand.
    """

    message = models.ForeignKey(Message, on_delete=models.PROTECT, related_name="attempts")
    number = models.PositiveIntegerField()
    channel = models.CharField(max_length=20)
    address = models.CharField(max_length=400)
    started_at = models.DateTimeField()
    outcome = models.CharField(max_length=20, null=True)
    ended_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=400, null=True)
    recorded_by = models.CharField(max_length=200, null=True)

    class Meta:
        ordering: ClassVar = ["message_id", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["message", "number"], name="attempt_number_once"),
            models.UniqueConstraint(
                fields=["message"], condition=Q(outcome__isnull=True), name="one_attempt_under_way_per_message"
            ),
            models.CheckConstraint(
                condition=Q(outcome__isnull=True, ended_at__isnull=True)
                | Q(
                    # An outcome of NULL would make "one of these" neither true nor false, and let the row through.
                    outcome__isnull=False,
                    outcome__in=[outcome.value for outcome in AttemptOutcome],
                    ended_at__isnull=False,
                ),
                name="attempt_ends_with_its_outcome",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("started_at")),
                name="attempt_ends_after_its_start",
            ),
        ]

    def __str__(self) -> str:
        return f"attempt {self.number} of {self.message_id}"


class ChannelStatus(models.Model):
    """Something a channel has said about a message it has taken, in its own word, and when we read it.

    Only ever added: a status that comes late, twice or in the wrong order changes nothing that was said before.
    """

    message = models.ForeignKey(Message, on_delete=models.PROTECT, related_name="statuses")
    channel = models.CharField(max_length=20)
    name = models.CharField(max_length=60)
    meaning = models.CharField(max_length=20)
    at = models.DateTimeField()
    read_at = models.DateTimeField()
    description = models.CharField(max_length=400, blank=True)

    class Meta:
        ordering: ClassVar = ["at", "id"]
        verbose_name_plural = "channel statuses"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["message", "channel", "name", "at"], name="status_recorded_once"),
            models.CheckConstraint(
                condition=Q(meaning__in=[meaning.value for meaning in Meaning]), name="status_has_a_known_meaning"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} of {self.message_id}"


class Receipt(models.Model):
    """A named person at the receiver has it. Nothing else is a receipt: no server's answer, no opened link."""

    message = models.ForeignKey(Message, on_delete=models.PROTECT, related_name="receipts")
    by_name = models.CharField(max_length=200)
    reference = models.CharField(max_length=100, blank=True)
    at = models.DateTimeField()
    channel = models.CharField(max_length=20)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=200)

    class Meta:
        ordering: ClassVar = ["at", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["message", "by_name", "reference", "at"], name="receipt_recorded_once"),
            models.CheckConstraint(condition=Q(by_name__regex=r"\S"), name="receipt_names_a_person"),
        ]

    def __str__(self) -> str:
        return f"receipt of {self.message_id}"


class Rerouting(models.Model):
    """A message was sent another way than composed: from which channel, to which, and why."""

    message = models.ForeignKey(Message, on_delete=models.PROTECT, related_name="reroutings")
    at = models.DateTimeField()
    from_channel = models.CharField(max_length=20)
    to_channel = models.CharField(max_length=20)
    from_address = models.CharField(max_length=400)
    to_address = models.CharField(max_length=400)
    why = models.CharField(max_length=400)
    recorded_by = models.CharField(max_length=200)

    class Meta:
        ordering: ClassVar = ["at", "id"]

    def __str__(self) -> str:
        return f"rerouting of {self.message_id}"


class Withdrawal(models.Model):
    """No further attempt may begin on this message: what it says no longer holds, or its letter is damaged.

    What was tried before stands. Nothing stops a person from recording that the letter was handed over all the same.
    """

    message = models.OneToOneField(Message, on_delete=models.PROTECT, related_name="withdrawal")
    at = models.DateTimeField()
    why = models.CharField(max_length=400)
    recorded_by = models.CharField(max_length=200)

    def __str__(self) -> str:
        return f"withdrawal of {self.message_id}"


class Hold(models.Model):
    """A worker leaves this message alone until somebody has found out whether it has gone already.

    Put on what was under way in a backup that was restored: the house can't know what was sent after the backup.
    """

    message = models.OneToOneField(Message, on_delete=models.PROTECT, related_name="hold")
    at = models.DateTimeField()
    why = models.CharField(max_length=400)

    def __str__(self) -> str:
        return f"hold on {self.message_id}"


class ReceiverCertificate(models.Model):
    """A receiver's S/MIME certificate, by e-mail address. Of several the one is used that can be, and lasts longest."""

    address = models.EmailField(db_index=True)
    certificate = models.TextField()
    sha256 = models.CharField(max_length=64)
    valid_from = models.DateTimeField()
    valid_until = models.DateTimeField(db_index=True)
    added_at = models.DateTimeField()
    added_by = models.CharField(max_length=200)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.CharField(max_length=200, null=True)

    class Meta:
        ordering: ClassVar = ["address", "-valid_until"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["address", "sha256"], name="certificate_once")]

    def __str__(self) -> str:
        return f"certificate of {self.address}"

    @cached_property
    def ends_at(self) -> datetime:
        """From when no letter can be sealed to it: its own end, or the first of the issuers' that came with it."""
        _, *issuers = x509.load_pem_x509_certificates(self.certificate.encode("ascii"))
        return min([self.valid_until, *(one.not_valid_after_utc for one in issuers)])


class ReturnedMail(models.Model):
    """Mail that came to our own address: reports that a letter did not arrive, and what people or programs answer.

    None of it is a receipt. `believed` is a report of failure about something that we did send there.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    sha256 = models.CharField(max_length=64, unique=True)
    message = models.ForeignKey(Message, on_delete=models.PROTECT, null=True, related_name="returned")
    kind = models.CharField(max_length=20)
    believed = models.BooleanField(default=False)
    sender = models.CharField(max_length=254, blank=True)
    at = models.DateTimeField()
    read_at = models.DateTimeField()
    sealed_text = models.BinaryField(null=True)
    seen_at = models.DateTimeField(null=True)
    seen_by = models.CharField(max_length=200, null=True)

    class Meta:
        ordering: ClassVar = ["read_at", "id"]
        verbose_name_plural = "returned mail"

    def __str__(self) -> str:
        return f"returned mail {self.id}"
