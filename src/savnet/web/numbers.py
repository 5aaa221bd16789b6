"""Fields for what others are reached by. In the demo only what can't exist is taken."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from savnet.register.addresses import usable
from savnet.web.wording.text import Text

TELEPHONE = re.compile(r"\+?[\d\s().-]{5,}")


def telephone(label: Text, *, hint: Text = "") -> forms.CharField:
    """A field for a telephone number, which may stay empty. The device shows its number pad."""
    return forms.CharField(
        label=label,
        required=False,
        max_length=40,
        help_text=hint,
        validators=[_looks_like_a_number],
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
    )


def email(label: Text, *, hint: Text = "") -> forms.EmailField:
    """A field for an e-mail address, which may stay empty."""
    return forms.EmailField(
        label=label,
        required=False,
        help_text=hint,
        error_messages={"invalid": _("Skriv e-postadressen slik: navn@firma.no.")},
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )


def refuse_real(address: str) -> None:
    """In the demo, a number or address that may reach somebody is refused here already, and not just when sending."""
    if not usable(address):
        raise ValidationError(
            gettext(
                "Dette er demoen. Bruk et nummer som ikke kan finnes, som +47 00 00 12 34, eller en adresse som "
                "slutter på .example."
            ),
            code="real",
        )


def _looks_like_a_number(text: str) -> None:
    if not TELEPHONE.fullmatch(text):
        raise ValidationError(gettext("Skriv telefonnummeret med sifre, for eksempel +47 00 00 12 34."), code="number")
