"""The demo's invented people, by where they work, for the one tap that signs one of them in."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from savnet.access.models import Person
from savnet.access.rights import Role

ELSEWHERE: tuple[tuple[Promise, frozenset[Role]], ...] = (
    (
        _("Utlendingsdirektoratet (UDI)"),
        frozenset({Role.REGIONAL_OFFICER, Role.KOR_OFFICER, Role.BFE_OFFICER, Role.ASA_OFFICER}),
    ),
    (_("Andre som får meldinger"), frozenset({Role.RECEIVING_OFFICER})),
    (_("De som følger med"), frozenset({Role.NATIONAL_OVERSEER, Role.INSPECTOR, Role.STATISTICIAN})),
    (_("Register og drift"), frozenset({Role.REGISTER_KEEPER, Role.SYSTEM_OPERATOR})),
)
"""Headings for those who work at no centre."""


@dataclass(frozen=True, slots=True)
class Group:
    """People of one place."""

    heading: str | Promise
    people: tuple[Person, ...]


def demo_people() -> list[Group]:
    """Everyone who may sign in, those at a centre first."""
    everyone = Person.objects.filter(is_active=True).select_related("centre")
    people = list(everyone.order_by("centre__name", "role", "name"))
    centres: Mapping[str, None] = dict.fromkeys(one.centre.name for one in people if one.centre)
    at_centres = [
        Group(name, tuple(one for one in people if one.centre and one.centre.name == name)) for name in centres
    ]
    others = [Group(heading, _of(people, roles)) for heading, roles in ELSEWHERE]
    return [*at_centres, *(one for one in others if one.people)]


def _of(people: list[Person], roles: frozenset[Role]) -> tuple[Person, ...]:
    order = list(Role)
    mine = [one for one in people if one.centre_id is None and Role(one.role) in roles]
    return tuple(sorted(mine, key=lambda one: (order.index(Role(one.role)), one.name)))
