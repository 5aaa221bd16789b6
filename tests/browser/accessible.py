"""axe-core over a page: no violation of WCAG 2.1 A or AA, and nothing wider than the screen."""

from functools import cache
from pathlib import Path

from playwright.sync_api import Page

AXE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]
RUN = """rules => axe.run(document, {runOnly: {type: 'tag', values: rules}, resultTypes: ['violations']})
    .then(found => found.violations)"""
"""Every rule looks at every element; only what passed is not described and sent over, which took most of the time."""
SETTLED = """() => Promise.all(document.getAnimations()
    .filter(one => one.playState === 'running' && Number.isFinite(one.effect.getComputedTiming().endTime))
    .map(one => one.finished.catch(() => null))).then(() => null)"""
"""A dialog that fades in has, halfway, colours that nobody reads by."""
SMALL = """() => [...document.querySelectorAll('a.ds-button, button, nav a, summary, input:not([type=hidden]), select')]
    .filter(one => one.offsetParent && !['radio', 'checkbox'].includes(one.type))
    .filter(one => one.getBoundingClientRect().height < 43.5)
    .map(one => `${one.getBoundingClientRect().height} ${one.outerHTML.slice(0, 90)}`)"""


@cache
def axe() -> str:
    return AXE.read_text(encoding="utf-8")


def assert_accessible(page: Page) -> None:
    """Fails with the rule and the element, so that one knows what to mend."""
    page.wait_for_load_state()  # a page that a press led to is, for a moment, there and empty
    page.evaluate(SETTLED)
    page.evaluate(axe())
    found = page.evaluate(RUN, RULES)
    said = [f"{one['id']}: {node['html'][:160]} {node['failureSummary']}" for one in found for node in one["nodes"]]
    assert not said, f"{page.url}\n" + "\n".join(said)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), f"{page.url} scrolls sideways"
    small = page.evaluate(SMALL)
    assert not small, f"{page.url} has targets a thumb misses: {small}"


NARROW = (320, 640)
"""CSS pixels: what a desk of 1280 has left at 400 % and at 200 % (WCAG 1.4.10)."""


def assert_reflows(page: Page) -> None:
    """Enlarged, everything comes in one column: nobody has to scroll sideways to read a line."""
    was = page.viewport_size
    for width in NARROW:
        page.set_viewport_size({"width": width, "height": 700})
        wide = page.evaluate(WIDER)
        assert not wide, f"{page.url} scrolls sideways at {width} px: {wide}"
    if was:
        page.set_viewport_size(was)


WIDER = """() => document.documentElement.scrollWidth <= window.innerWidth ? [] :
    [...document.querySelectorAll('main *, header *, footer *')]
    .filter(one => one.getBoundingClientRect().right > window.innerWidth + 1)
    .slice(0, 3).map(one => one.outerHTML.slice(0, 120))"""


def assert_structured(page: Page) -> None:
    """What a screen reader goes by: one heading of the page, no level skipped, landmarks told apart, and a title."""
    wrong = page.evaluate(STRUCTURE)
    assert not wrong, f"{page.url}: {wrong}"


STRUCTURE = """() => {
  const seen = (one) => one.checkVisibility();
  const wrong = [];
  const levels = [...document.querySelectorAll('h1, h2, h3, h4, h5, h6')].filter(seen).map(one => +one.tagName[1]);
  if (levels.filter(one => one === 1).length !== 1) wrong.push('headings of the page: ' + levels.join(' '));
  levels.forEach((one, at) => at && one > levels[at - 1] + 1 && wrong.push(`level ${one} after ${levels[at - 1]}`));
  if (document.querySelectorAll('main').length !== 1) wrong.push('not one main');
  for (const kind of ['nav', 'search', '[role=search]']) {
    const names = [...document.querySelectorAll(kind)].filter(seen).map(one => one.getAttribute('aria-label') || '');
    if (new Set(names).size !== names.length) wrong.push(`${kind} not told apart`);
  }
  if (!document.title.replace('– Savnet', '').trim()) wrong.push('no title');
  if (!document.documentElement.lang) wrong.push('no language');
  return wrong;
}"""


def assert_in_reach(page: Page) -> None:
    """On a phone, what a sheet is sent with spans most of the width: either thumb reaches it."""
    narrow = page.evaluate(REACH)
    assert not narrow, f"{page.url} has a main button that one thumb does not reach: {narrow}"


REACH = """() => innerWidth > 500 ? [] : [...document.querySelectorAll('main .sv-actions > button.ds-button')]
    .filter(one => one.checkVisibility() && !one.dataset.variant)
    .filter(one => one.getBoundingClientRect().width < innerWidth * 0.6)
    .map(one => one.outerHTML.slice(0, 100))"""
