"""Where each field turns up: every page and file fetched as every role in every standing, and searched for canaries.

A canary is found whether it stands there plainly or base64-encoded at any offset; it is made of letters and digits
alone, so that quoted-printable (but for soft line breaks), URL encoding and HTML escapes leave it as it is.
"""

import base64
import re
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from access.log_lines import lines_of_the_log
from access.matrix import ask
from access.matrix_expected import NAMES, action_of, address, held, kinds, lets_in, wanted
from access.matrix_world import Canaries, Standing, World, fits, person_in
from savnet.access.models import Person
from savnet.access.rights import ASKED_AFRESH, EVERYTHING, SEES, Classes, Role
from savnet.casework.case_at_hand import at_hand
from savnet.delivery.models import Message
from savnet.web import fresh
from savnet.web.shown import slug

WHOLE_LETTERS = frozenset({"office-letter", "office-carry"})
"""A letter to a person's own office is hers to read whole; it was written to it."""


@dataclass
class Searched:
    """What was searched, where which field was found, and what should not have been there."""

    pages: int = 0
    texts: int = 0
    lines: int = 0
    found: set[str] = field(default_factory=set)
    leaks: list[str] = field(default_factory=list)


def plain_and_coded(word: str) -> tuple[bytes, ...]:
    """The word as it can stand in bytes: plainly, and the part that is the same in base64 at each of three offsets."""
    raw = word.encode()
    shifted = (base64.b64encode(b"\0" * shift + raw).decode().rstrip("=") for shift in range(3))
    return (raw, *(one[start:-2].encode() for one, start in zip(shifted, (0, 2, 3), strict=True)))


def found_in(content: bytes, canaries: Canaries) -> set[str]:
    """The canaries in it. Line breaks within base64 and quoted-printable are taken away first."""
    joined = content.replace(b"=\r\n", b"").replace(b"=\n", b"")
    tight = re.sub(rb"\s+", b"", joined)
    return {
        word
        for word in canaries.fields
        if any(form in (joined if number == 0 else tight) for number, form in enumerate(plain_and_coded(word)))
    }


def words_of(response: HttpResponse) -> bytes:
    """What can be read in an answer: headers, and the body."""
    head = "\n".join(f"{name}: {value}" for name, value in response.headers.items()).encode()
    return head + b"\n" + text_of(response.content)


def text_of(content: bytes) -> bytes:
    """Of a PDF, what can be read in it; all else as it is."""
    if not content.startswith(b"%PDF"):
        return content
    return subprocess.run(["pdftotext", "-raw", "-", "-"], input=content, capture_output=True, check=True).stdout


def may_see(role: Role, standing: Standing, *, name: str, asked_lately: bool) -> Classes:
    """What the tables let this person see there."""
    shown: Classes = frozenset()
    if not wanted(name):
        standing = replace(standing, told=True)  # a list holds whatever her office was told of
    for relation in held(role, standing):
        shown |= SEES[role].get(relation, frozenset())
    if name in WHOLE_LETTERS and kinds(role):
        shown = EVERYTHING
    return shown if asked_lately else shown - ASKED_AFRESH


def search(
    world: World, role: Role, standing: Standing, *, asked_lately: bool, names: Sequence[str] = NAMES
) -> Searched:
    """Fetch everything there is for one person, and search it."""
    searched = Searched()
    if not fits(role, standing):
        return searched
    who, client = person_in(world, role, standing, suffix=" nylig" if asked_lately else "")
    _asked(client, lately=asked_lately)
    with lines_of_the_log() as lines:
        for name, where, method in _everything(world, role, standing, who):
            if name in names:
                response = _fetch(client, who, where, method)
                allowed = may_see(role, standing, name=name, asked_lately=asked_lately)
                lately = "asked lately" if asked_lately else "not asked"
                _look_through(
                    searched, world, response, allowed=allowed, where=f"{name}, {role}, {standing.name}, {lately}"
                )
    searched.lines += len(lines)
    searched.leaks += [
        f"{world.canaries.fields[word][0]} in the log" for word in found_in(b"\n".join(lines), world.canaries)
    ]
    return searched


def _look_through(searched: Searched, world: World, response: HttpResponse, *, allowed: Classes, where: str) -> None:
    searched.pages += 1
    searched.texts += response.status_code == 200
    for word in found_in(words_of(response), world.canaries):
        what, kind = world.canaries.fields[word]
        searched.found.add(what)
        if kind not in allowed:
            searched.leaks.append(f"{what} ({kind}) on {where}")


def _asked(client: Client, *, lately: bool) -> None:
    """Whether the person has said who she is within the last minutes; signing in counts for it, too."""
    session = client.session
    session.pop(fresh.IN_SESSION, None)
    if lately:
        session[fresh.IN_SESSION] = timezone.now().isoformat()
    session.save()


def _fetch(client: Client, who: Person, where: str, method: str) -> HttpResponse:
    if method == "SEARCH":
        return client.post(where, {"wanted": "Kvitrer"})
    response, _ = ask(client, who, where, method)
    return response


def _everything(world: World, role: Role, standing: Standing, who: Person) -> Iterator[tuple[str, str, str]]:
    """Each address; where a letter or a duty is named in it, for every letter and duty of the case."""
    ids = world.ids(standing, who)
    duties = {slug(one) for one in at_hand(world.case.id, timezone.now()).derivation.obligations}
    letters = list(Message.objects.filter(case_id=world.case.id).values_list("id", flat=True))
    for name in NAMES:
        inside = lets_in(name, role, standing) if action_of(name) else False
        if inside and "slug" in wanted(name):
            yield from ((name, address(name, {**ids, "slug": one}), "GET") for one in sorted(duties))
        elif inside and "message_id" in wanted(name):
            yield from ((name, address(name, {**ids, "message_id": one}), "GET") for one in letters)
        elif name == "search":
            yield name, address(name, ids), "SEARCH"
        else:
            yield name, address(name, ids), "GET"
