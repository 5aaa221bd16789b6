"""The DUF number: what must hold, and what is only a reason to look twice.

Twelve digits beginning with the year of the first application must hold. The two check digits are only a warning:
a number that UDI itself has published as an example does not satisfy the rule used in public statistics.
"""

import re
from dataclasses import dataclass

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

FIRST_YEAR = 1980
_WEIGHTS = (4, 6, 3, 2, 4, 6, 3, 2, 7, 5)


@dataclass(frozen=True, slots=True)
class DufCheck:
    """What came of a check. `digits` is the number without spaces; with errors it must not be stored."""

    digits: str
    errors: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


def check_duf(text: str, year: int) -> DufCheck:
    """Check a DUF number as somebody wrote it. `year` is the present year: nobody has applied in a later one."""
    digits = re.sub(r"[\s.-]", "", text)
    if not re.fullmatch(r"[0-9]+", digits):
        return DufCheck(digits, (gettext("DUF-nummeret kan bare ha sifre."),))
    if len(digits) != 12:
        return DufCheck(
            digits, (gettext("DUF-nummeret skal ha 12 sifre. Dette har %(number)s.") % {"number": len(digits)},)
        )
    if not FIRST_YEAR <= int(digits[:4]) <= year:
        return DufCheck(
            digits,
            (
                gettext("DUF-nummeret begynner med året for den første søknaden. %(year)s kan ikke stemme.")
                % {"year": digits[:4]},
            ),
        )
    return DufCheck(digits, warnings=() if _check_digits_fit(digits) else (str(_LOOK_TWICE),))


_LOOK_TWICE = _(
    "Kontrollsifrene i DUF-nummeret stemmer ikke. Se etter om det er skrevet riktig. Det kan likevel være rett."
)


def _check_digits_fit(digits: str) -> bool:
    total = sum(int(digit) * weight for digit, weight in zip(digits[:10], _WEIGHTS, strict=True))
    return total % 11 == int(digits[10:])
