"""Milliseconds per letter, warm, beside WeasyPrint on the same content with the same fonts and the same standard.

Every letter in a run is different (another child, another reference), so that neither side can answer from memory.
Run: python -m bench.letters [how many of each]
"""

import sys
import warnings
from collections.abc import Callable, Iterator
from dataclasses import replace
from html import escape
from importlib.metadata import version
from statistics import median
from time import perf_counter
from typing import Any

from tests.letters.cast import CONCERN_REPORT, POLICE_REPORT

from savnet.letters import ConcernReport, PoliceReport, compose, fonts, render

Letter = PoliceReport | ConcernReport
STYLE = """
@page { size: A4; margin: 15mm 22mm 25mm; @bottom-right { content: "Side " counter(page) " av " counter(pages) } }
body { font: 10pt/1.5 "Noto Sans", "Noto Sans Arabic", "Noto Sans Ethiopic"; color: #1b1f23 }
h1 { font-size: 19pt } h1, h2, th { color: #14475e; font-weight: 600 } h2 { font-size: 12pt; margin: 7mm 0 3mm }
address { font-style: normal; height: 32mm } dt { float: left; width: 56mm; color: #50595f } dd { margin-left: 56mm }
table { width: 100%; border-collapse: collapse } td, th { text-align: left; vertical-align: top; padding: 2mm;
border-bottom: .5pt solid #b9c3c8 } aside { background: #eef3f5; border-left: 2.4pt solid #14475e; padding: 3mm }
"""


def letters(number: int) -> Iterator[Letter]:
    """As many different police and concern reports."""
    for count in range(number):
        for letter in (POLICE_REPORT, CONCERN_REPORT):
            child = replace(letter.child, name=f"Selam Tesfay {count}", duf_number=f"2025{count:08}")
            yield replace(letter, child=child, envelope=replace(letter.envelope, reference=f"{count:08X}"))


def html(content: dict[str, Any]) -> str:
    """The same content for a browser's kind of typesetting."""
    pages = "".join(map(html_page, content["pages"]))
    head = f"<title>{escape(content['title'])}</title><style>{faces()}{STYLE}</style>"
    return f'<!doctype html><html lang="{content["language"]}"><head>{head}</head><body>{pages}</body></html>'


def html_page(page: dict[str, Any]) -> str:
    address = "<br>".join(map(escape, page["receiver"]))
    inside = "".join(map(html_block, page["blocks"]))
    return f"<address>{address}</address>{pairs(page['particulars'])}<h1>{escape(page['title'])}</h1>{inside}"


def html_block(block: dict[str, Any]) -> str:
    """One block, in the nearest HTML has."""
    match block["kind"]:
        case "heading":
            return f"<h2>{escape(block['text'])}</h2>"
        case "facts":
            return pairs(block["rows"])
        case "points" | "callout" | "lines":
            listed = "".join(f"<li>{escape(row)}</li>" for row in block["rows"])
            return f"<aside><b>{escape(block.get('title', ''))}</b><ul>{listed}</ul></aside>"
        case "items":
            return grid(["Nr.", *block["head"]], [list(row.values()) for row in block["rows"]])
        case "table" | "form":
            return grid(block["head"], block["rows"])
        case "signature":
            return "".join(f"<p>{escape(line)}</p>" for line in [block["closing"], *block["names"]])
        case _:
            return f"<p>{escape(block['text'])}</p>"


def pairs(rows: list[list[str]]) -> str:
    return "<dl>" + "".join(f"<dt>{escape(label)}</dt><dd>{escape(value)}</dd>" for label, value in rows) + "</dl>"


def grid(head: list[str], rows: list[list[str]]) -> str:
    top = "".join(f"<th>{escape(cell)}</th>" for cell in head)
    body = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows)
    return f"<table><thead><tr>{top}</tr></thead><tbody>{body}</tbody></table>"


def faces() -> str:
    """The letters' own fonts, for the other side too."""
    weights = {"Regular": 400, "SemiBold": 600}
    families = {"NotoSans": "Noto Sans", "NotoSansArabic": "Noto Sans Arabic", "NotoSansEthiopic": "Noto Sans Ethiopic"}
    return "".join(
        f'@font-face {{ font-family: "{family}"; font-weight: {weight}; '
        f'src: url("{(fonts.folder() / f"{file}-{style}.ttf").as_uri()}") }}'
        for file, family in families.items()
        for style, weight in weights.items()
    )


def weasyprint_renderer() -> Callable[[Letter], bytes]:
    """WeasyPrint with its fonts set up once, as a server would keep it."""
    # imported here because only this side of the comparison needs it, and it takes long to load
    from weasyprint import HTML
    from weasyprint.text.fonts import FontConfiguration

    configuration = FontConfiguration()

    def render_with_weasyprint(letter: Letter) -> bytes:
        document = HTML(string=html(compose(letter)), base_url=".")
        return bytes(document.write_pdf(font_config=configuration, pdf_variant="pdf/a-2a", pdf_tags=True))

    return render_with_weasyprint


Renderer = Callable[[Letter], bytes]


def by_turns(renderers: tuple[Renderer, ...], number: int) -> list[tuple[float, ...]]:
    """Milliseconds of each letter by each renderer, one after the other, after one of each to warm up."""
    return [tuple(milliseconds(renderer, letter) for renderer in renderers) for letter in letters(number + 1)][2:]


def milliseconds(renderer: Renderer, letter: Letter) -> float:
    start = perf_counter()
    pdf = renderer(letter)
    spent = (perf_counter() - start) * 1000
    if not pdf.startswith(b"%PDF"):
        raise RuntimeError("No PDF came out; the figure would mean nothing.")
    return spent


def main(number: int = 30) -> None:
    """Measure both sides and write the figures."""
    warnings.simplefilter("ignore")
    both = by_turns((lambda letter: render(letter).pdf, weasyprint_renderer()), number)
    say(f"letters: {len(both)} different police and concern reports of two to three pages, PDF/A-2a, warm")
    for name, times in zip(("typst", "weasyprint"), zip(*both, strict=True), strict=True):
        say(f"  {name} {version(name)}: median {median(times):.1f} ms, slowest {max(times):.1f} ms")
    say(f"  median of the ratios: {median(theirs / ours for ours, theirs in both):.1f}")


def say(line: str) -> None:
    sys.stdout.write(line + "\n")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]))
