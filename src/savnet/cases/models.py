"""The tables: the case and its key, the records of its ledger, and the obligations derived from them."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from savnet.rules.words import Actor, CaseState, ObligationState, Priority, Recipient, Standard


def _choices(
    words: type[CaseState | Actor | Recipient | Standard | ObligationState | Priority],
) -> list[tuple[str, str]]:
    return [(word.value, word.value) for word in words]


class Case(models.Model):
    """All disappearances of one resident. What follows `head_hash` is derived and can be rebuilt from the ledger."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    resident = models.OneToOneField("register.Resident", on_delete=models.PROTECT, related_name="case")
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    head_sequence = models.PositiveIntegerField(default=0)
    head_hash = models.BinaryField(default=bytes)
    centre = models.ForeignKey("register.Centre", on_delete=models.PROTECT, related_name="cases")
    state = models.CharField(max_length=10, choices=_choices(CaseState), default=CaseState.NONE.value)
    missing_since = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "sak"
        verbose_name_plural = "saker"
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["centre", "state"], name="case_by_centre_state")]

    def __str__(self) -> str:
        return str(self.id)


class CaseKey(models.Model):
    """The key that seals a case, itself sealed under a wrapping key that is not in the database."""

    case = models.OneToOneField(Case, on_delete=models.PROTECT, primary_key=True, related_name="key")
    wrapping_key = models.CharField(max_length=100, db_index=True)
    sealed = models.BinaryField()

    class Meta:
        verbose_name = "saksnøkkel"
        verbose_name_plural = "saksnøkler"

    def __str__(self) -> str:
        return f"{self.case_id} under {self.wrapping_key}"


class Record(models.Model):
    """One record of a ledger. Only who, when and where in the order lie in the clear; never changed, never deleted."""

    pk = models.CompositePrimaryKey("case", "sequence")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="records")
    sequence = models.PositiveIntegerField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    sealed = models.BinaryField()
    previous = models.BinaryField()
    hash = models.BinaryField()

    class Meta:
        verbose_name = "innførsel"
        verbose_name_plural = "innførsler"

    def __str__(self) -> str:
        return f"{self.case_id} no. {self.sequence}"


class ObligationRow(models.Model):
    """One obligation of a case as the last record left it, for queries. Says nothing about where the child may be.

    `priority` grows with time (d-3), so a screen that shows it derives anew; the rest changes only with the ledger.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="obligations")
    position = models.PositiveIntegerField()
    centre = models.ForeignKey("register.Centre", on_delete=models.PROTECT, related_name="+")
    obligation = models.CharField(max_length=20)
    actor = models.CharField(max_length=10, choices=_choices(Actor))
    recipient = models.CharField(max_length=20, choices=_choices(Recipient), blank=True)
    copy_of = models.CharField(max_length=20, blank=True)
    because = models.PositiveIntegerField()
    standard = models.CharField(max_length=24, choices=_choices(Standard))
    latest = models.DateTimeField(null=True)
    state = models.CharField(max_length=12, choices=_choices(ObligationState))
    priority = models.CharField(max_length=10, choices=_choices(Priority))
    arisen_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    received_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "plikt"
        verbose_name_plural = "plikter"
        ordering: ClassVar[list[str]] = ["case", "position"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["case", "position"], name="one_obligation_per_position"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["latest"], name="open_by_latest", condition=Q(state="open")),
            models.Index(fields=["centre", "actor", "latest"], name="open_by_centre", condition=Q(state="open")),
            models.Index(fields=["case", "obligation"], name="open_by_case", condition=Q(state="open")),
            models.Index(fields=["actor", "arisen_at"], name="open_by_actor", condition=Q(state="open")),
            models.Index(fields=["recipient", "-sent_at"], name="sent_by_kind", condition=Q(sent_at__isnull=False)),
            models.Index(
                fields=["recipient"],
                name="unconfirmed_by_kind",
                condition=Q(sent_at__isnull=False, received_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.obligation} {self.recipient}".rstrip()
