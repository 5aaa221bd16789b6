"""The form for a one-time code from the telephone, or one of the reserve codes."""

from django import forms
from django.utils.translation import gettext_lazy as _


class CodeForm(forms.Form):
    """One code, typed with or without spaces."""

    use_required_attribute = False

    code = forms.CharField(
        label=_("Kode"),
        max_length=40,
        help_text=_("Seks siffer fra autentiseringsappen, eller en av reservekodene dine."),
        error_messages={"required": _("Skriv koden.")},
        widget=forms.TextInput(
            attrs={"class": "ds-input", "autocomplete": "one-time-code", "inputmode": "numeric", "spellcheck": "false"}
        ),
    )
