"""The fonts that every letter embeds, and which characters they can show."""

import os
from functools import cache
from pathlib import Path

import typst
from fontTools.ttLib import TTFont

from savnet.letters.errors import FontsMissing

ROOT = Path(__file__).resolve().parents[3]


def folder() -> Path:
    """Where the build has put the fonts."""
    return Path(os.environ.get("SAVNET_BUILD_DIR", ROOT / "build")) / "fonts"


@cache
def load(where: Path) -> typst.Fonts:
    """These fonts and no others: a letter must look the same on every machine."""
    if not any(where.glob("*.ttf")):
        raise FontsMissing(str(where))
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[where])


@cache
def shown(where: Path) -> frozenset[int]:
    """Every character that some font can show in every weight that letters use."""
    coverage = frozenset[int]()
    for regular in where.glob("*-Regular.ttf"):
        bold = regular.with_name(regular.name.replace("-Regular", "-SemiBold"))
        with TTFont(regular, lazy=True) as one, TTFont(bold, lazy=True) as other:
            coverage |= frozenset(one.getBestCmap()) & frozenset(other.getBestCmap())
    return coverage
