"""The few shapes that the inside of a letter is made of. Plain data: the templates decide how each looks."""

import base64
from collections.abc import Iterable
from typing import Any

Block = dict[str, Any]
Row = tuple[str, str]


def paragraph(text: str) -> Block:
    """Running text."""
    return {"kind": "paragraph", "text": text}


def fine_print(text: str) -> Block:
    """A remark, smaller and paler than the text."""
    return {"kind": "fine_print", "text": text}


def heading(text: str) -> Block:
    """What the next blocks are about."""
    return {"kind": "heading", "text": text}


def facts(rows: Iterable[Row]) -> Block:
    """Labels and values. A row whose value is empty is left out: nothing is claimed about it."""
    return {"kind": "facts", "rows": [list(row) for row in rows if row[1]]}


def items(rows: Iterable[Block], head: tuple[str, str], *, by_hand: tuple[str, ...]) -> Block:
    """Numbered questions with their answers. One without an answer gets boxes to tick, labelled `by_hand`."""
    return {"kind": "items", "rows": list(rows), "head": list(head), "by_hand": list(by_hand)}


def item(label: str, question: str, *, answer: str, text: str) -> Block:
    """One question and its answer; an empty answer is left for the hand."""
    return {"label": label, "question": question, "answer": answer, "text": text}


def table(head: Iterable[str], rows: Iterable[Iterable[str]], *, widths: tuple[float, ...] = ()) -> Block:
    """A table with a header row; `widths` are the shares of the columns, equal where left out."""
    top = list(head)
    return {"kind": "table", "head": top, "rows": [list(row) for row in rows], "widths": list(widths) or [1] * len(top)}


def form(
    head: Iterable[str], rows: Iterable[Iterable[str]], *, widths: tuple[float, ...], tick_under: str = ""
) -> Block:
    """A table with room to write in by hand; with `tick_under`, a box to tick first in each row, under that head."""
    return table(head, rows, widths=widths) | {"kind": "form", "ticks": bool(tick_under), "ticks_head": tick_under}


def points(rows: Iterable[str]) -> Block:
    """A list."""
    return {"kind": "points", "rows": list(rows)}


def boxes(*groups: Iterable[str]) -> Block:
    """Groups of lines to tick off by hand, side by side."""
    return {"kind": "boxes", "groups": [list(group) for group in groups]}


def lines(rows: Iterable[str], *, columns: int = 1) -> Block:
    """Labels, each with a line to write on."""
    return {"kind": "lines", "rows": list(rows), "columns": columns}


def space(label: str) -> Block:
    """A field to write several lines in."""
    return {"kind": "space", "label": label}


def callout(title: str, rows: Iterable[str]) -> Block:
    """What must be seen first."""
    return {"kind": "callout", "title": title, "rows": list(rows)}


def number_to_call(name: str, phone: str) -> Block:
    """Whom to call, in figures that can be read across a room."""
    return {"kind": "number", "name": name, "phone": phone}


def pictured(rows: Iterable[Row], data: bytes, *, alt: str, caption: str) -> Block:
    """Facts with a picture beside them, JPEG or PNG, inside a frame of three by four."""
    return facts(rows) | {"kind": "pictured", "frame": framed(data), "alt": alt, "caption": caption}


def framed(picture: bytes) -> str:
    """The picture as the inside of an SVG.

    The typesetter takes only text from outside; this way it unpacks the picture itself, and puts its bytes into the
    letter as they are. A picture handed over as a list of numbers takes thirty times as long.
    """
    kind = "png" if picture.startswith(b"\x89PNG") else "jpeg"
    data = base64.b64encode(picture).decode("ascii")
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 36 48">'
        '<image width="36" height="48" preserveAspectRatio="xMidYMin meet" '
        f'href="data:image/{kind};base64,{data}"/></svg>'
    )


def signature(closing: str, *names: str) -> Block:
    """The close of a letter, and who stands behind it."""
    return {"kind": "signature", "closing": closing, "names": [name for name in names if name]}
