"""Somebody on shift, as she goes through a disappearance on the pages: forms filled in, sent, and sent again.

She writes down what she sent, and what the page confirmed. Each form carries a word of its own, by which it is found in
the ledger afterwards.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from random import Random
from uuid import UUID

from django.conf import settings
from django.contrib.auth import login
from django.db import connections
from django.http import HttpRequest

from savnet.access.models import Person
from savnet.rules.words import ITEMS
from soak.browser import Browser

NOT_KNOWN = {f"{item}_answer": "unknown" for item in ITEMS} | {"where_answer": "unknown", "do": "send"}
ACTED_ON = 302


class NotTaken(Exception):
    """A page did not take a form that was filled in rightly."""


@dataclass(slots=True)
class Shift:
    """One person on shift: her browser, her chance, and the book in which she writes what was confirmed."""

    person: Person
    number: int
    browser: Browser
    random: Random
    book: Path
    written: int = 0

    def a_disappearance(self, resident: UUID) -> None:
        """From the empty bed to the last letter, with tips that come in on the way."""
        self.browser.cookies = signed_in(self.person)
        case = self._send(f"/beboere/{resident}/ikke-her/", "note")
        self._send(f"{case}forsvunnet/", "why")
        self._tips(case)
        self._send(f"{case}meld/", "worries", NOT_KNOWN)
        self._tips(case)
        self._send(f"{case}send/", None)

    def _tips(self, case: str) -> None:
        for _ in range(self.random.randint(0, 2)):
            self._send(f"{case}opplysning/", "text", {"kind": "about_else", "source": "en venn"})

    def _send(self, path: str, word_in: str | None, given: Mapping[str, str] | None = None) -> str:
        """Fill in and send; where it led. What was confirmed is in the book before she goes on."""
        self.written += 1
        word, before = f"ord{self.number}x{self.written}x", self.browser.tries
        answer = self.browser.fill_in(path, {**(given or {}), **({word_in: word} if word_in else {})})
        if answer.status != ACTED_ON:
            raise NotTaken(f"{path} answered {answer.status}: {answer.page[:2000]}")
        with self.book.open("a", encoding="utf-8") as book:
            book.write(f"{path}\t{word if word_in else ''}\t{self.browser.tries - before}\n")
        return answer.leads_to


def signed_in(person: Person) -> dict[str, str]:
    """The cookie of a session in which she has just said who she is."""
    request = HttpRequest()
    request.session = import_module(settings.SESSION_ENGINE).SessionStore()
    login(request, person, backend=settings.AUTHENTICATION_BACKENDS[0])
    request.session.save()
    connections.close_all()
    return {settings.SESSION_COOKIE_NAME: str(request.session.session_key)}
