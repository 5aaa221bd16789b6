"""A browser as small as it can be: cookies, forms as they stand on the page, and a person who tries again.

It has two doors to the same house. Where one is closed, or the line breaks, or the page says that it could not be
saved, the same form is sent again, at the other door, as somebody who presses the button once more would.
"""

import http.client
import ssl
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.cookies import SimpleCookie
from time import monotonic, sleep
from urllib.parse import urlencode

WAIT = 20.0
PATIENCE = 300.0
PAUSE = 0.2
AWAY = frozenset({502, 503})
Fields = list[tuple[str, str]]


class GaveUp(Exception):
    """Nobody answered for so long that anyone would have called somebody."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back. A form that was acted on leads on."""

    status: int
    leads_to: str
    page: str


@dataclass(slots=True)
class Browser:
    """One person's. `tries` counts how often something had to be asked again."""

    doors: Sequence[int]
    cookies: dict[str, str] = field(default_factory=dict)
    door: int = 0
    tries: int = 0

    def open(self, path: str) -> Answer:
        """Look at a page."""
        return self._ask("GET", path, None)

    def send(self, path: str, fields: Fields) -> Answer:
        """Send a form in, the very same as often as it takes."""
        return self._ask("POST", path, urlencode(fields).encode())

    def fill_in(self, path: str, given: Mapping[str, str]) -> Answer:
        """Open a page, fill its form in, and send it."""
        page = self.open(path)
        if page.status != 200:
            raise ValueError(f"{path} answered {page.status}, and shows no form to fill in.")
        return self.send(path, filled(page.page, given))

    def _ask(self, method: str, path: str, body: bytes | None) -> Answer:
        until = monotonic() + PATIENCE
        while monotonic() < until:
            try:
                answer = self._once(method, path, body)
            except (OSError, http.client.HTTPException, ssl.SSLError):
                answer = None
            if answer and answer.status not in AWAY:
                return answer
            self.tries += 1
            self.door += 1
            sleep(PAUSE)
        raise GaveUp(f"{method} {path}: nobody answered for {PATIENCE:.0f} seconds.")

    def _once(self, method: str, path: str, body: bytes | None) -> Answer:
        line = http.client.HTTPConnection("127.0.0.1", self.doors[self.door % len(self.doors)], timeout=WAIT)
        heads = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()), "Host": "localhost"}
        if body is not None:
            heads["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            line.request(method, path, body, heads)
            answer = line.getresponse()
            page = answer.read().decode("utf-8", "replace")
        finally:
            line.close()
        for value in answer.headers.get_all("Set-Cookie") or []:
            self.cookies |= {name: one.value for name, one in SimpleCookie(value).items()}
        return Answer(answer.status, answer.headers.get("Location", ""), page)


def filled(page: str, given: Mapping[str, str]) -> Fields:
    """The form of the page as a browser would send it untouched, but for what is given."""
    reader = _FormReader()
    reader.feed(page)
    if not any(name == "token" for name, _ in reader.fields):
        raise ValueError(f"There is no form to fill in here: {page[:300]}")
    return [(name, value) for name, value in reader.fields if name not in given] + list(given.items())


class _FormReader(HTMLParser):
    """Reads the fields of every form that is sent in by POST and carries a token."""

    def __init__(self) -> None:
        super().__init__()
        self.fields: Fields = []
        self._form: Fields = []
        self._writing: str | None = None
        self._choosing: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = dict(attrs)
        name, value = has.get("name"), has.get("value") or ""
        if tag == "form":
            self._form = []
        elif tag == "textarea" and name:
            self._writing = name
            self._form.append((name, ""))
        elif tag == "select":
            self._choosing = name
        elif tag == "option" and self._choosing and "selected" in has:
            self._form.append((self._choosing, value))
        elif tag == "input" and name and _is_sent(has):
            self._form.append((name, value))

    def handle_data(self, data: str) -> None:
        if self._writing:
            name, value = self._form[-1]
            self._form[-1] = (name, value + data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._writing = None
        elif tag == "select":
            self._choosing = None
        elif tag == "form" and any(name == "token" for name, _ in self._form):
            self.fields = self._form


def _is_sent(has: Mapping[str, str | None]) -> bool:
    kind = has.get("type") or "text"
    return kind not in {"submit", "button", "file"} and (kind not in {"radio", "checkbox"} or "checked" in has)
