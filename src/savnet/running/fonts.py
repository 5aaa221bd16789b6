"""Fonts for the letters: the web fonts of the npm packages, turned into one TTF per family and weight.

A web font comes split by script so that a browser loads little; the letters need each family whole, because Typst
takes one file per family and weight. The same packages give the same bytes.
"""

import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from fontTools.merge import Merger
from fontTools.ttLib import TTFont

WEIGHTS = {400: "Regular", 600: "SemiBold", 700: "Bold"}
WINDOWS_UNICODE = (3, 1, 0x409)
FAMILY, STYLE, UNIQUE, FULL, POSTSCRIPT, TYPOGRAPHIC_FAMILY, TYPOGRAPHIC_STYLE = 1, 2, 3, 4, 6, 16, 17
UNCHANGING_TIME = 3_786_912_000  # 1 January 2024 in seconds since 1904: no build differs from another by its clock


@dataclass(frozen=True, slots=True)
class Family:
    """One family of letters: what it is called, which package holds it and which scripts are taken from there."""

    name: str
    package: str
    scripts: tuple[str, ...]

    def parts(self, modules: Path, weight: int) -> Iterator[Path]:
        """The web font files that make up one weight."""
        for script in self.scripts:
            yield modules / "@fontsource" / self.package / "files" / f"{self.package}-{script}-{weight}-normal.woff2"


FAMILIES = (
    Family("Noto Sans", "noto-sans", ("latin", "latin-ext", "vietnamese", "cyrillic", "cyrillic-ext", "greek")),
    Family("Noto Sans Arabic", "noto-sans-arabic", ("arabic",)),
    Family("Noto Sans Ethiopic", "noto-sans-ethiopic", ("ethiopic",)),
)


def build(modules: Path, target: Path) -> list[Path]:
    """Write every family and weight to `target`, and return the files."""
    target.mkdir(parents=True, exist_ok=True)
    with ProcessPoolExecutor() as pool:
        wanted = [(family, weight) for family in FAMILIES for weight in WEIGHTS]
        waiting = [pool.submit(write, *each, modules=modules, target=target) for each in wanted]
        return [each.result() for each in waiting]


def write(family: Family, weight: int, *, modules: Path, target: Path) -> Path:
    """Write one weight of one family as a TTF."""
    font = whole([*family.parts(modules, weight)])
    christen(font, family.name, weight)
    font["head"].created = font["head"].modified = UNCHANGING_TIME
    file = target / f"{family.name.replace(' ', '')}-{WEIGHTS[weight]}.ttf"
    font.save(file)
    return file


def whole(parts: list[Path]) -> TTFont:
    """One font out of its parts, each unpacked from woff2 to plain TTF."""
    with TemporaryDirectory() as folder:
        plain = [unpacked(part, Path(folder)) for part in parts]
        font = Merger().merge(plain) if len(plain) > 1 else TTFont(plain[0])
        font.recalcTimestamp = False
        font.ensureDecompiled()
        return font


def unpacked(part: Path, folder: Path) -> str:
    """A web font without its packing, in `folder`; the merger reads plain TTF from disk."""
    if not part.is_file():
        raise FileNotFoundError(f"{part} is missing. Run make again, so that npm installs the font packages.")
    font = TTFont(part, recalcTimestamp=False)
    font.flavor = None
    file = folder / part.with_suffix(".ttf").name
    font.save(file)
    return str(file)


def christen(font: TTFont, family: str, weight: int) -> None:
    """Name the font so that family and weight are found by name, whatever the subset was called."""
    style = WEIGHTS[weight]
    names = {
        FAMILY: family,
        STYLE: style if style != "SemiBold" else "Regular",
        UNIQUE: f"{family} {style}",
        FULL: f"{family} {style}",
        POSTSCRIPT: f"{family.replace(' ', '')}-{style}",
        TYPOGRAPHIC_FAMILY: family,
        TYPOGRAPHIC_STYLE: style,
    }
    for identity, text in names.items():
        font["name"].removeNames(nameID=identity)
        font["name"].setName(text, identity, *WINDOWS_UNICODE)
    font["OS/2"].usWeightClass = weight


if __name__ == "__main__":
    build(Path(sys.argv[1]), Path(sys.argv[2]))
