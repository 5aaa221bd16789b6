"""What must hold of a page for whoever sees it enlarged or in her own colours, or hears it read aloud."""

import re
from typing import Any, ClassVar

from playwright.sync_api import Locator, expect

from browser.accessible import WIDER
from browser.hands import Hand, Keyboard, OneHand, WithoutScript


class Enlarged(Hand):
    """A desk of 1280 by 900 at 200 %: nothing to the side, and no text cut off."""

    screen: ClassVar[dict[str, Any]] = {"viewport": {"width": 640, "height": 450}, "device_scale_factor": 2}

    def look(self) -> None:
        wide, cut = self.ask(WIDER), self.ask(CUT)
        assert not wide, f"{self.page.url} scrolls sideways: {wide}"
        assert not cut, f"{self.page.url} cuts off: {cut}"


CUT = """() => [...document.querySelectorAll('body *')]
    .filter(one => one.checkVisibility() && !one.matches('textarea, input, option') && one.clientWidth > 1)
    .filter(one => {
      const drawn = getComputedStyle(one), hides = (way) => ['hidden', 'clip'].includes(drawn[way]);
      return hides('overflowX') && one.scrollWidth > one.clientWidth + 1
          || hides('overflowY') && one.scrollHeight > one.clientHeight + 1;
    }).map(one => one.outerHTML.slice(0, 120))"""


class Contrast(Hand):
    """The colours are the reader's own: whatever can be pressed has an edge, and what is chosen still shows."""

    screen: ClassVar[dict[str, Any]] = {"viewport": {"width": 1280, "height": 900}, "forced_colors": "active"}

    def look(self) -> None:
        bare, alike = self.ask(WITHOUT_EDGE), self.ask(ALIKE)
        assert not bare, f"{self.page.url} has no edge around {bare}"
        assert not alike, f"{self.page.url} shows by colour alone what is chosen: {alike}"


WITHOUT_EDGE = """() => [
      ...document.querySelectorAll('.ds-button:not([data-variant=tertiary]), input, select, textarea')]
    .filter(one => one.checkVisibility() && one.type !== 'hidden')
    .filter(one => ['borderTopStyle', 'outlineStyle'].every(edge => getComputedStyle(one)[edge] === 'none'))
    .map(one => one.outerHTML.slice(0, 100))"""
ALIKE = """() => {
  const shown = (one) => {
    const drawn = getComputedStyle(one);
    return ['backgroundColor', 'backgroundImage', 'borderTopWidth', 'borderBottomColor', 'outlineStyle',
            'textDecorationLine', 'boxShadow'].map(its => drawn[its]).join();
  };
  const pairs = [['[aria-pressed=true]', '[aria-pressed=false]'], ['input[type=radio]:checked', 'input[type=radio]'],
    ['input[type=checkbox]:checked', 'input[type=checkbox]'], ['nav a[aria-current]', 'nav a:not([aria-current])']];
  return pairs.flatMap(([chosen, other]) => [...document.querySelectorAll(chosen)].slice(0, 1)
    .filter(one => [...document.querySelectorAll(other)].filter(its => its !== one && !its.matches(':checked'))
      .some(its => shown(its) === shown(one)))
    .map(one => one.outerHTML.slice(0, 100)));
}"""


class Reader(Hand):
    """A screen reader: what stands on the page has a name, and what a press led to is told unasked."""

    screen: ClassVar[dict[str, Any]] = {"viewport": {"width": 1280, "height": 900}}

    def activate(self, target: Locator) -> None:
        # Lives as long as the page does: what is told on a page that stayed is told by its live region.
        self.ask("() => { window.stayed = true; }")
        target.click()

    def hear(self, text: str) -> Locator:
        """Of a page that has just come, a reader tells what has the focus, and no live region."""
        told = super().hear(text)
        if not self.ask("() => window.stayed === true"):
            expect(told).to_be_focused()
        return told

    def stay(self, target: Locator) -> None:
        expect(target).to_be_focused()

    def look(self) -> None:
        heard = self.page.locator("body").aria_snapshot()
        nameless, headings = NAMELESS.findall(heard), PAGE_HEADING.findall(heard)
        assert not nameless, f"{self.page.url} has controls without a name: {nameless}"
        assert len(headings) == 1, f"{self.page.url} names the place {len(headings)} times: {headings}"
        unheard = self.ask(UNHEARD)
        assert not unheard, f"{self.page.url} has what nobody hears: {unheard}"


NAMELESS = re.compile(
    r"""^\s*- '?(?:button|link|textbox|searchbox|combobox|listbox|radio|checkbox|spinbutton|dialog)(?! ").*""",
    re.MULTILINE,
)
PAGE_HEADING = re.compile(r"""^\s*- '?heading "(.+)" \[level=1\]""", re.MULTILINE)
UNHEARD = """() => {
  const names = (one) => ['aria-describedby', 'aria-labelledby']
    .flatMap(its => (one.getAttribute(its) || '').split(' '));
  const nowhere = [...document.querySelectorAll('[aria-describedby], [aria-labelledby]')]
    .flatMap(names).filter(id => id && !document.getElementById(id)).map(id => `${id} is nowhere`);
  const alone = [...document.querySelectorAll('[data-field=description], .ds-validation-message')]
    .filter(note => note.checkVisibility())
    .filter(note => !note.id || !document.querySelector(`[aria-describedby~="${CSS.escape(note.id)}"]`))
    .map(note => `«${note.innerText}» is not heard at its field`);
  const wrong = [...document.querySelectorAll('[aria-invalid=true]')].filter(one => one.checkVisibility())
    .filter(one => !names(one.closest('fieldset[aria-describedby]') || one).some(id => id.endsWith('_error')))
    .map(one => `${one.id} is wrong, and does not say how`);
  const groups = [...document.querySelectorAll('fieldset:not(:has(> legend))')]
    .map(one => `${one.id}: a group of what?`);
  return [...nowhere, ...alone, ...wrong, ...groups];
}"""
"""Ids that lead nowhere, hints and errors that are not tied to their field, and groups without a name."""

HANDS: dict[str, type[Hand]] = {
    "keyboard": Keyboard,
    "reader": Reader,
    "enlarged": Enlarged,
    "contrast": Contrast,
    "one-hand": OneHand,
    "no-script": WithoutScript,
}
