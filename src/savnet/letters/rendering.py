"""From letter to PDF: archive format, accessible, and the same bytes for the same letter."""

import hashlib
import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any

import typst

from savnet.letters import fonts
from savnet.letters.characters import fit
from savnet.letters.composing import Paper, compose, outside
from savnet.letters.errors import Incomplete, NotRendered

TEMPLATES = Path(__file__).parent / "templates"
PICTURE = b"/Subtype/Image"  # how each picture begins in a PDF; one that can't be read is left out without a word
ONE_AT_A_TIME = Lock()  # the compiler holds its inputs between calls


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendered:
    """A letter's bytes, their SHA-256, and its neutral title and file name.

    `not_shown` holds characters that no font of ours has; the letter names them by number.
    """

    pdf: bytes
    sha256: str
    title: str
    file_name: str
    not_shown: tuple[str, ...] = ()


def render(letter: Paper, language: str = "nb") -> Rendered:
    """The letter as PDF/A-2a and PDF/UA-1, in bokmål (nb) or nynorsk (nn).

    Raises Incomplete where something is blank, and NotRendered where the typesetter refuses (a broken photo).
    """
    if blanks := letter.blanks():
        raise Incomplete(blanks)
    content, not_shown = fit(compose(letter, language), fonts.shown(fonts.folder()))
    _, reference, written_at = outside(letter)
    pdf = typeset(content, written_at=int(written_at))
    return Rendered(
        pdf=pdf,
        sha256=hashlib.sha256(pdf).hexdigest(),
        title=content["title"],
        file_name=f"melding-{reference}.pdf",
        not_shown=not_shown,
    )


def typeset(content: dict[str, Any], *, written_at: int) -> bytes:
    """The content through the templates. It goes in as data: nothing that is typed can become markup."""
    inputs = {"letter": json.dumps(content, ensure_ascii=False)}
    try:
        with ONE_AT_A_TIME:
            pdf = compiler(fonts.folder()).compile(
                sys_inputs=inputs, pdf_standards=["a-2a", "ua-1"], timestamp=written_at
            )
    except typst.TypstError as error:
        raise NotRendered(f"The letter could not be typeset: {error.message}") from error
    if not isinstance(pdf, bytes):
        raise NotRendered("The typesetter gave back no PDF.")
    if len(pictures(content)) > pdf.count(PICTURE):
        raise NotRendered("The photo could not be read, and a letter must not lose it silently. Take a new photo.")
    return pdf


def pictures(content: dict[str, Any]) -> set[str]:
    """The different pictures of a letter; the typesetter puts the same one in only once."""
    return {block["frame"] for page in content["pages"] for block in page["blocks"] if block["kind"] == "pictured"}


@cache
def compiler(font_folder: Path) -> typst.Compiler:
    """One compiler for all letters: it keeps fonts and templates ready between them."""
    return typst.Compiler(TEMPLATES / "letter.typ", root=TEMPLATES, font_paths=fonts.load(font_folder))
