"""The authorisation matrix: every address, by every method, for every role in every standing, really asked.

What is to happen is worked out here anew from the two tables of `savnet.access.rights` and from what the test itself
made, by code that shares nothing with the code it judges.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from itertools import product
from typing import Any
from unittest.mock import patch
from uuid import uuid4

from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import get_resolver, resolve

from access.matrix_world import Standing, World, fits, person_in
from savnet.access.look_rows import Look
from savnet.access.models import Person
from savnet.access.rights import RIGHTS, SEES, UNITS, Action, FieldClass, Relation, Role

ANSWERED = frozenset({"GET", "HEAD", "POST"})
METHODS = ("GET", "HEAD", "POST", "PUT", "DELETE")
NAMES = sorted(name for name in get_resolver().reverse_dict if isinstance(name, str))
AT_A_CENTRE = frozenset({Role.SHIFT_STAFF, Role.CENTRE_LEADER})

# What an address is about, where it names neither a child nor a case.
OWN_CENTRE = frozenset(
    [
        "leading",
        "residents",
        "resident-new",
        "moved-out",
        "import-residents",
        "roll-call",
        "readiness",
        "centre-test",
        "exercises",
        "exercise-new",
        "exercise-out",
        "centre-edit",
        "daily-times",
        "daily-time-end",
        "transfers",
        "outbox",
        "outbox-print",
        "returned-seen",
        "roster",
        "shift-new",
        "shift-end",
        "looks",
        "helpers",
    ]
)
OWN_UNIT = frozenset(["help-back-in", "help-answer", "break-glass-reviews", "staff", "staff-new"])
OF_THE_CENTRE = frozenset(["staff-edit", "staff-withdraw", "break-glass-review"])
DESK = frozenset({"region", "office"})
LEAVING, ARRIVING = frozenset({"transfer", "transfer-left", "transfer-cancelled"}), frozenset({"transfer-arrived"})
EVERYWHERE = frozenset(
    [
        "account",
        "alarms",
        "ask-new-passkey",
        "break-glass",
        "calendar-new",
        "codes-new",
        "codes-picture",
        "factor-remove",
        "inspecting",
        "mandate-end",
        "mandate-new",
        "mandates",
        "notifications",
        "operations",
        "overseeing",
        "passkey-new",
        "password-new",
        "post-room",
        "post-room-file",
        "post-room-mail",
        "proposals",
        "push-add",
        "recipient-edit",
        "recipients",
        "register-changes",
        "reserve-codes",
        "said-again",
        "sign-out-everywhere",
        "statistics",
        "statistics-file",
        "workplace",
    ]
)
"""Of no centre: only what stands in the tables for everywhere, for the country, or by a mandate for all of it."""
WITHOUT_NAMES = frozenset({"overseen-child"})
"""Pages on a case that who oversees the country may open: they name nobody."""
INSPECTED = frozenset({"inspection", "inspection-file", "inspection-case"})
NOT_THERE = frozenset(
    [
        "kept-form",
        "import-plan",
        "exercise",
        "exercise-in",
        "exercise-end",
        "request",
        "request-decide",
        "request-letter",
        "request-delivered",
        "break-glass-end",
        "calendar-revoke",
        "push-remove",
    ]
)
"""Of these the world has none that is the person's, so that nobody gets in."""


@dataclass
class Tried:
    """What was asked, and where the answer was another than the tables give."""

    requests: int = 0
    allowed: int = 0
    shown: int = 0
    deviations: list[str] = field(default_factory=list)


def address(name: str, ids: Mapping[str, Any]) -> str:
    """An address of that name, for what is there where the world has it."""
    ((path, wanted), *_), _, _, converters = get_resolver().reverse_dict[name]
    made = {"UUIDConverter": uuid4(), "SlugConverter": "a1b2", "IntConverter": 1, "StringConverter": "a"}
    return "/" + path % {one: ids.get(one, made[type(converters[one]).__name__]) for one in wanted}


def wanted(name: str) -> set[str]:
    """What an address names."""
    ((_, names), *_), _, _, _ = get_resolver().reverse_dict[name]
    return set(names)


def action_of(name: str) -> Action | None:
    """The right that the address demands; None where anybody may come."""
    return getattr(resolve(address(name, {})).func, "savnet_action", None)


def kinds(role: Role) -> frozenset[str]:
    """The kinds of receiver that somebody in the role works for here."""
    return frozenset({"une"}) if role is Role.RECEIVING_OFFICER else UNITS.get(role, frozenset())


def held(role: Role, standing: Standing) -> frozenset[Relation]:
    """How somebody in the role who stands so stands to the child."""
    stands = {Relation.NONE, standing.relation}
    if standing.relation is Relation.MANDATE and role not in {Role.INSPECTOR, Role.NATIONAL_OVERSEER}:
        stands.discard(Relation.MANDATE)
    if standing.relation is Relation.BREAK_GLASS and Action.BREAK_THE_GLASS not in RIGHTS[role]:
        stands.discard(Relation.BREAK_GLASS)
    if role in {Role.NATIONAL_OVERSEER, Role.STATISTICIAN}:
        stands.add(Relation.COUNTRY)
    if standing.told and kinds(role) - {"region"}:
        stands.add(Relation.ADDRESSED)
    return frozenset(stands)


def reached(role: Role, standing: Standing) -> frozenset[FieldClass]:
    """What of the child the person may see at the most."""
    shown: frozenset[FieldClass] = frozenset()
    for relation in held(role, standing):
        shown |= SEES[role].get(relation, frozenset())
    return shown


Stands = frozenset[Relation] | None
"""The relations to what an address is about; None where that is not there for the person."""


def stands_at(name: str, role: Role, standing: Standing) -> Stands:
    """How the person stands to what the address is about."""
    if name.startswith("office-") and not _is_told(role, standing):
        return None
    for names, stands in SUBJECTS:
        if name in names:
            return stands(role, standing)
    if {"case_id", "resident_id"} & wanted(name):
        return held(role, standing)
    return _everywhere(role, standing)


def _everywhere(role: Role, standing: Standing) -> frozenset[Relation]:
    for_the_country = standing.mandate == "country"
    counts = {Relation.NONE, Relation.COUNTRY, *([Relation.MANDATE] if for_the_country else [])}
    return held(role, standing) & counts


def _at(centre: str) -> Callable[[Role, Standing], Stands]:
    """What belongs to a centre of the world: one's own there, if one works there."""

    def stands(role: Role, standing: Standing) -> Stands:
        own = {Relation.OWN_CENTRE} if standing.at == centre else set()
        return _everywhere(role, standing) | own

    return stands


def _own_centre(role: Role, standing: Standing) -> Stands:
    return _own_unit(role, standing) if standing.at else None


def _own_unit(role: Role, standing: Standing) -> frozenset[Relation]:
    return _everywhere(role, standing) | ({Relation.OWN_CENTRE} if standing.at else set())


def _of_the_centre(role: Role, standing: Standing) -> Stands:
    """What belongs to the centre where the child lives."""
    counts = {Relation.OWN_CENTRE, Relation.MANDATE, Relation.OWN_REGION}
    return _everywhere(role, standing) | (held(role, standing) & counts)


def _desk(role: Role, standing: Standing) -> Stands:
    regional = role is Role.REGIONAL_OFFICER
    if not kinds(role) or (regional and not standing.region):
        return None
    return _everywhere(role, standing) | ({Relation.OWN_REGION} if regional else set())


def _search(role: Role, standing: Standing) -> Stands:
    """At one's own centre, else at one's office's desk."""
    return _own_centre(role, standing) if standing.at else _desk(role, standing)


def _proposal(role: Role, standing: Standing) -> Stands:
    """About the child: there for whoever may see anything of it."""
    return _everywhere(role, standing) if reached(role, standing) else None


def _inspected(role: Role, standing: Standing) -> Stands:
    """By a mandate of one's own, or not at all."""
    return held(role, standing) if Relation.MANDATE in held(role, standing) else None


def _nothing(role: Role, standing: Standing) -> Stands:
    return None


SUBJECTS: tuple[tuple[frozenset[str], Callable[[Role, Standing], Stands]], ...] = (
    (NOT_THERE, _nothing),
    (OWN_CENTRE, _own_centre),
    (OWN_UNIT, _own_unit),
    (OF_THE_CENTRE, _of_the_centre),
    (DESK, _desk),
    (LEAVING, _at("sending")),
    (ARRIVING, _at("receiving")),
    (INSPECTED, _inspected),
    (EVERYWHERE, _everywhere),
    (frozenset({"search"}), _search),
    (frozenset({"proposal"}), _proposal),
    (frozenset({"is-she-here"}), _of_the_centre),
)


def _is_told(role: Role, standing: Standing) -> bool:
    """Whether the person works for an office that something of this case was sent to."""
    in_region = role is not Role.REGIONAL_OFFICER or bool(standing.region)
    return bool(kinds(role)) and standing.told and in_region


def lets_in(name: str, role: Role, standing: Standing) -> bool:
    """Whether the tables let this person in."""
    action = action_of(name)
    stands = stands_at(name, role, standing)
    if action is None or stands is None or not standing.active:
        return False
    enough = RIGHTS[role].get(action, frozenset())
    if {"case_id", "resident_id"} & wanted(name) and not enough & {Relation.NONE} and not reached(role, standing):
        return False
    return bool(enough & stands)


@contextmanager
def nothing_but_row_security() -> Iterator[None]:
    """The check above the database and the finders' own conditions taken away: everybody may everything."""

    def anything(person: Person, action: Action, where: object, **_: object) -> frozenset[Relation]:
        return frozenset(RIGHTS[Role(person.role)].get(action, frozenset())) | {Relation.NONE}

    with ExitStack() as stack:
        stack.enter_context(patch("savnet.web.admission.require", anything))
        stack.enter_context(patch("savnet.web.desk.concerns", lambda *_, **__: True))
        yield


def walk(
    world: World, role: Role, standing: Standing, *, methods: Iterable[str] = METHODS, names: Iterable[str] = NAMES
) -> Tried:
    """Ask everything as one person, with the whole of the code in place."""
    tried = Tried()
    if not fits(role, standing):
        return tried
    who, client = person_in(world, role, standing)
    for name, method in product(names, methods):
        if action_of(name):
            asked = _Asked(world=world, who=who, client=client, name=name, method=method)
            _judge(tried, asked, role, standing)
    return tried


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """One request of one person."""

    world: World
    who: Person
    client: Client
    name: str
    method: str

    def answer(self, standing: Standing) -> tuple[HttpResponse, bool]:
        """The answer, and whether the person was let in."""
        return ask(self.client, self.who, address(self.name, self.world.ids(standing, self.who)), self.method)


def _judge(tried: Tried, asked: _Asked, role: Role, standing: Standing) -> None:
    response, let_in = asked.answer(standing)
    expected = lets_in(asked.name, role, standing) and asked.method in ANSWERED
    tried.requests += 1
    tried.allowed += let_in
    tried.shown += response.status_code == 200
    where = f"{asked.method} {asked.name}, {role}, {standing.name}: {response.status_code}"
    if let_in != expected:
        tried.deviations.append(f"{where}, {'let in' if let_in else 'refused'} against the tables")
    elif not let_in and response.status_code != _refusal(standing, asked.method):
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
    before = Look.objects.filter(person_id=who.pk).count()
    client.raise_request_exception = False
    with transaction.atomic():
        response = client.generic(method, where)
        mine = Look.objects.filter(person_id=who.pk, number__gt=before).order_by("number")
        let_in = any(one.allowed for one in mine)
        transaction.set_rollback(True)
    return response, let_in


def walk_without_scoping(world: World, role: Role, standing: Standing, *, names: Iterable[str] = NAMES) -> Tried:
    """With nothing but row-level security: who may not know of the child gets no page about it, and no name."""
    tried = Tried()
    if not fits(role, standing) or FieldClass.IDENTITY in reached(role, standing):
        return tried
    who, client = person_in(world, role, standing, suffix=" alene")
    with nothing_but_row_security():
        for name, method in product(names, ("GET", "POST")):
            if action_of(name):
                asked = _Asked(world=world, who=who, client=client, name=name, method=method)
                _judge_bare(tried, asked, role, standing)
    return tried


def _judge_bare(tried: Tried, asked: _Asked, role: Role, standing: Standing) -> None:
    response, _ = asked.answer(standing)
    tried.requests += 1
    tried.shown += response.status_code == 200
    of_the_other = FieldClass.IDENTITY in reached(role, replace(standing, told=True))
    unknown = [asked.world.untold.given_name] if of_the_other else asked.world.names
    told = [one for one in unknown if one.encode() in response.content]
    about_a_child = bool({"case_id", "resident_id"} & wanted(asked.name))
    refused = response.status_code == (404 if standing.active else 302)
    opened = about_a_child and not refused and asked.name not in WITHOUT_NAMES
    if told or opened or response.status_code >= 500:
        where = f"{asked.method} {asked.name}, {role}, {standing.name}"
        tried.deviations.append(f"{where}: {response.status_code} {' '.join(told)}")
