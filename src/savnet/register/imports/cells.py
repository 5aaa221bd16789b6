"""Reading one cell: text from another system becomes a value, or an error in plain words."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext

Read = Callable[[str], Any]

_YES = frozenset({"ja", "j", "yes", "y", "x", "1", "true", "sann"})
_NO = frozenset({"nei", "n", "no", "0", "false", "usann"})
_NORWEGIAN_DATE = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})")
_ISO_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ]00:00(?::00(?:\.0+)?)?)?")


class CellError(Exception):
    """The cell can't be read. The text is shown to the person who imports."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A field that a file may hold: what we call it, what other systems call it, and how a cell is read."""

    field: str
    label: str
    heads: tuple[str, ...]
    read: Read


def head(text: str) -> str:
    """A column head as compared: small letters, without spaces and punctuation."""
    return re.sub(r"[\W_]+", "", text.casefold())


def text(cell: str) -> str:
    """Text as it stands, with single spaces. What looks like a formula is text like any other."""
    return " ".join(cell.split())


def day(cell: str) -> date:
    """A date, as dd.mm.åååå or åååå-mm-dd. Two-digit years are refused: they would be a guess."""
    if match := _NORWEGIAN_DATE.fullmatch(cell):
        day_, month, year = (int(part) for part in match.groups())
    elif match := _ISO_DATE.fullmatch(cell):
        year, month, day_ = (int(part) for part in match.groups())
    else:
        raise CellError(gettext("«%(cell)s» er ikke en dato. Skriv den som dd.mm.åååå.") % {"cell": cell})
    try:
        return date(year, month, day_)
    except ValueError:
        raise CellError(gettext("Datoen «%(cell)s» finnes ikke.") % {"cell": cell}) from None


def yes_or_no(cell: str) -> bool:
    """Ja or nei."""
    wanted = cell.casefold()
    if wanted not in _YES | _NO:
        raise CellError(gettext("«%(cell)s» er verken ja eller nei.") % {"cell": cell})
    return wanted in _YES


def whole_number(cell: str) -> int:
    """A number of things."""
    if not re.fullmatch(r"[0-9]{1,6}", cell):
        raise CellError(gettext("«%(cell)s» er ikke et helt tall.") % {"cell": cell})
    return int(cell)


def one_of(words: Mapping[str, str]) -> Read:
    """One of some words, whatever the case; gives the value that the register keeps for it."""
    known = {head(word): value for word, value in words.items()}

    def read(cell: str) -> str:
        if head(cell) not in known:
            raise CellError(
                gettext("«%(cell)s» er ukjent. Bruk ett av disse: %(words)s.")
                % {"cell": cell, "words": ", ".join(words)}
            )
        return known[head(cell)]

    return read


def looks_like_a_formula(cell: str) -> bool:
    """Whether a spreadsheet would take this for a formula. A telephone number with a plus is none."""
    return cell[:1] in {"=", "@"} or (cell[:1] in {"+", "-"} and not re.fullmatch(r"[+-][\d\s()./-]*", cell))
