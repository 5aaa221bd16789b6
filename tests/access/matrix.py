"""The authorisation matrix: every address, by every method, for every role in every standing, really asked.

What is to happen, `matrix_expected` works out.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from itertools import product
from typing import Any
from unittest.mock import patch

from django.db import transaction
from django.http import HttpResponse
from django.test import Client

from access.matrix_expected import ANSWERED, NAMES, WITHOUT_NAMES, action_of, address, lets_in, reached, wanted
from access.matrix_world import Standing, World, fits, person_in
from savnet.access.look_rows import Look
from savnet.access.models import Person
from savnet.access.rights import RIGHTS, Action, FieldClass, Relation, Role

METHODS = ("GET", "HEAD", "POST", "PUT", "DELETE")


@dataclass
class Tried:
    """What was asked, and where the answer was another than the tables give."""

    requests: int = 0
    allowed: int = 0
    shown: int = 0
    deviations: list[str] = field(default_factory=list)


@contextmanager
def nothing_but_row_security() -> Iterator[None]:
    """The check above the database and the finders' own conditions taken away: everybody may everything."""

    def anything(person: Person, action: Action, where: object, **_: object) -> frozenset[Relation]:
        return frozenset(RIGHTS[Role(person.role)].get(action, frozenset())) | {Relation.NONE}

    with ExitStack() as stack:
        stack.enter_context(patch("savnet.web.admission.require", anything))
        stack.enter_context(patch("savnet.web.desk.concerns", lambda *_, **__: True))
        yield


@dataclass(frozen=True, slots=True)
class Visitor:
    """One person in one standing, signed in, and the addresses she tries."""

    world: World
    role: Role
    standing: Standing
    who: Person
    client: Client
    ids: Mapping[str, Any]

    def ask(self, name: str, method: str) -> tuple[HttpResponse, bool]:
        """The answer at the address of that name, and whether she was let in."""
        return ask(self.client, self.who, address(name, self.ids), method)


def visitor(world: World, role: Role, standing: Standing, *, suffix: str = "") -> Visitor | None:
    """Somebody in the role who stands so; None where nobody in the role can."""
    if not fits(role, standing):
        return None
    who, client = person_in(world, role, standing, suffix=suffix)
    client.raise_request_exception = False
    return Visitor(world, role, standing, who, client, world.ids(standing, who))


def walk(
    world: World, role: Role, standing: Standing, *, methods: Iterable[str] = METHODS, names: Iterable[str] = NAMES
) -> Tried:
    """Ask everything as one person, with the whole of the code in place."""
    tried, visiting = Tried(), visitor(world, role, standing)
    for name, method in product(names if visiting else (), methods):
        if visiting and action_of(name):
            _judge(tried, visiting, name, method)
    return tried


def _judge(tried: Tried, visiting: Visitor, name: str, method: str) -> None:
    role, standing = visiting.role, visiting.standing
    response, let_in = visiting.ask(name, method)
    expected = lets_in(name, role, standing) and method in ANSWERED
    tried.requests += 1
    tried.allowed += let_in
    tried.shown += response.status_code == 200
    where = f"{method} {name}, {role}, {standing.name}: {response.status_code}"
    if let_in != expected:
        tried.deviations.append(f"{where}, {'let in' if let_in else 'refused'} against the tables")
    elif not let_in and response.status_code != _refusal(standing, method):
        tried.deviations.append(f"{where}, refused with another status")
    elif response.status_code >= 500:
        tried.deviations.append(f"{where}, broke")


def _refusal(standing: Standing, method: str) -> int:
    """Not allowed methods are refused to everybody; who has lost access is asked to sign in."""
    if method not in ANSWERED:
        return 405
    return 404 if standing.active else 302


def ask(client: Client, who: Person, where: str, method: str) -> tuple[HttpResponse, bool]:
    """The answer, and whether the access log says that the person was let in. What it did is undone."""
    with transaction.atomic():
        response = client.generic(method, where)
        let_in = Look.objects.filter(person_id=who.pk, allowed=True).exists()
        transaction.set_rollback(True)
    return response, let_in


def walk_without_scoping(world: World, role: Role, standing: Standing, *, names: Iterable[str] = NAMES) -> Tried:
    """With nothing but row-level security: who may not know of the child gets no page about it, and no name."""
    tried = Tried()
    knows = FieldClass.IDENTITY in reached(role, standing)
    visiting = None if knows else visitor(world, role, standing, suffix=" alene")
    with nothing_but_row_security():
        for name, method in product(names if visiting else (), ("GET", "POST")):
            if visiting and action_of(name):
                _judge_bare(tried, visiting, name, method)
    return tried


def _judge_bare(tried: Tried, visiting: Visitor, name: str, method: str) -> None:
    role, standing = visiting.role, visiting.standing
    response, _ = visiting.ask(name, method)
    tried.requests += 1
    tried.shown += response.status_code == 200
    of_the_other = FieldClass.IDENTITY in reached(role, replace(standing, told=True))
    unknown = [visiting.world.untold.given_name] if of_the_other else visiting.world.names
    told = [one for one in unknown if one.encode() in response.content]
    about_a_child = bool({"case_id", "resident_id"} & wanted(name))
    refused = response.status_code == (404 if standing.active else 302)
    opened = about_a_child and not refused and name not in WITHOUT_NAMES
    if told or opened or response.status_code >= 500:
        tried.deviations.append(f"{method} {name}, {role}, {standing.name}: {response.status_code} {' '.join(told)}")
