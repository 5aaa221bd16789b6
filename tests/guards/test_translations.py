"""No sentence that a reader sees is in one language only: templates, forms and errors, and the catalogues."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from guards.repository import PACKAGES, modules, named, tracked
from savnet.running import messages
from savnet.running.catalogues import FILE, WRITTEN

TEMPLATES = tuple(file for file in tracked() if file.suffix == ".html" and file.is_relative_to(PACKAGES))
LANGUAGES = ("en", "nn")
LETTERS = re.compile(r"[A-Za-zÆØÅæøå]{2,}|\b[iå]\b")
SAME_EVERYWHERE = re.compile(r"\b(Savnet|PDF|IMEI|RS 2015-009|DUF|XLSX|CSV)\b")
"""Names: they are what they are in every language."""

TRANSLATED = re.compile(r"{%\s*(blocktranslate|comment)\b.*?{%\s*end\1\s*%}|{#.*?#}|<q lang=\"nb\">.*?</q>", re.DOTALL)
COMMAND = re.compile(r"<code\b[^>]*>[^<{]*</code>")
"""What is typed at a terminal is the same in every language."""

ATTRIBUTE = re.compile(r'\b(?:title|aria-label|placeholder|alt)="([^"]*)"')
LITERAL = re.compile(r'\|(?:default|add|yesno|pluralize|join):"([^"]*)"')
MARKUP = re.compile(r"{%.*?%}|{{.*?}}|<script.*?</script>|<[^>]*>", re.DOTALL)


@pytest.mark.parametrize("file", TEMPLATES, ids=named)
def test_no_text_of_a_template_stands_outside_what_is_translated(file: Path) -> None:
    assert not list(untranslated(file.read_text(encoding="utf-8")))


def untranslated(template: str) -> Iterator[str]:
    """Every text a reader would see that no translation reaches."""
    rest = COMMAND.sub("", TRANSLATED.sub("", template))
    yield from (said for said in LITERAL.findall(rest) if LETTERS.search(said))
    for said in ATTRIBUTE.findall(re.sub(r"{%.*?%}", "", rest)):
        if LETTERS.search(re.sub(r"{{.*?}}", "", said)):
            yield said
    # Tags within tags (a link's address) go first, or the markup would end in the middle of them.
    for text in MARKUP.sub("\n", re.sub(r"{%.*?%}|{{.*?}}", "\x00", rest)).split("\n"):
        said = text.replace("\x00", " ").strip(" \t–‹›·:,.()")
        if LETTERS.search(SAME_EVERYWHERE.sub("", said)) and not is_a_class(text):
            yield said


def is_a_class(text: str) -> bool:
    """What a block of a template puts into a class attribute."""
    return re.fullmatch(r"\s*\x00?[a-z]+(-[a-z]+)*(--[a-z]+)\x00?\s*", text.strip()) is not None


def test_the_guard_sees_what_is_forgotten() -> None:
    assert list(untranslated("<p>Hei {{ name }}</p>")) == ["Hei"]
    assert list(untranslated('<p aria-label="Hvem">{% translate "Hei" %}</p>')) == ["Hvem"]
    assert list(untranslated('{{ name|default:"Ukjent" }}')) == ["Ukjent"]
    assert list(untranslated("<p>Skriv <code>savnet doctor</code></p>")) == ["Skriv"]
    assert list(untranslated("{{ state }} i {{ lasted }}")) == ["i"]
    assert not list(untranslated("{% blocktranslate %}Hei {{ name }}{% endblocktranslate %} (Savnet)"))
    assert not list(untranslated('<a href="{% url "today" %}" title="{% translate "I dag" %}">{{ name }}</a>'))


SHOWING = ("web", "casework", "register", "access", "followup", "watching")
"""The packages whose words may come before a reader."""
SAID_BY = frozenset({"_", "gettext", "gettext_lazy", "gettext_noop", "ngettext", "ngettext_lazy", "pgettext"})
NORWEGIAN = re.compile(
    r"[æøåÆØÅ]|\b(er|ikke|og|skal|har|som|til|av|det|den|ved|om|fra|eller|dere|barnet|velg|skriv|lagret)\b",
    re.IGNORECASE,
)
CODE = re.compile(r"\bSELECT\b|filename=")
"""What looks like a sentence, and is for a machine."""
NOT_SHOWN = {
    "register/imports": "column names and words of Norwegian lists, as the other systems write them",
    "register/seeds.py": "names of places and offices",
    "register/addresses.py": "what stands where a street would, in the letters of an exercise",
    "register/routing.py": "names of offices stay as they are; reasons are marked there",
    "casework/system_fields.py": "fields of Sesam and the personal file, to be copied as they are called there",
    "casework/udi_fields.py": "fields of DUF, to be copied as they are called there",
    "casework/asking.py": "written in the ledger, which is Norwegian",
    "casework/presence.py": "written in the ledger, which is Norwegian",
    "casework/transfers.py": "written in the ledger, which is Norwegian",
    "casework/owners.py": "written in the ledger, which is Norwegian",
    "casework/recording.py": "kept with the attempt, as it was told",
    "casework/carrying.py": "kept with the message, as it was told",
    "casework/next_way.py": "kept with the message, as it was told",
    "casework/beside.py": "kept with the message, as it was told",
    "casework/paper_instead.py": "kept with the message, as it was told",
    "casework/fallback.py": "an e-mail to a centre and its files, in Norwegian as all letters are",
    "casework/exercise": "invented children and what is written about them in the ledger",
    "casework/returned_mail.py": "kept with the message, as it was told",
    "casework/personal_file.py": "stands in a letter",
    "watching/second_reader.py": "an e-mail to whoever operates the house, in Norwegian",
    "watching/reader": "an e-mail to whoever operates the house, in Norwegian",
    "watching/canary_beside.py": "a message from ourselves to ourselves",
    "watching/checks": "said to whoever operates the house, in English, and may name a screen",
    "web/municipalities.py": "names of municipalities",
    "web/inquiry.py": "filled in for the ledger, which is Norwegian",
    "web/urls": "parts of addresses",
    "web/accounts/urls.py": "parts of addresses",
    "web/rights_urls.py": "parts of addresses",
    "web/office_urls.py": "parts of addresses",
}
"""Where Norwegian stands that nobody is to translate, and why."""


AS_IT_IS = frozenset({"Bokmål", "Barnet er tilbake."})
"""A language by its own name; and a sentence for the ledger."""


def showing() -> list[Path]:
    """The modules in which every Norwegian sentence must be said through the catalogue. Commands speak English."""
    return [
        file
        for file in modules(*SHOWING)
        if not {"migrations", "management"} & set(file.parts)
        and not any(file.relative_to(PACKAGES).as_posix().startswith(place) for place in NOT_SHOWN)
    ]


@pytest.mark.parametrize("file", showing(), ids=named)
def test_every_norwegian_sentence_in_code_goes_through_the_catalogue(file: Path) -> None:
    assert not list(bare(ast.parse(file.read_text(encoding="utf-8"))))


def bare(tree: ast.Module) -> Iterator[str]:
    """The Norwegian texts of a module that no translation reaches; docstrings quote Norwegian, and may."""
    told = {id(text) for node in ast.walk(tree) if said_through(node) for text in ast.walk(node)}
    told |= {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    told |= {id(name) for node in ast.walk(tree) for name in names_for_an_administrator(node)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told:
            text = node.value
            if (
                text not in AS_IT_IS
                and NORWEGIAN.search(text)
                and (" " in text.strip() or text[:1].isupper())
                and not CODE.search(text)
            ):
                yield text


def names_for_an_administrator(node: ast.AST) -> Iterator[ast.expr]:
    """What Django calls a model or a field: no screen shows it, since there is no administration site."""
    if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "").startswith("verbose_name"):
        yield node.value
    if isinstance(node, ast.Call) and getattr(node.func, "attr", "").endswith(("Field", "ForeignKey")):
        yield from node.args[:1]
        yield from (one.value for one in node.keywords if one.arg in {"verbose_name", "help_text"})


def said_through(node: ast.AST) -> bool:
    """A call that fetches a sentence from the catalogue; what it is filled in with is looked at apart."""
    return isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) in SAID_BY


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ('x = "Velg hva som har skjedd."', ["Velg hva som har skjedd."]),
        ('x = _("Velg hva som har skjedd.")', []),
        ('x = f"{name} er ikke her"', [" er ikke her"]),
        ('def f():\n    """«Velg hva som har skjedd»: a docstring may quote."""', []),
        ('x = "not_at_daily_activity"', []),
    ],
)
def test_the_guard_knows_a_forgotten_sentence_in_code(code: str, found: list[str]) -> None:
    assert list(bare(ast.parse(code))) == found


def catalogue(language: str) -> Catalog:
    with (WRITTEN / language / FILE).open("rb") as file:
        return read_po(file, locale=language)


@pytest.fixture(scope="module")
def said() -> set[tuple[str, ...]]:
    """All that the code and the templates say now."""
    return {each(message) for message in messages.gathered() if message.id}


def each(message: Message) -> tuple[str, ...]:
    return message.id if isinstance(message.id, tuple) else (message.id,)


def answers(message: Message) -> tuple[str, ...]:
    return message.string if isinstance(message.string, tuple) else (message.string,)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_is_translated(language: str, said: set[tuple[str, ...]]) -> None:
    """Run `make messages`, and translate what stands empty."""
    known = {each(message) for message in catalogue(language) if message.id and all(answers(message))}
    assert not sorted(said - known)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_catalogue_holds_what_nobody_says(language: str, said: set[tuple[str, ...]]) -> None:
    assert not sorted({each(message) for message in catalogue(language) if message.id} - said)


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_half_translated(language: str) -> None:
    assert not [message.id for message in catalogue(language) if message.id and message.fuzzy]


PLACES = re.compile(r"%\(\w+\)[sd]|{\w*}|%%")
MARKS = re.compile(r"</?(?:strong|em|q|br)[^>]*>")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_holds_the_same_places_and_marks(language: str) -> None:
    wrong = []
    for message in catalogue(language):
        for sentence, answer in zip(each(message), answers(message), strict=True):
            for pattern in (PLACES, MARKS):
                if message.id and set(pattern.findall(sentence)) != set(pattern.findall(answer)):
                    wrong.append((sentence, answer))
    assert not wrong


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_the_circular_says_is_quoted_word_for_word(language: str) -> None:
    quoted = re.compile(r'<q lang="nb">.*?</q>')
    for message in catalogue(language):
        if message.id and not isinstance(message.id, tuple):
            assert quoted.findall(message.id) == quoted.findall(str(message.string))
