"""What is to happen in the matrix, worked out anew from the two tables of `savnet.access.rights`, by code of its own.

It shares nothing with the code it judges but the tables, and what the test itself made.
"""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any
from uuid import uuid4

from django.urls import get_resolver, resolve

from access.matrix_world import Standing
from savnet.access.rights import RIGHTS, SEES, UNITS, Action, FieldClass, Relation, Role

ANSWERED = frozenset({"GET", "HEAD", "POST"})
NAMES = sorted(name for name in get_resolver().reverse_dict if isinstance(name, str))

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
        "certificate-new",
        "certificates",
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
        "certificate",
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


def address(name: str, ids: Mapping[str, Any]) -> str:
    """An address of that name, for what is there where the world has it."""
    ((path, wanted), *_), _, _, converters = get_resolver().reverse_dict[name]
    made = {"UUIDConverter": uuid4(), "SlugConverter": "a1b2", "IntConverter": 1, "StringConverter": "a"}
    return "/" + path % {one: ids.get(one, made[type(converters[one]).__name__]) for one in wanted}


@cache
def wanted(name: str) -> frozenset[str]:
    """What an address names."""
    ((_, names), *_), _, _, _ = get_resolver().reverse_dict[name]
    return frozenset(names)


@cache
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
