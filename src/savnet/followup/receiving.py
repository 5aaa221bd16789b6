"""The link by which a receiver without an account answers, what it answers, and every try; secrets only as hashes."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q


class ReceiptLink(models.Model):
    """One link and code for one message. The newest counts; it answers once.

    `sealed` holds both in the clear under the case's key, for the letter and for staff who read them out by phone.
    `printed` tells that the address stands in the letter, which then must not go on paper with the code beside it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    message_id = models.UUIDField(db_index=True)
    case_id = models.UUIDField()
    token_hash = models.CharField(max_length=64, unique=True)
    code_hash = models.CharField(max_length=64)
    sealed = models.BinaryField()
    printed = models.BooleanField(default=False)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    void_at = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"link {self.pk}"


class ReceiverAnswer(models.Model):
    """What a named person at the receiver said on the page. `taken_in_at` is when it came into the ledger."""

    link = models.OneToOneField(ReceiptLink, on_delete=models.PROTECT, related_name="answer")
    theirs = models.BooleanField()
    by_name = models.CharField(max_length=200)
    reference = models.CharField(max_length=100, blank=True)
    municipality = models.CharField(max_length=4, blank=True)
    why = models.CharField(max_length=1000, blank=True)
    at = models.DateTimeField()
    taken_in_at = models.DateTimeField(null=True)
    problem = models.CharField(max_length=400, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(by_name__regex=r"\S"), name="answer_names_a_person")
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["at"], name="answer_not_taken_in", condition=Q(taken_in_at__isnull=True))
        ]

    def __str__(self) -> str:
        return f"answer {self.pk}"


class WrongTry(models.Model):
    """A try that did not open: by which link, if there is one, and from where, as a hash that is kept for a day."""

    link = models.ForeignKey(ReceiptLink, on_delete=models.CASCADE, null=True, related_name="wrong_tries")
    source = models.CharField(max_length=64)
    at = models.DateTimeField(db_index=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["source", "at"], name="wrong_try_by_source")]

    def __str__(self) -> str:
        return f"wrong try {self.pk}"
