"""axe-core over a page: no violation of WCAG 2.1 A or AA, and nothing wider than the screen."""

from pathlib import Path

from playwright.sync_api import Page

AXE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]
RUN = """rules => axe.run(document, {runOnly: {type: 'tag', values: rules}, resultTypes: ['violations']})
    .then(found => found.violations)"""
"""Every rule looks at every element; only what passed is not described and sent over, which took most of the time."""
SMALL = """() => [...document.querySelectorAll('a.ds-button, button, nav a, summary, input:not([type=hidden]), select')]
    .filter(one => one.offsetParent && !['radio', 'checkbox'].includes(one.type))
    .filter(one => one.getBoundingClientRect().height < 43.5)
    .map(one => `${one.getBoundingClientRect().height} ${one.outerHTML.slice(0, 90)}`)"""


def assert_accessible(page: Page) -> None:
    """Fails with the rule and the element, so that one knows what to mend."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate(RUN, RULES)
    said = [f"{one['id']}: {node['html'][:160]} {node['failureSummary']}" for one in found for node in one["nodes"]]
    assert not said, f"{page.url}\n" + "\n".join(said)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), f"{page.url} scrolls sideways"
    small = page.evaluate(SMALL)
    assert not small, f"{page.url} has targets a thumb misses: {small}"
