"""Several letters as one PDF, each page as it was composed: for whoever prints and posts them together.

Only in memory: no letter is put on a disk on the way.
"""

import json
import re
from collections.abc import Sequence

import typst

from savnet.letters.errors import NotRendered
from savnet.letters.rendering import ONE_AT_A_TIME

BINDER = """\
#set document(title: "Brev til utskrift")
#set text(lang: "nb")
#set page(width: 210mm, height: 297mm, margin: 0mm)
#for letter in json(bytes(sys.inputs.letters)) {
  let content = bytes(letter.content)
  for number in range(1, letter.pages + 1) {
    image(content, format: "pdf", page: number, width: 100%, alt: "Side " + str(number))
  }
}
"""
PAGES = re.compile(rb"/Type\s*/Pages\s*/Count\s+(\d+)")


def bind(letters: Sequence[bytes]) -> bytes:
    """The letters one after the other. They are ours, so that their pages can be counted. Raises NotRendered."""
    parts = [{"content": list(letter), "pages": pages(letter)} for letter in letters]
    try:
        with ONE_AT_A_TIME:
            pdf = typst.compile(BINDER.encode(), sys_inputs={"letters": json.dumps(parts)})
    except typst.TypstError as error:
        raise NotRendered(f"The letters could not be put together: {error.message}") from error
    if not isinstance(pdf, bytes):
        raise NotRendered("The typesetter gave back no PDF.")
    return pdf


def pages(letter: bytes) -> int:
    """How many pages one of our own letters has."""
    counts = [int(count) for count in PAGES.findall(letter)]
    if not counts:
        raise NotRendered("This is no letter of ours: its pages can't be counted.")
    return max(counts)
