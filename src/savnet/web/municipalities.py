"""The municipalities to choose from: by the names people know them by, in the order of the Norwegian alphabet."""

from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import Any

from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from savnet.register.models import Municipality
from savnet.register.models.validity import holding
from savnet.web.screen import Visit
from savnet.web.times import OSLO

NORWEGIAN_NAME = {"1826": "Hattfjelldal", "5512": "Tjeldsund", "5612": "Kautokeino"}
"""The Norwegian names of the three municipalities that stand in the register's list (SSB Klass 131 per 1 January 2026)
with their Sámi name alone. Both are official, and people look under either."""
LAST_LETTERS = str.maketrans({"æ": "{a", "ä": "{a", "ø": "{b", "ö": "{b", "å": "{c"})
"""«{» comes after «z»; then æ, ø, å in that order."""


class Municipalities(forms.Select):
    """The list, written in one go: Django's own template takes longer for it than for all the rest of a page."""

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> SafeString:
        options = _options(tuple(self.choices))
        if value:
            chosen = format_html('value="{}"', value)
            options = mark_safe(options.replace(chosen, f"{chosen} selected", 1))  # noqa: S308 - both are escaped
        return format_html(
            "<select{}>{}</select>", flatatt(self.build_attrs({**self.attrs, "name": name}, attrs)), options
        )


@lru_cache(maxsize=8)
def _options(choices: tuple[tuple[str, str], ...]) -> SafeString:
    return format_html_join("\n", '<option value="{}">{}</option>', choices)


def municipalities(visit: Visit) -> list[tuple[str, str]]:
    """All municipalities there are today with their county, by name; those with two names under each of them."""
    return on_day(visit.now.astimezone(OSLO).date())


def on_day(today: date) -> list[tuple[str, str]]:
    """The municipalities of that day."""
    # Rows and not models: the page that receivers reach by a link makes this list for whoever fetches it.
    found = Municipality.objects.filter(holding(today)).values_list("number", "name", "county__name")
    listed = [(number, text) for number, name, county in found for text in _texts(number, name, county)]
    return sorted(listed, key=lambda choice: alphabetically(choice[1]))


def alphabetically(text: str) -> str:
    """What to sort a Norwegian name by."""
    return text.lower().translate(LAST_LETTERS)


def _texts(number: str, listed: str, county_name: str | None) -> Iterator[str]:
    county = f" ({county_name or number})"
    name = listed.removesuffix(county)  # two municipalities have their county in their name
    norwegian = NORWEGIAN_NAME.get(number)
    if norwegian is None or norwegian in name:
        yield name + county
        return
    yield f"{name} – {norwegian}{county}"
    yield f"{norwegian} – {name}{county}"
