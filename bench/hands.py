"""How a person uses a page: with the keyboard alone, or with a thumb. Every press is really made, at a person's pace.

The pace is the keystroke-level model's (Card, Moran and Newell 1980): 0.28 s for a key of an average typist, and 1.35 s
to make up one's mind before each thing one does. A thumb types 36 words a minute (Palin and others 2019). Each pause
varies by a fifth to either side. Whatever the machine takes comes on top.
"""

import random
from dataclasses import dataclass, field
from time import sleep

from playwright.sync_api import CDPSession, Locator, Page

MIND = 1.35
LOOK = 2.0
"""To take in a new page."""
COMPOSE = 3.0
"""To find the words before writing a sentence of one's own."""
MOST_TABS = 200


@dataclass
class Hand:
    """What every way of using a page has in common."""

    page: Page
    pause: random.Random
    presses: int = 0
    keys: int = 0

    key_seconds = 0.28

    def wait(self, seconds: float) -> None:
        """About so long."""
        sleep(seconds * self.pause.uniform(0.8, 1.2))

    def look(self) -> None:
        """A new page has come."""
        self.page.wait_for_load_state()
        self.wait(LOOK)

    def write(self, target: Locator, text: str, *, own_words: bool = True) -> None:
        """Go to the field and type."""
        self.wait(MIND + (COMPOSE if own_words else 0))
        self.reach(target)
        for letter in text:
            self.page.keyboard.type(letter)
            self.keys += 1
            self.wait(self.key_seconds)

    def press(self, target: Locator) -> None:
        """Make up one's mind, go there, and press it."""
        self.wait(MIND)
        self.activate(target)

    def reach(self, target: Locator) -> None:
        raise NotImplementedError

    def activate(self, target: Locator) -> None:
        raise NotImplementedError

    def choose(self, target: Locator) -> None:
        """One of several, or a box to tick."""
        self.press(target)


class Keyboard(Hand):
    """Tab, Shift+Tab, arrows, space and Enter; no mouse."""

    tab_seconds = 0.2

    def reach(self, target: Locator) -> None:
        target.wait_for()
        key = "Shift+Tab" if target.evaluate(BEFORE) else "Tab"
        for _ in range(MOST_TABS):
            if target.evaluate(FOCUSED):
                return
            self._tap(key)
        raise AssertionError(f"The keyboard does not reach {target}.")

    def activate(self, target: Locator) -> None:
        self.reach(target)
        self._tap("Enter")

    def choose(self, target: Locator) -> None:
        """Of radio buttons the keyboard meets one; the arrows lead on to the others."""
        self.wait(MIND)
        target.wait_for()
        key = "Shift+Tab" if target.evaluate(BEFORE) else "Tab"
        for _ in range(MOST_TABS):
            if target.evaluate(SAME_GROUP):
                break
            self._tap(key)
        for _ in range(MOST_TABS):
            if target.evaluate(FOCUSED):
                break
            self._tap("ArrowDown")
        if not target.is_checked():
            self._tap("Space")

    def _tap(self, key: str) -> None:
        self.page.keyboard.press(key)
        self.presses += 1
        self.wait(self.tab_seconds)


FOCUSED = "one => one === document.activeElement"
BEFORE = """one => document.activeElement !== document.body &&
    !!(document.activeElement.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_PRECEDING)"""
SAME_GROUP = """one => one === document.activeElement || (one.type === 'radio' &&
    document.activeElement.type === 'radio' && document.activeElement.name === one.name)"""


@dataclass
class Thumb(Hand):
    """Swipes and taps on a telephone."""

    touch: CDPSession | None = field(default=None)

    key_seconds = 0.33
    tap_seconds = 1.1
    swipe_seconds = 0.6

    def reach(self, target: Locator) -> None:
        self.activate(target)

    def activate(self, target: Locator) -> None:
        target.wait_for()
        place = self._in_view(target)
        self.wait(self.tap_seconds)
        self.page.touchscreen.tap(*place)
        self.presses += 1

    def _in_view(self, target: Locator) -> tuple[float, float]:
        """Swipe until it is on the screen; where to tap it."""
        height = self.page.evaluate("innerHeight")
        for _ in range(MOST_TABS):
            box = target.evaluate(PLACE)
            middle = box["y"] + box["height"] / 2
            if box["free"]:
                return box["x"] + box["width"] / 2, middle
            self._swipe(max(-0.6, min(0.6, middle / height - 0.5)) * height)
        raise AssertionError(f"No swipe brings {target} into view.")

    def _swipe(self, by: float) -> None:
        self.page.evaluate("by => scrollBy(0, by)", by)
        self.presses += 1
        self.wait(self.swipe_seconds)


PLACE = """one => {
    const label = one.labels && one.labels.length && one.matches('[type=radio],[type=checkbox]') ? one.labels[0] : one;
    const box = (label.getClientRects().length ? label : one).getBoundingClientRect();
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    const there = y > 0 && y < innerHeight ? document.elementFromPoint(x, y) : null;
    const free = !!there && (one.contains(there) || label.contains(there) || there.contains(one));
    return {x: box.x, y: box.y, width: box.width, height: box.height, free};
}"""
