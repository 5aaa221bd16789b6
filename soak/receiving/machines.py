"""Programs that read a receiver's mail and try its links: they fetch, follow, send every form, guess, and tell tales.

Each gets a line to the house, the letter, and chance; it returns how many requests it made. None of them is a person.
"""

import json
from collections.abc import Callable
from html.parser import HTMLParser
from random import Random
from typing import NamedTuple, Protocol
from urllib.parse import urlencode, urljoin, urlsplit

from savnet.casework.receipt_links import new_secret
from soak.receiving.letters import Sent, drawn_name

FORM = "application/x-www-form-urlencoded"
PREFETCHES: tuple[dict[str, str], ...] = (
    {},
    {"Purpose": "prefetch"},
    {"Sec-Purpose": "prefetch;prerender"},
    {"X-Moz": "prefetch"},
    {"Range": "bytes=0-0"},
    {"User-Agent": "Mozilla/5.0 (compatible; LinkScanner/4.0)"},
    {"Accept": "image/*"},
    {"X-HTTP-Method-Override": "POST"},
)
NEVER = ("PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND")
DEEPEST = 12
"""So many links of a page are followed."""
FILLINGS = ("", "1", "on", "test", "00000000", "12345678")


class Line(Protocol):
    """One request to the house and its answer: status and page. `source` is where it comes from."""

    def __call__(
        self, method: str, path: str, source: str, *, body: bytes = b"", **headers: str
    ) -> tuple[int, str]: ...


class Form(NamedTuple):
    """A form as a program sees it: where it goes, how, and what stands in each field."""

    action: str
    method: str
    fields: dict[str, list[str]]


class Page(HTMLParser):
    """The links and forms of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.forms: list[Form] = []
        self._choice = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.links += [given[name] for name in ("href", "src") if name in given]
        if tag == "form":
            self.forms.append(Form(given.get("action", ""), given.get("method", "get").upper(), {}))
        elif self.forms and given.get("name"):
            values = self.forms[-1].fields.setdefault(given["name"], [])
            values += [given["value"]] if "value" in given else []
            self._choice = given["name"]
        elif self.forms and tag == "option" and self._choice:
            self.forms[-1].fields[self._choice].append(given.get("value", ""))


def address(one: Sent) -> str:
    """Where its link leads."""
    return f"/k/{one.secret.token}/"


def place(random: Random) -> str:
    """An address of networks that are kept for examples (RFC 5737)."""
    return f"{random.choice(('192.0.2', '198.51.100', '203.0.113'))}.{random.randrange(1, 255)}"


def fetches(line: Line, one: Sent, random: Random) -> int:
    """GET, HEAD and OPTIONS, twice each, as those do that look where a link leads."""
    source, headers = place(random), random.choice(PREFETCHES)
    methods = [random.choice(("GET", "GET", "HEAD", "OPTIONS")) for _ in range(2)]
    for method in methods:
        line(method, address(one), source, body=b"", **headers)
        line(method, address(one), source, body=b"", **headers)
    return 2 * len(methods)


def fetches_with_answers(line: Line, one: Sent, random: Random) -> int:
    """GET with all that a person would type, the right code too: nothing that only fetches may answer."""
    said = {"code": one.secret.code, "by_name": drawn_name(random), "reference": "1", "whose": "ours"}
    for method in ("GET", "HEAD"):
        line(method, f"{address(one)}?{urlencode(said)}", place(random))
    return 2


def other_methods(line: Line, one: Sent, random: Random) -> int:
    """Methods that the page has not, with the right code in the body."""
    body = urlencode({"code": one.secret.code, "by_name": drawn_name(random), "whose": "ours"}).encode()
    line(random.choice(NEVER), address(one), place(random), body=body, content_type=FORM)
    return 1


def crawls(line: Line, one: Sent, random: Random) -> int:
    """Fetch the page, follow every link, send every form: as it stands, and with something in each field."""
    source, here = place(random), address(one)
    page = Page(line("GET", here, source)[1])
    inside = [urljoin(here, link) for link in page.links if not urlsplit(link).netloc]
    for link in inside[:DEEPEST]:
        line("GET", link, source)
    sent = sum(_sends(line, here, form, source, random) for form in page.forms)
    one.wrong += 1  # an eight-digit filling is a guess
    return 1 + len(inside[:DEEPEST]) + sent


def _sends(line: Line, here: str, form: Form, source: str, random: Random) -> int:
    as_it_stands = {name: (values or [""])[0] for name, values in form.fields.items()}
    filled = {name: random.choice([*values, *FILLINGS]) for name, values in form.fields.items()}
    # Whatever a field holds, a program can write the same eight digits into all of them.
    digits = dict.fromkeys(form.fields, f"{random.randrange(10**8):08}")
    for given in (as_it_stands, filled, {**digits, "whose": "ours"}):
        line(form.method, urljoin(here, form.action), source, body=urlencode(given).encode(), content_type=FORM)
    return 3


def answer(line: Line, token: str, code: str, random: Random, *, whose: str = "ours") -> int:
    """The form, sent whole, with this code."""
    said = {"code": code, "by_name": drawn_name(random), "reference": f"{random.randrange(10**6)}", "whose": whose}
    if whose == "not_ours":
        said |= {"municipality": "9903", "why": "Ikke vår."}
    return line("POST", f"/k/{token}/", place(random), body=urlencode(said).encode(), content_type=FORM)[0]


def guesses_the_code(line: Line, one: Sent, random: Random) -> int:
    """The right link and a code that is not: drawn, or one digit off, or the right digits in another order."""
    code = one.secret.code
    at, digits = random.randrange(len(code)), list(code)
    random.shuffle(digits)
    off = code[:at] + str((int(code[at]) + random.randrange(1, 10)) % 10) + code[at + 1 :]
    tried = (f"{random.randrange(10**8):08}", off, "".join(digits), code[:-1], code + "0", one.secret.token[:20])
    guess = random.choice([other for other in tried if other != code])
    answer(line, one.secret.token, guess, random, whose=random.choice(("ours", "ours", "not_ours")))
    one.wrong += 1
    return 1


def guesses_the_link(line: Line, one: Sent, random: Random) -> int:
    """The right code and a link that is not: drawn, cut, lengthened, or in other letters."""
    token = one.secret.token
    tried = (new_secret().token, token[:-1], token + "A", token.swapcase(), token[::-1], "0" * len(token), "admin")
    answer(line, random.choice([other for other in tried if other != token]), one.secret.code, random)
    return 1


def comes_with_a_dead_link(line: Line, one: Sent, random: Random) -> int:
    """Link and code that were right once, or that are another letter's: run out, replaced, mixed."""
    dead = random.choice(list(one.dead.values()))
    token, code = random.choice(
        ((dead.token, dead.code), (dead.token, one.secret.code), (one.secret.token, dead.code)),
    )
    answer(line, token, code, random)
    one.wrong += token == one.secret.token
    return 1


def tells_tales(line: Line, one: Sent, random: Random) -> int:
    """A post to where the integrasjonspunkt leaves its hints, as if it said that somebody has read and confirmed."""
    told = {
        "event": "status",
        "direction": "OUTGOING",
        "messageId": str(one.id),
        "status": random.choice(("LEVERT", "LEST", "MOTTATT", "BEKREFTET", "RECEIVED")),
        "description": f"Mottatt av {drawn_name(random)}",
        "receivedBy": drawn_name(random),
    }
    line("POST", "/hint/eformidling/", place(random), body=json.dumps(told).encode(), content_type="application/json")
    return 1


MACHINES: dict[str, tuple[Callable[[Line, Sent, Random], int], int]] = {
    "page fetched, prefetched, asked about": (fetches, 6),
    "page fetched with every answer, the right code too": (fetches_with_answers, 3),
    "methods that the page has not": (other_methods, 2),
    "page crawled, every link followed, every form sent": (crawls, 2),
    "code guessed": (guesses_the_code, 16),
    "link guessed": (guesses_the_link, 8),
    "link that ran out, was replaced, or with another's code": (comes_with_a_dead_link, 8),
    "hint that the channel has delivered or read": (tells_tales, 2),
}
"""What each is called in the report, and how often it comes, beside the others."""
