"""The municipalities to choose from: by the names people know them by, in the order of the Norwegian alphabet."""

from collections.abc import Iterator
from datetime import date

from savnet.register.models import Municipality
from savnet.register.models.validity import holding
from savnet.web.screen import Visit
from savnet.web.times import OSLO

NORWEGIAN_NAME = {"1826": "Hattfjelldal", "5512": "Tjeldsund", "5612": "Kautokeino"}
"""The Norwegian names of the three municipalities that stand in the register's list (SSB Klass 131 per 1 January 2026)
with their Sámi name alone. Both are official, and people look under either."""
LAST_LETTERS = str.maketrans({"æ": "{a", "ä": "{a", "ø": "{b", "ö": "{b", "å": "{c"})
"""«{» comes after «z»; then æ, ø, å in that order."""


def municipalities(visit: Visit) -> list[tuple[str, str]]:
    """All municipalities there are today with their county, by name; those with two names under each of them."""
    return on_day(visit.now.astimezone(OSLO).date())


def on_day(today: date) -> list[tuple[str, str]]:
    """The municipalities of that day."""
    found = Municipality.objects.filter(holding(today)).select_related("county")
    listed = [(one.number, text) for one in found for text in _texts(one)]
    return sorted(listed, key=lambda choice: alphabetically(choice[1]))


def alphabetically(text: str) -> str:
    """What to sort a Norwegian name by."""
    return text.lower().translate(LAST_LETTERS)


def _texts(one: Municipality) -> Iterator[str]:
    county = f" ({one.county.name if one.county else one.number})"
    name = one.name.removesuffix(county)  # two municipalities have their county in their name
    norwegian = NORWEGIAN_NAME.get(one.number)
    if norwegian is None or norwegian in name:
        yield name + county
        return
    yield f"{name} – {norwegian}{county}"
    yield f"{norwegian} – {name}{county}"
