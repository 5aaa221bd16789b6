"""What a password must be: long, not among those everybody uses, and not made of what anyone here would try first."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

OURS = ("savnet", "mottak", "nattevakt", "politi", "barnevern", "passord", "password")


class NotOfOurWords:
    """Refuses a password that is little more than a word of the trade."""

    def validate(self, password: str, user: Any = None) -> None:
        rest = password.lower()
        for word in OURS:
            rest = rest.replace(word, "")
        if len(rest) < len(password) and len(rest) < 8:
            raise ValidationError(_("Passordet ligner for mye på ord som er lette å gjette her."), code="our_words")

    def get_help_text(self) -> str:
        return _("Ikke bygg passordet på ord som «savnet» eller «mottak».")
