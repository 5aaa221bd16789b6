"""What an inspector or an overseer has been given a right to look into: where, why, and from when until when."""

import uuid
from datetime import datetime
from typing import ClassVar, Self
from uuid import UUID

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Mandates(models.QuerySet["Mandate"]):
    """The mandates that answer a question of right."""

    def holding(self, person: AbstractBaseUser, now: datetime) -> Self:
        """Those that the person has now."""
        return self.filter(person_id=person.pk, valid_from__lte=now, valid_until__gt=now)

    def over(self, centre_id: UUID | None) -> Self:
        """Those that reach the centre; what has no centre is reached by a mandate for the country alone."""
        return self.filter(Q(centre=None) | Q(centre_id=centre_id))


class Mandate(models.Model):
    """One person's right to look into one centre, or with no centre the country, in a period, on a legal basis."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="mandates")
    centre = models.ForeignKey(
        "register.Centre", verbose_name=_("mottak"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    legal_basis = models.CharField(_("hjemmel"), max_length=300)
    valid_from = models.DateTimeField(_("fra"))
    valid_until = models.DateTimeField(_("til"))
    # Which days it is about; empty is open. When it may be used is another matter, and stands above.
    about_from = models.DateField(_("gjelder fra"), null=True, blank=True)
    about_until = models.DateField(_("gjelder til og med"), null=True, blank=True)

    objects = Mandates.as_manager()

    class Meta:
        verbose_name = _("mandat")
        verbose_name_plural = _("mandater")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="mandate_has_a_legal_basis", condition=~Q(legal_basis="")),
            models.CheckConstraint(name="mandate_ends_after_it_begins", condition=Q(valid_until__gt=F("valid_from"))),
            models.CheckConstraint(
                name="mandate_is_about_days_in_their_order",
                condition=Q(about_from=None) | Q(about_until=None) | Q(about_until__gte=F("about_from")),
            ),
        ]

    def __str__(self) -> str:
        return self.legal_basis
