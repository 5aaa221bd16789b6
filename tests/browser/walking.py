"""A walk through all pages that one person reaches: by links, and by the addresses that the links' ids make up.

Each page is gone to once for each name of an address, with and without what is asked for in it; a case once in each
state that it can be seen in. A page made up as one that was measured at the same width is not measured anew.
"""

import re
from collections import defaultdict, deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlsplit

from django.urls import Resolver404, get_resolver, resolve
from playwright.sync_api import Page

from browser.accessible import assert_accessible, assert_in_reach, assert_reflows, assert_structured

FILES = frozenset(
    {
        "letter", "preview", "on-paper", "outbox-print", "office-letter", "photo-file", "codes-picture",
        "post-room-file", "recall-letter", "breach-draft", "request-letter", "personal-file-report", "inspection-file",
        "statistics-file", "calendar", "push-worker", "how-it-stands",
    }
)  # fmt: skip
"""Downloads, and a part of a page that the page itself asks for."""
ENDS_IT = frozenset({"sign-out"})
OFTEN = {"case": 10, "office-case": 5, "resident": 3, "disclosed": 2, "proposal": 4}
TRIES = 12
Where = tuple[tuple[str, str], ...]
Sort = tuple[str, frozenset[str]]
"""The name of an address, and what is asked for in it."""
Made = tuple[str, int]
"""How a page is made up, and how wide it is."""


@dataclass
class Walk:
    """What has been seen, and the ids met on the way."""

    page: Page
    waiting: deque[str] = field(default_factory=lambda: deque(["/"]))
    measured: set[Made] = field(default_factory=set)
    met: set[str] = field(default_factory=set)
    ids: set[Where] = field(default_factory=set)
    visited: dict[Sort, int] = field(default_factory=lambda: defaultdict(int))
    tried: set[str] = field(default_factory=set)

    def everywhere(self) -> frozenset[str]:
        """Walk until nothing new turns up; returns the names of what was looked at."""
        while self.waiting or self._made_up():
            while self.waiting:
                self._go_to(self.waiting.popleft())
        return self._names

    @property
    def _names(self) -> frozenset[str]:
        return frozenset(name for name, _asked in self.visited)

    def _go_to(self, address: str) -> None:
        sort = sort_of(address)
        if sort is None or sort[0] in FILES | ENDS_IT or self.visited.get(sort, 0) >= OFTEN.get(sort[0], 1):
            return
        answer = self.page.goto(address)
        assert answer is None or answer.status < 400, f"{self.page.url} is what a link leads to, and is not there"
        if answer is None or answer.status != 200 or named(urlsplit(self.page.url).path)[0] != sort[0]:
            return  # a way that leads elsewhere is no page of its own
        self.look()

    def look(self) -> None:
        """Look at the page that is open, and remember where it leads."""
        if sort := sort_of(self.page.url):
            self.visited[sort] += 1
        if self._is_new():
            for holds in (assert_accessible, assert_reflows, assert_structured, assert_in_reach):
                holds(self.page)
        for link in self.page.eval_on_selector_all("a[href]", ADDRESSES):
            self._meet(str(link), leads_there=True)
        for action in self.page.eval_on_selector_all("form[action]", ADDRESSES):
            self._meet(str(action), leads_there=False)

    def _is_new(self) -> bool:
        """Whether its head or the rest of it is made up as none before."""
        width = (self.page.viewport_size or {"width": 0})["width"]
        made = {(str(part), width) for part in self.page.evaluate(MADE_OF)}
        known = made <= self.measured
        self.measured |= made
        return not known

    def _meet(self, link: str, *, leads_there: bool) -> None:
        """A form's address has ids that others are made up of; many answer only what is sent in."""
        there = urlsplit(link)
        name, ids = named(there.path)
        if name is None:
            return
        self.ids.add(tuple(sorted(ids.items())))
        address = f"{there.path}?{there.query}" if there.query else there.path
        if leads_there and address not in self.met:
            self.met.add(address)
            self.waiting.append(address)

    def _made_up(self) -> bool:
        """Addresses that no link led to, of what was met: does one of them answer? Asked once for each name."""
        known = [dict(one) for one in self.ids]
        for name in sorted(NAMES - self._names - FILES - self.tried):
            self.tried.add(name)
            for path in list(addresses(name, known))[:TRIES]:
                answer = self.page.request.get(path, max_redirects=0)
                if answer.status == 200 and "text/html" in answer.headers.get("content-type", ""):
                    self.waiting.append(path)
                    break
        return bool(self.waiting)


ADDRESSES = "all => all.map(one => one.href || one.action).filter(one => one.startsWith(location.origin))"
NAMES = frozenset(name for name in get_resolver().reverse_dict if isinstance(name, str))
"""Of every address there is."""


MADE_OF = """() => {
  const said = /label|describedby|controls|current|action|href|src|value|name|^(id|for)$|data-(?!color|size|variant)/;
  const part = (one) => one.tagName + [...one.attributes]
    .map(its => its.name + (said.test(its.name) ? '' : its.value)).sort().join()
    + ([...one.childNodes].some(its => its.nodeType === Node.TEXT_NODE && its.data.trim()) ? '.' : '');
  const made = (all) => [...all].map(part).join(' ');
  return ['header', 'main, footer, dialog'].map(each =>
    made([...document.querySelectorAll(each)].flatMap(one => [one, ...one.querySelectorAll('*')])));
}"""
"""The elements of a page's head, and of the rest, with all that a rule looks at but what is said in them."""


def sort_of(address: str) -> Sort | None:
    """What sort of page an address leads to; None where it is none of ours."""
    there = urlsplit(address)
    name, _ = named(there.path)
    return (name, frozenset(key for key, _ in parse_qsl(there.query))) if name else None


def named(path: str) -> tuple[str | None, dict[str, str]]:
    """What an address is called, and the ids in it; None where it is none of ours."""
    try:
        match = resolve(path)
    except Resolver404:
        return None, {}
    return match.url_name, {key: str(value) for key, value in match.kwargs.items()}


def addresses(name: str, known: list[dict[str, str]]) -> Iterator[str]:
    """What an address of that name may be, with ids that belong together."""
    ((path, wanted), *_), *_ = get_resolver().reverse_dict[name]
    if not wanted:
        yield f"/{path}"
        return
    for ids in known:
        if set(wanted) <= ids.keys():
            made = "/" + path % {one: ids[one] for one in wanted}
            if re.fullmatch(r"[/\w.-]+", made) and named(made)[0] == name:
                yield made
