"""What a password must be: long, not among those everybody uses, and not made of what anyone here would try first."""

from itertools import pairwise
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

OURS = ("savnet", "mottak", "nattevakt", "politi", "barnevern", "passord", "password")
FEWEST_DIFFERENT = 5


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


class NotARow:
    """Refuses a few characters over and over, and a row on the keyboard; any characters may be used otherwise."""

    def validate(self, password: str, user: Any = None) -> None:
        if len(set(password)) < FEWEST_DIFFERENT or _steps(password) <= 1:
            raise ValidationError(_("Passordet er en rekke eller en gjentakelse, og er lett å gjette."), code="row")

    def get_help_text(self) -> str:
        return _("Ikke bruk en rekke som «123456789012» eller de samme få tegnene om igjen.")


def _steps(password: str) -> int:
    """How many different steps there are from one character to the next; from nine to nought is one up."""
    steps = (ord(after) - ord(before) for before, after in pairwise(password))
    return len({step % 10 if password.isdigit() else step for step in steps})
