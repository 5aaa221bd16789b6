"""Which sentences are to be translated: gathered from code and templates into the catalogues, by Babel alone.

A sentence that is new stands empty in every catalogue until somebody has translated it; a guard test says which.
One that nobody says any longer is dropped.
"""

from collections.abc import Iterator, Mapping
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po
from django.utils.translation import templatize

from savnet.letters.wording import wording
from savnet.policy.house import HOUSE_POLICIES
from savnet.policy.ladders_shown import LADDERS_SHOWN
from savnet.rules import INTERPRETATIONS
from savnet.running.catalogues import FILE, WRITTEN

SOURCES = Path(__file__).resolve().parents[1]
Keywords = Mapping[str, tuple[int | tuple[int, int] | tuple[int, str], ...] | None]
SAID: Keywords = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
}
PURE: Keywords = {"Gap": (2,), "Refusal": (3,)}
"""The rules know no Django: what they say why is shown through the catalogue by whoever shows it."""
SAYS_NOTHING = tuple(
    f'"{name}'.encode()
    for name in ("Project-Id", "Report-Msgid", "POT-Creation", "PO-Revision", "Last-Translator", "Language-Team", "Gen")
)
"""Lines of a header that hold nothing, or change with every run."""
Found = tuple[str | tuple[str, ...], str, str | None]


def update() -> None:
    """Bring every catalogue up to date with what is said now."""
    said = gathered()
    for language in sorted(WRITTEN.iterdir()):
        path = language / FILE
        with path.open("rb") as file:
            catalogue = read_po(file, locale=language.name)
        catalogue.update(said, no_fuzzy_matching=True)
        catalogue.obsolete.clear()
        path.write_bytes(_written(catalogue))


def gathered() -> Catalog:
    """All that is said to a reader, each sentence with the files it stands in."""
    catalogue = Catalog(charset="utf-8", fuzzy=False)
    for message, place, context in sorted(_all(), key=lambda found: found[1]):
        catalogue.add(message, locations=[(place, 0)], context=context)
    return catalogue


def _all() -> Iterator[Found]:
    for path in sorted(SOURCES.rglob("*.py")):
        keywords = PURE if path.relative_to(SOURCES).parts[0] == "rules" else SAID
        yield from _python(path.read_bytes(), path, keywords)
    for path in sorted(SOURCES.rglob("templates/**/*.html")):
        # What is no message is blanked out to X, and may begin anywhere on the line.
        lines = templatize(path.read_text(encoding="utf-8")).splitlines()
        yield from _python("\n".join(map(str.strip, lines)).encode(), path, SAID)
    for reading in INTERPRETATIONS:
        yield from ((text, "rules/interpretations.py", None) for text in (reading.question, reading.reading))
    for key, text in wording("nb").sentences.items():
        if key.startswith("blank."):
            yield text, "letters/catalogue/nb.toml", None
    for policy in HOUSE_POLICIES:
        yield policy.says, "policy/house.py", None
    for policy in LADDERS_SHOWN:
        yield policy.says, "policy/ladders_shown.py", None


def _python(source: bytes, path: Path, keywords: Keywords) -> Iterator[Found]:
    place = path.relative_to(SOURCES).as_posix()
    for _line, message, _comments, context in extract(
        "python", BytesIO(source), keywords, options={"encoding": "utf-8"}
    ):
        yield message, place, context


def _written(catalogue: Catalog) -> bytes:
    written = BytesIO()
    write_po(written, catalogue, width=0, sort_by_file=True, include_lineno=False, omit_header=False)
    return b"".join(line for line in written.getvalue().splitlines(keepends=True) if not line.startswith(SAYS_NOTHING))


if __name__ == "__main__":
    update()
