"""Residents: what is registered of a child, with "uncertain" as a normal state, and what the police will ask for."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q, TextChoices
from django.utils.translation import gettext_lazy as _

from savnet.register.models.centre import Centre
from savnet.rules.words import AppointmentKind as Kind
from savnet.rules.words import Recipient


class Sex(TextChoices):
    """Sex as registered. Never read out of an identity number."""

    FEMALE = "female", _("Jente")
    MALE = "male", _("Gutt")
    UNKNOWN = "unknown", _("Ikke registrert")


class InterpreterNeed(TextChoices):
    """Whether the child needs an interpreter; unknown is an answer."""

    YES = "yes", _("Ja")
    NO = "no", _("Nei")
    UNKNOWN = "unknown", _("Ikke kjent")


class AsylumCaseAt(TextChoices):
    """Where the asylum case lies (3-6)."""

    DECISION_UNIT = Recipient.DECISION_UNIT.value, _("Asylavdelingen i UDI")
    UNE = Recipient.UNE.value, _("Utlendingsnemnda")
    PU = Recipient.PU.value, _("Politiets utlendingsenhet")


class AppointmentKind(TextChoices):
    """What the child is summoned to (d-1, d-2)."""

    ARRIVAL_INTERVIEW = Kind.ARRIVAL_INTERVIEW.value, _("Ankomstsamtale")
    AGE_EXAMINATION = Kind.AGE_EXAMINATION.value, _("Aldersundersøkelse")
    ASYLUM_INTERVIEW = Kind.ASYLUM_INTERVIEW.value, _("Asylintervju")


class Resident(models.Model):
    """A child who lives at a centre. The id is random and stands in addresses; it says nothing of who it is."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    centre = models.ForeignKey(Centre, verbose_name="mottak", on_delete=models.PROTECT, related_name="residents")

    given_name = models.CharField("fornavn", max_length=200, blank=True)
    family_name = models.CharField("etternavn", max_length=200, blank=True)
    original_name = models.CharField("navn i original skrift", max_length=300, blank=True)
    identity_uncertain = models.BooleanField("usikker identitet", default=False)
    duf_number = models.CharField("DUF-nummer", max_length=12, blank=True)
    born = models.DateField("registrert fødselsdato", null=True, blank=True)
    born_uncertain = models.BooleanField("usikker fødselsdato", default=False)
    sex = models.CharField("kjønn", max_length=10, choices=Sex.choices, default=Sex.UNKNOWN)
    citizenship = models.CharField("statsborgerskap", max_length=100, blank=True)
    languages = models.CharField("språk", max_length=200, blank=True)
    interpreter = models.CharField(
        "behov for tolk", max_length=10, choices=InterpreterNeed.choices, default=InterpreterNeed.UNKNOWN
    )

    room = models.CharField("rom", max_length=40, blank=True)
    arrived = models.DateField("flyttet inn", null=True, blank=True)
    left = models.DateField("flyttet ut", null=True, blank=True)

    description = models.TextField("signalement", blank=True)
    clothing = models.TextField("vanlige klær", blank=True)
    bank_card = models.CharField("bankkort", max_length=200, blank=True)
    travel_documents = models.CharField("reisedokumenter", max_length=200, blank=True)

    unaccompanied = models.BooleanField("registrert som enslig mindreårig", default=True)
    registered_in_duf = models.BooleanField("registrert i DUF", default=True)
    accompanied_by = models.CharField("følgeperson uten omsorgsansvar", max_length=200, blank=True)
    permit = models.BooleanField("har oppholdstillatelse og venter på bosetting", default=False)
    paragraph_8_8a = models.BooleanField("omfattet av utlendingsforskriften § 8-8 a", default=False)
    asylum_case_at = models.CharField(
        "asylsaken ligger hos", max_length=20, choices=AsylumCaseAt.choices, default=AsylumCaseAt.DECISION_UNIT
    )

    class Meta:
        verbose_name = "beboer"
        verbose_name_plural = "beboere"
        ordering: ClassVar[list[str]] = ["family_name", "given_name", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            # Within one centre only: a number refused because another centre has it would tell where the child lives.
            models.UniqueConstraint(
                fields=["centre", "duf_number"],
                condition=~Q(duf_number=""),
                name="duf_number_once_per_centre",
                violation_error_message=_("En annen beboer på mottaket har dette DUF-nummeret."),
            ),
            models.CheckConstraint(
                name="resident_has_some_name",
                condition=~Q(given_name="", family_name="", original_name=""),
                violation_error_message=_("Skriv minst ett navn, i latinsk eller original skrift."),
            ),
            models.CheckConstraint(
                name="duf_number_is_twelve_digits",
                condition=Q(duf_number="") | Q(duf_number__regex=r"^[0-9]{12}$"),
                violation_error_message=_("Et DUF-nummer har tolv siffer."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name as written in Latin letters; in the original script where that is all there is."""
        return f"{self.given_name} {self.family_name}".strip() or self.original_name


class Alias(models.Model):
    """Another name the child goes by or has given."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    resident = models.ForeignKey(Resident, on_delete=models.CASCADE, related_name="aliases")
    name = models.CharField("navn", max_length=200)

    class Meta:
        verbose_name = "annet navn"
        verbose_name_plural = "andre navn"
        ordering: ClassVar[list[str]] = ["name"]

    def __str__(self) -> str:
        return self.name


class Appointment(models.Model):
    """A summons to a meeting with UDI. A cancelled one is kept, so that one can see that it was."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    resident = models.ForeignKey(Resident, on_delete=models.CASCADE, related_name="appointments")
    kind = models.CharField("type", max_length=30, choices=AppointmentKind.choices)
    at = models.DateTimeField("tidspunkt")
    cancelled = models.BooleanField("avlyst", default=False)

    class Meta:
        verbose_name = "avtale"
        verbose_name_plural = "avtaler"
        ordering: ClassVar[list[str]] = ["at"]

    def __str__(self) -> str:
        return self.get_kind_display()
