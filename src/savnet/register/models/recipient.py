"""Those who are told: police districts, child-welfare services and UDI's units, with the ways to reach them."""

import uuid
from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q, TextChoices
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from savnet.register.addresses import WALKED_TO, is_reserved
from savnet.register.models.validity import Dated
from savnet.rules.words import Channel
from savnet.rules.words import Recipient as Kind


class RecipientKind(TextChoices):
    """What sort of office it is. Representative, guardian and lawyer are contacts of one child and stand there."""

    POLICE_DISTRICT = Kind.POLICE_DISTRICT.value, _("Politidistrikt")
    CHILD_WELFARE = Kind.CHILD_WELFARE.value, _("Barnevernstjeneste")
    REGION = Kind.REGION.value, _("UDIs regionkontor")
    KOR = Kind.KOR.value, _("Koordineringsenheten (KOR)")
    ANK = Kind.ANK.value, _("Ankomstenheten (ANK)")
    BFE = Kind.BFE.value, _("Barnefaglig enhet (BFE)")
    ASA = Kind.ASA.value, _("Asylavdelingen (ASA)")
    DECISION_UNIT = Kind.DECISION_UNIT.value, _("Vedtaksenheten i Asylavdelingen")
    UNE = Kind.UNE.value, _("Utlendingsnemnda (UNE)")
    PU = Kind.PU.value, _("Politiets utlendingsenhet (PU)")


class SendingChannel(TextChoices):
    """The ways of reaching an office that have an address."""

    ENCRYPTED_EMAIL = Channel.ENCRYPTED_EMAIL.value, _("Kryptert e-post")
    EMAIL = Channel.EMAIL.value, _("Vanlig e-post")
    EFORMIDLING = Channel.EFORMIDLING.value, "eFormidling"
    FIKS = Channel.FIKS.value, _("Fiks bekymringsmelding")
    SVARUT = Channel.SVARUT.value, _("KS SvarUt")
    ALTINN = Channel.ALTINN.value, _("Altinn")
    POST = Channel.POST.value, _("Post")
    PHONE = Channel.PHONE.value, _("Telefon")
    IN_PERSON = Channel.IN_PERSON.value, _("Personlig frammøte")
    AGREED_CHANNEL = Channel.AGREED_CHANNEL.value, _("Etter avtale")
    SYSTEM = Channel.SYSTEM.value, _("Fagsystem")


class LetterLanguage(TextChoices):
    """The written standard that the receiver's letters are in."""

    BOKMAL = "nb", "Bokmål"
    NYNORSK = "nn", "Nynorsk"


class Recipient(Dated):
    """An office that is told. `number` tells offices of one kind apart: the municipality's number, the district's key.

    `invented` rows are the demo's; the two kinds of rows never mix (see `savnet.register.addresses`).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField("type", max_length=20, choices=RecipientKind.choices)
    number = models.CharField("nummer", max_length=40, blank=True)
    name = models.CharField("navn", max_length=200)
    phone = models.CharField("telefon", max_length=40, blank=True)
    out_of_hours_phone = models.CharField("telefon utenom kontortid", max_length=40, blank=True)
    address = models.TextField("postadresse", blank=True)
    language = models.CharField("målform", max_length=2, choices=LetterLanguage.choices, default=LetterLanguage.BOKMAL)
    note = models.CharField("merknad", max_length=300, blank=True)
    source = models.CharField("kilde", max_length=200, blank=True)
    confirmed = models.BooleanField("bekreftet", default=False)
    invented = models.BooleanField("oppdiktet", default=False)

    class Meta(Dated.Meta):
        verbose_name = "mottaker"
        verbose_name_plural = "mottakere"
        ordering: ClassVar[list[str]] = ["kind", "number", "name"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *Dated.Meta.constraints,
            # Two open rows for one office, and a notice could go to the one that nobody reads.
            models.UniqueConstraint(
                fields=["kind", "number", "invented"],
                condition=Q(valid_to__isnull=True),
                name="one_recipient_at_a_time",
                violation_error_message=_("Mottakeren finnes allerede. Avslutt den gamle først."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class RecipientChannel(Dated):
    """One way of reaching an office. The lowest `order` that is in force is tried first."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    recipient = models.ForeignKey(Recipient, on_delete=models.CASCADE, related_name="channels")
    channel = models.CharField("kanal", max_length=20, choices=SendingChannel.choices)
    address = models.CharField("adresse", max_length=300, blank=True)
    order = models.PositiveSmallIntegerField("rekkefølge", default=1)
    source = models.CharField("kilde", max_length=200, blank=True)

    class Meta(Dated.Meta):
        verbose_name = "kanal til mottaker"
        verbose_name_plural = "kanaler til mottaker"
        ordering: ClassVar[list[str]] = ["order", "channel"]

    def __str__(self) -> str:
        return f"{self.get_channel_display()} {self.address}".strip()

    def clean(self) -> None:
        """An invented office may only have an address that can't exist."""
        harmless = self.channel in WALKED_TO or is_reserved(self.address, Channel(self.channel))
        if self.recipient.invented and not harmless:
            raise ValidationError({"address": gettext("En oppdiktet mottaker kan bare ha en adresse under .example.")})
