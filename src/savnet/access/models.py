"""The people who use Savnet."""

import uuid
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from savnet.access.emergencies import BreakGlass
from savnet.access.look_rows import Look, LooksReviewed
from savnet.access.mandates import Mandate
from savnet.access.proposals import Proposal
from savnet.access.rights import Role

__all__ = ["BreakGlass", "Look", "LooksReviewed", "Mandate", "People", "Person", "Proposal"]


class Language(models.TextChoices):
    """The languages of the screens, each by its own name. The same as LANGUAGES in the settings."""

    BOKMAAL = "nb", "Bokmål"
    NYNORSK = "nn", "Nynorsk"
    ENGLISH = "en", "English"


class People(BaseUserManager["Person"]):
    """Makes people; the name `create_user` is the one Django's own tools call."""

    def create_user(self, username: str, password: str | None = None, **fields: Any) -> "Person":
        """A person who may sign in; without a password the account can't be signed in to by password."""
        person = self.model(username=self.model.normalize_username(username), **fields)
        person.set_password(password)
        person.full_clean()
        person.save(using=self._db)
        return person


class Person(AbstractBaseUser):
    """Somebody who signs in. `title` is what the letters print below the name; the role decides what is allowed.

    `region` is the number of UDI's regional office, as centres have it; `office` the kind of receiver, UNE or PU.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    username = models.CharField("brukernavn", max_length=150, unique=True)
    name = models.CharField("navn", max_length=200)
    title = models.CharField("stilling", max_length=200, blank=True)
    phone = models.CharField("telefon", max_length=40, blank=True)
    email = models.EmailField("e-post", blank=True)
    role = models.CharField("rolle", max_length=30, choices=Role.choices)
    centre = models.ForeignKey(
        "register.Centre",
        verbose_name="mottak",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="people",
    )
    # Nothing until it is chosen; then the device decides.
    language = models.CharField("språk", max_length=2, choices=Language.choices, blank=True)
    region = models.CharField("UDIs regionkontor", max_length=20, blank=True)
    office = models.CharField("kontor", max_length=20, blank=True)
    is_active = models.BooleanField("har tilgang", default=True)

    objects: ClassVar[People] = People()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name", "role"]

    class Meta:
        verbose_name = "person"
        verbose_name_plural = "personer"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            # Someone at a centre without a centre could do nothing, and nobody would see why.
            models.CheckConstraint(
                name="person_at_a_centre_has_a_centre",
                condition=models.Q(centre__isnull=False)
                | ~models.Q(role__in=[Role.SHIFT_STAFF.value, Role.CENTRE_LEADER.value]),
                violation_error_message=_("Den som arbeider ved et mottak, må være knyttet til mottaket."),
            ),
            models.CheckConstraint(
                name="person_in_a_region_has_a_region",
                condition=~models.Q(role=Role.REGIONAL_OFFICER.value)
                | ~models.Q(region="")
                | models.Q(is_active=False),
                violation_error_message=_("Den som arbeider ved et regionkontor, må være knyttet til regionen."),
            ),
            models.CheckConstraint(
                name="person_who_receives_has_an_office",
                condition=~models.Q(role=Role.RECEIVING_OFFICER.value) | models.Q(office__in=["une", "pu"]),
                violation_error_message=_("Den som tar imot for UNE eller PU, må være knyttet til ett av dem."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        """The name as shown; Django's own screens ask for it by this name."""
        return self.name

    def get_short_name(self) -> str:
        """The first of the names."""
        return self.name.split(" ", 1)[0]
