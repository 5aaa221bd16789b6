"""With the reader's own colours in force, what is pressed and where one is still shows: looked at as it is painted."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Locator, Page

ROOT = Path(__file__).resolve().parents[2]
VENDOR = ROOT / "build" / "static" / "vendor" / "designsystemet"
SHEETS = (
    VENDOR / "theme.css",
    VENDOR / "designsystemet.css",
    ROOT / "src" / "savnet" / "web" / "static" / "savnet" / "savnet.css",
)
PARTS = """<!doctype html><html lang="nb"><body class="sv-body" data-color-scheme="light" data-size="sm">
<nav class="sv-nav"><a href="#here" aria-current="page">I dag</a><a href="#there">Beboere</a></nav>
<div class="sv-roll__taps">
  <button class="ds-button" data-color="success" aria-pressed="true">Her</button>
  <button class="ds-button" data-color="danger" data-variant="secondary" aria-pressed="false">Ikke her</button>
</div></body></html>"""
Colour = tuple[int, ...]


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """The parts of a page that colour tells apart, under our own style sheets."""
    context = chromium.new_context(forced_colors="active", viewport={"width": 360, "height": 740})
    page = context.new_page()
    page.set_content(PARTS)
    for sheet in SHEETS:
        page.add_style_tag(content=sheet.read_text(encoding="utf-8"))
    yield page
    context.close()


def painted(part: Locator, *, from_bottom: int) -> Colour:
    """The colour near the left end of a part, so many points above its lower edge."""
    picture = Image.open(BytesIO(part.screenshot())).convert("RGB")
    colour: Colour = picture.getpixel((8, picture.height - from_bottom))  # type: ignore[assignment]
    return colour


def test_who_is_ticked_off_is_seen(page: Page) -> None:
    pressed, other = (page.get_by_role("button", name=name, exact=True) for name in ("Her", "Ikke her"))
    assert painted(pressed, from_bottom=12) != painted(other, from_bottom=12)


def test_where_one_is_in_the_menu_is_seen(page: Page) -> None:
    here, other = (page.get_by_role("link", name=name) for name in ("I dag", "Beboere"))
    assert painted(here, from_bottom=2) != painted(other, from_bottom=2)
