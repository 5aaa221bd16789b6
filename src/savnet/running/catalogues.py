"""The languages of the screens, made ready: every .po compiled to the .mo that Django reads, by Babel alone."""

import sys
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

WRITTEN = Path(__file__).resolve().parents[1] / "web" / "locale"
"""Where people write the catalogues: one folder per language. Bokmål needs none, since the code is written in it."""
FILE = Path("LC_MESSAGES/django.po")


def build(written: Path, target: Path) -> None:
    """Compile every catalogue in `written`. A half-written file never stands where Django reads it."""
    for source in written.glob(f"*/{FILE}"):
        ready = target / source.relative_to(written).with_suffix(".mo")
        ready.parent.mkdir(parents=True, exist_ok=True)
        with source.open("rb") as text:
            catalogue = read_po(text, abort_invalid=True)
        half = ready.with_suffix(".half")
        with half.open("wb") as binary:
            write_mo(binary, catalogue)
        half.replace(ready)


if __name__ == "__main__":
    build(WRITTEN, Path(sys.argv[1]))
