"""A walk through all pages that one person reaches: by links, and by the addresses that the links' ids make up.

Each page is looked at once for each name of an address; a case once in each state that it can be seen in.
"""

import re
from collections import defaultdict, deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

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
OFTEN = {"case": 8, "office-case": 4, "resident": 2, "today": 1}
TRIES = 12
Where = tuple[tuple[str, str], ...]


@dataclass
class Walk:
    """What has been seen, and the ids met on the way."""

    page: Page
    waiting: deque[str] = field(default_factory=lambda: deque(["/"]))
    met: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    ids: set[Where] = field(default_factory=set)
    visited: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    def everywhere(self) -> frozenset[str]:
        """Walk until nothing new turns up; returns the names of what was looked at."""
        while self.waiting or self._made_up():
            while self.waiting:
                self._look_at(self.waiting.popleft())
        return frozenset(self.visited)

    def _look_at(self, address: str) -> None:
        name, _ = named(address)
        if name is None or name in FILES | ENDS_IT or self.visited.get(name, 0) >= OFTEN.get(name, 1):
            return
        answer = self.page.goto(address)
        if answer is None or answer.status != 200 or named(urlsplit(self.page.url).path)[0] != name:
            return  # a way that leads elsewhere is no page of its own
        self.visited[name] += 1
        assert_accessible(self.page)
        for holds in (assert_reflows, assert_structured, assert_in_reach):
            holds(self.page)
        for link in self.page.eval_on_selector_all("a[href]", ADDRESSES):
            self._meet(urlsplit(str(link)).path, leads_there=True)
        for action in self.page.eval_on_selector_all("form[action]", ADDRESSES):
            self._meet(urlsplit(str(action)).path, leads_there=False)

    def _meet(self, path: str, *, leads_there: bool) -> None:
        """A form's address has ids that others are made up of; many answer only what is sent in."""
        name, ids = named(path)
        if name is None:
            return
        self.ids.add(tuple(sorted(ids.items())))
        if leads_there and path not in self.met[name]:
            self.met[name].append(path)
            self.waiting.append(path)

    def _made_up(self) -> bool:
        """Addresses that no link led to, of what was met: does one of them answer? Asked once for each name."""
        known = [dict(one) for one in self.ids]
        for name in NAMES - frozenset(self.visited) - FILES - self.tried:
            self.tried.add(name)
            for path in list(addresses(name, known))[:TRIES]:
                answer = self.page.request.get(path, max_redirects=0)
                if answer.status == 200 and "text/html" in answer.headers.get("content-type", ""):
                    self.waiting.append(path)
                    break
        return bool(self.waiting)

    tried: set[str] = field(default_factory=set)


ADDRESSES = "all => all.map(one => one.href || one.action).filter(one => one.startsWith(location.origin))"
NAMES = frozenset(name for name in get_resolver().reverse_dict if isinstance(name, str))
"""Of every address there is."""


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
