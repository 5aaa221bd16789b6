"""What sign-in must remember: who is signed in where, known devices, spent guesses, and ways back in."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class WhyEnded(models.TextChoices):
    """Why a session ended. Whoever reads the list of sessions should be able to tell the dull from the strange."""

    SIGNED_OUT = "signed_out", _("Logget ut")
    SIGNED_OUT_EVERYWHERE = "signed_out_everywhere", _("Logget ut overalt")
    IDLE = "idle", _("Ikke brukt på en stund")
    TOO_LONG = "too_long", _("Hadde vart så lenge den får vare")
    ACCESS_CHANGED = "access_changed", _("Tilgangen ble endret")
    RESET = "reset", _("Innloggingen ble satt opp på nytt")


class Way(models.TextChoices):
    """How somebody proved who they are."""

    PASSWORD_AND_CODE = "password_and_code", _("Passord og engangskode")
    PASSWORD_AND_RECOVERY_CODE = "password_and_recovery_code", _("Passord og reservekode")
    PASSWORD_AND_PASSKEY = "password_and_passkey", _("Passord og passnøkkel")
    PASSKEY = "passkey", _("Passnøkkel")
    OUTSIDE = "outside", _("Innlogging hos andre")
    DEMO = "demo", _("Demo")


class SignIn(models.Model):
    """One person signed in on one device. A session whose row has ended is nobody's."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="sign_ins")
    began_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    why_ended = models.CharField(max_length=30, choices=WhyEnded.choices, blank=True)
    way = models.CharField(max_length=40, choices=Way.choices)
    device = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = "innlogging"
        verbose_name_plural = "innlogginger"
        ordering: ClassVar[list[str]] = ["-began_at"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["person"], name="sign_in_open", condition=models.Q(ended_at__isnull=True))
        ]

    def __str__(self) -> str:
        return str(self.id)


class KnownDevice(models.Model):
    """A device that a person has signed in on. Its guesses are counted apart, so that nobody else can use them up.

    `device` is the hash of what the device's own cookie says: one who reads the table can't make the cookie.
    """

    device = models.CharField(max_length=64)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="known_devices")
    last_used_at = models.DateTimeField()

    class Meta:
        verbose_name = "kjent enhet"
        verbose_name_plural = "kjente enheter"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["device", "person"], name="device_is_known_once")
        ]

    def __str__(self) -> str:
        return f"{self.person_id}"


class Budget(models.Model):
    """How many guesses of one kind have been spent. It empties by itself; `spent` was true `at`."""

    key = models.CharField(max_length=64, primary_key=True)
    spent = models.FloatField()
    at = models.DateTimeField()

    class Meta:
        verbose_name = "gjettekvote"
        verbose_name_plural = "gjettekvoter"

    def __str__(self) -> str:
        return self.key


class RecoveryPerson(models.Model):
    """Somebody at a centre who may help a colleague back in. A centre needs two; its leader is always one."""

    person = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="may_recover")
    named_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    named_at = models.DateTimeField()

    class Meta:
        verbose_name = "gjenoppretter"
        verbose_name_plural = "gjenopprettere"

    def __str__(self) -> str:
        return f"{self.person_id}"


class WayBackIn(models.Model):
    """A way in for somebody who has lost what they sign in with, or never had it.

    Two persons give half a code each; only hashes are kept. With no `asked_by`, the operator gave the whole of it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="ways_back_in")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField()
    reason = models.CharField(max_length=200, blank=True)
    first_half = models.CharField(max_length=128)
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True)
    second_half = models.CharField(max_length=128, blank=True)
    valid_until = models.DateTimeField()
    declined_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    used_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "ny tilgang"
        verbose_name_plural = "nye tilganger"
        ordering: ClassVar[list[str]] = ["-asked_at"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="way_back_in_takes_two_others",
                condition=models.Q(asked_by__isnull=True)
                | (
                    ~models.Q(asked_by=models.F("person"))
                    & (
                        models.Q(approved_by__isnull=True)
                        | (~models.Q(approved_by=models.F("person")) & ~models.Q(approved_by=models.F("asked_by")))
                    )
                ),
            )
        ]

    def __str__(self) -> str:
        return str(self.id)


class Identity(models.Model):
    """Who one of our people is at an issuer outside. Made beforehand; nobody gets in because an issuer knows them.

    The subject, which may be a national identity number, is kept as a keyed hash.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="identities")
    issuer = models.SlugField(max_length=50)
    subject = models.CharField(max_length=64)
    made_at = models.DateTimeField()

    class Meta:
        verbose_name = "identitet"
        verbose_name_plural = "identiteter"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["issuer", "subject"], name="subject_is_one_person"),
            models.UniqueConstraint(fields=["issuer", "person"], name="person_is_one_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.issuer}"


class KeptForm(models.Model):
    """What somebody sent in just after the session had ended: sealed, for that person only, and gone when used."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()
    sealed = models.BinaryField()

    class Meta:
        verbose_name = "tatt vare på"
        verbose_name_plural = "tatt vare på"

    def __str__(self) -> str:
        return str(self.id)
