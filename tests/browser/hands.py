"""Ways of using a page, and what must hold of every page that somebody comes to that way.

A journey is written once, and gone by each hand to its end.
"""

from dataclasses import dataclass
from typing import Any, ClassVar

from playwright.sync_api import Error, Locator, Page, expect

from browser.accessible import REACH, SMALL
from browser.conftest import arrive

PHONE: dict[str, Any] = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}
MOST_TABS = 200
PAGES_THAT_LEAVE = 5


@dataclass
class Hand:
    """What a person does with a page, whichever way she uses it."""

    page: Page
    signed_in: str = ""
    """As whom."""

    screen: ClassVar[dict[str, Any]]

    def begin(self) -> None:
        """Before the first page."""

    def press(self, target: Locator) -> None:
        """A link or a button; looks at the page first."""
        target.first.wait_for()
        self.look()
        self.activate(target)

    def activate(self, target: Locator) -> None:
        target.click()

    def write(self, target: Locator, text: str) -> None:
        target.fill(text)

    def choose(self, target: Locator) -> None:
        """One of several, or a box to tick."""
        target.check()

    def arrive(self, heading: str) -> None:
        """The page that was asked for has come, and its heading says so."""
        arrive(self.page, heading)

    def hear(self, text: str) -> Locator:
        """What the last press led to, good or bad, once it is told."""
        told = self.page.get_by_role("status").or_(self.page.get_by_role("alert")).filter(has_text=text).first
        expect(told).to_be_visible()
        self.page.wait_for_load_state()
        return told

    def stay(self, target: Locator) -> None:
        """Nothing has moved her from what she pressed; for whoever would have to find the way back."""

    def look(self) -> None:
        """What must hold of the page that is open."""

    def ask(self, question: str) -> Any:
        """Of the page that is open; anew of the next one, where a page left under the question."""
        for _ in range(PAGES_THAT_LEAVE):
            try:
                return self.page.evaluate(question)
            except Error as problem:
                if "context was destroyed" not in problem.message:
                    raise
                self.page.wait_for_load_state()
        raise AssertionError(f"{self.page.url} does not come to rest")


class Keyboard(Hand):
    """Tab, Shift+Tab, arrows, space and Enter; wherever one stands is seen, and not covered by anything."""

    screen: ClassVar[dict[str, Any]] = {"viewport": {"width": 1280, "height": 900}}

    def activate(self, target: Locator) -> None:
        self._reach(target)
        self.page.keyboard.press("Enter")

    def write(self, target: Locator, text: str) -> None:
        self._reach(target)
        self.page.keyboard.press("ControlOrMeta+a")
        self.page.keyboard.type(text)

    def choose(self, target: Locator) -> None:
        """Of radio buttons the keyboard meets one; the arrows lead on to the others."""
        self._step_to(target, IN_GROUP)
        for _ in range(MOST_TABS):
            if target.evaluate(FOCUSED):
                break
            self.page.keyboard.press("ArrowDown")
        if not target.is_checked():
            self.page.keyboard.press("Space")
        assert target.is_checked()

    def stay(self, target: Locator) -> None:
        expect(target).to_be_focused()

    def _reach(self, target: Locator) -> None:
        self._step_to(target, FOCUSED)
        unseen = target.evaluate(UNSEEN)
        assert not unseen, f"{self.page.url}: {unseen} where the keyboard stands on {target}"

    def _step_to(self, target: Locator, there: str) -> None:
        target.wait_for()
        key = "Shift+Tab" if target.evaluate(BEFORE) else "Tab"
        for _ in range(MOST_TABS):
            if target.evaluate(there):
                return
            self.page.keyboard.press(key)
        raise AssertionError(f"{self.page.url}: the keyboard does not reach {target}")


FOCUSED = "one => one === document.activeElement"
IN_GROUP = """one => one === document.activeElement || (one.type === 'radio' &&
    document.activeElement.type === 'radio' && document.activeElement.name === one.name)"""
BEFORE = """one => document.activeElement !== document.body &&
    !!(document.activeElement.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_PRECEDING)"""
UNSEEN = """one => {
  const drawn = getComputedStyle(one);
  if (drawn.outlineStyle === 'none' && drawn.boxShadow === 'none') return 'nothing is drawn';
  const box = one.getBoundingClientRect();
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  const top = document.elementFromPoint(x, y);
  return top && (one.contains(top) || top.contains(one)) ? '' : `something covers (${x}, ${y})`;
}"""


class WithoutScript(Hand):
    """A telephone that runs no script."""

    screen: ClassVar[dict[str, Any]] = {**PHONE, "java_script_enabled": False}

    def activate(self, target: Locator) -> None:
        target.tap()


class OneHand(Hand):
    """A telephone in one hand on a slow line: two taps where one was meant, and all within the thumb's reach."""

    screen: ClassVar[dict[str, Any]] = PHONE

    def begin(self) -> None:
        session = self.page.context.new_cdp_session(self.page)
        session.send("Network.enable")
        session.send("Network.emulateNetworkConditions", SLOW)

    def activate(self, target: Locator) -> None:
        target.tap(trial=True)  # waits until it is at rest
        box = target.bounding_box()
        assert box
        # What folds would only fold back.
        for _ in range(1 if target.evaluate("one => one.matches('summary')") else 2):
            self.page.touchscreen.tap(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)

    def look(self) -> None:
        small, far = self.ask(SMALL), self.ask(REACH)
        assert not small, f"{self.page.url} has targets that a thumb misses: {small}"
        assert not far, f"{self.page.url} has a main button that one thumb does not reach: {far}"


SLOW = {"offline": False, "latency": 200, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
"""Milliseconds before the first byte, and bytes each second."""
