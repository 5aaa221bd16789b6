"""All text of the pages comes from the catalogues: read with one that puts every sentence in ⟦brackets⟧."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from django.test import Client

from savnet.access.models import Language, Person
from savnet.access.rights import Role
from savnet.register.models import Resident
from savnet.running import messages
from web.telling import ALL_UNKNOWN, missing, page, send_in

SHOWN = {"title", "aria-label", "alt", "placeholder"}
VOID = {"br", "img", "input", "link", "meta", "hr", "source", "wbr"}
NAMES = re.compile(r"\b(Savnet|PDF|DUF|Sesam|IMEI|RS \d{4}-\d{3}|UDI|CSV|XLSX|JPEG|PNG|WebP|BUP|KOR|BFE)\b")
INVENTED = re.compile(
    r"\b(Luwam|Oppdiktet|Gry|Vakt|Nattevakt|Granvik|mottak|Rita|Fiktiv|Arne|Påfunn|Gata|Fjordkanten|politidistrikt|"
    r"Barnevernstjenesten|i|Storfjell|Solvær|transittmottak|Regionkontor|Fjord|Barnefaglig|enhet|Postboks|kommune)\b"
)
"""What stands in the register of the test."""


class Text(HTMLParser):
    """What a reader sees or hears of a page, but for lists of names, codes, and what is marked as Norwegian."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self.within: list[bool] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        norwegian = tag != "html" and told.get("lang") in Language.values
        silent = norwegian or tag in {"script", "style", "select"} or "sv-secret" in told.get("class", "")
        if tag not in VOID:
            self.within.append(silent)
        self.said += [value for name, value in attrs if name in SHOWN and value]

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID and self.within:
            self.within.pop()

    def handle_data(self, data: str) -> None:
        if not any(self.within):
            self.said.append(data)


def left_over(said: str) -> list[str]:
    """The words of a page that stand outside the brackets and are no names."""
    text = Text()
    text.feed(said)
    rest, before = "\n".join(text.said), ""
    while rest != before:
        rest, before = re.sub(r"⟦[^⟦⟧]*⟧", " ", rest), rest
    rest = re.sub(r"\b[0-9A-F]{8}\b", "", rest)  # a letter's reference
    rest = rest.replace(ALL_UNKNOWN["worries"], "")  # what was written stays as it was written
    return re.findall(r"[A-Za-zÆØÅæøå]{2,}", INVENTED.sub("", NAMES.sub("", rest)))


@pytest.fixture
def in_brackets(settings: Any, tmp_path: Path) -> None:
    """A catalogue, in the place of the English one, that puts every sentence in brackets."""
    catalogue = Catalog(locale="en", fuzzy=False)
    for message in messages.gathered():
        if message.id:
            both = isinstance(message.id, tuple)
            said = tuple(f"⟦{one}⟧" for one in message.id) if both else f"⟦{message.id}⟧"
            catalogue.add(message.id, said, context=message.context)
    file = tmp_path / "en" / "LC_MESSAGES" / "django.mo"
    file.parent.mkdir(parents=True)
    with file.open("wb") as binary:
        write_mo(binary, catalogue)
    settings.LOCALE_PATHS = [tmp_path]


def pages(client: Client) -> Iterator[tuple[str, str]]:
    """Every page that can be reached by links from the front page, and what it says."""
    wanted, seen = ["/"], {"/"}
    while wanted:
        address = wanted.pop(0)
        answer = client.get(address, follow=True)
        if not answer.get("Content-Type", "").startswith("text/html"):
            continue
        yield address, answer.content.decode()
        for link in re.findall(r'href="(/[^"#]*)', answer.content.decode()):
            if link not in seen and not link.startswith("/static/"):
                seen.add(link)
                wanted.append(link)


def readers(guard: Person) -> Iterator[Person]:
    """Those whose pages are read: the guard, the leader of the centre, and the officer of its region."""
    yield guard
    yield Person.objects.create_user(
        "leif", name="Gry Vakt", title="Nattevakt", role=Role.CENTRE_LEADER, centre=guard.centre
    )
    yield Person.objects.create_user(
        "ragnhild", name="Gry Vakt", title="Nattevakt", role=Role.REGIONAL_OFFICER, region="fjord"
    )


def test_every_page_speaks_the_readers_language_only(
    in_brackets: None, as_guard: Client, guard: Person, luwam: Resident
) -> None:
    case = missing(luwam, guard)
    assert send_in(as_guard, page(case, "meld/"), **ALL_UNKNOWN).status_code == 302
    as_guard.get("/")  # what was said in Norwegian about the report is read
    wrong = {}
    for reader in readers(guard):
        reader.language = Language.ENGLISH
        reader.save()
        client = Client()
        client.force_login(reader)
        wrong |= {address: found for address, said in pages(client) if (found := left_over(said))}
    assert not wrong


def test_what_is_in_one_language_only_is_seen() -> None:
    assert left_over("<p>⟦Hei ⟦du⟧⟧ <b>der</b></p>") == ["der"]
    assert not left_over('<p title="⟦Hei⟧">⟦RS: <q lang="nb">straks</q>⟧</p>')
